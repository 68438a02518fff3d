import Diffusion

extension DataSource {
  /// The points of what is no file.
  package func load(seed: UInt64 = 0) -> Dataset {
    guard let points = make(seed: seed) else { preconditionFailure("the points of a file") }
    return points
  }
}

extension Experiment {
  /// The points of what is no file.
  package func loadData() -> Dataset { split(data.load(seed: dataSeed)) }
}
