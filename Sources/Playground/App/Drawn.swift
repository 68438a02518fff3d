import Diffusion
import Export

/// Data that were drawn here.
struct Drawn: Equatable, Sendable {
  let source: DataSource
  let dataset: Dataset
}

extension World {
  /// Begins anew on points that were drawn, exactly as it would on a file that holds them.
  ///
  /// - Parameter csv: The file's contents.
  package mutating func train(onDrawing csv: String) -> [Effect] {
    // Points are known by their source: a file of that name may have been read.
    let taken = [original.configuration.experiment.data.name] + drawn.map(\.source.name)
    var number = drawn.count + 1
    while taken.contains("drawing-\(number).csv") { number += 1 }
    let name = "drawing-\(number).csv"
    do {
      let file = try PointsFile(text: csv, file: name)
      let source = DataSource.file(path: name)
      drawn.append(Drawn(source: source, dataset: file.dataset))
      var next = configuration
      next.experiment.data = source
      return set(next)
    } catch {
      say("\(error)", isWarning: true)
      return []
    }
  }
}
