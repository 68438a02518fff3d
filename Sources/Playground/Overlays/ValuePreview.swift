import Diffusion
import Pictures
import Plot

/// A small picture of what a value means, where there is one.
struct ValuePreview: Sendable {
  private static let points = 600
  /// Of the ways of samples: how many there are, where they may lead, and of how many steps at most.
  private static let samples = 6
  private static let origins = 150
  private static let mostSteps = 50

  let picture: Scene?

  init(of parameter: Parameter, _ configuration: Configuration) {
    switch parameter.key {
    case "data", "preset": picture = ValuePreview.data(configuration.experiment)
    case "schedule", "levels", "schedule-range": picture = ValuePreview.levels(configuration.experiment)
    case "sampler", "sampler-steps", "grid", "grid-end": picture = ValuePreview.ways(configuration)
    default: picture = nil
    }
  }

  private static func data(_ experiment: Experiment) -> Scene? {
    fewData(experiment).map { dataset in
      var scene = Scene(.plane(radius: 1.2))
      scene.points(dataset.points, ink: .data)
      return scene
    }
  }

  /// Nil for the points of a file, which were read once.
  private static func fewData(_ experiment: Experiment) -> Dataset? {
    let few: DataSource
    switch experiment.data {
    case .shape(let shape, let count): few = .shape(shape, count: min(count, shape == .tree ? count : points))
    case .word(let word, let count): few = .word(word, count: min(count, points))
    case .file: return nil
    }
    return few.make(seed: experiment.dataSeed)
  }

  /// The ways of a few samples from the same noise, which follow the exact answer of a few points: a millisecond or two.
  private static func ways(_ configuration: Configuration) -> Scene? {
    guard let dataset = fewData(configuration.experiment) else { return nil }
    var settings = configuration.sampling
    settings.steps = min(settings.steps, mostSteps)
    var random = Random(seed: 0, stream: .shownSamples)
    var sampling = Sampling(
      settings, schedule: configuration.experiment.schedule, dataset: dataset, noise: random.normals(samples))
    let ideal = IdealDenoiser(points: dataset.points.sample(atMost: origins))
    guard let states = sampling.states(ideal, using: &random) else { return nil }
    return Pictures.samples(
      of: dataset, points: sampling.x, sigma: 0.2, trails: states.map(\.points), trailCount: samples,
      title: settings.sampler.name)
  }

  /// Sigma on a log axis over the levels, from the least to the greatest.
  private static func levels(_ experiment: Experiment) -> Scene? {
    let sigmas = experiment.schedule.schedule.sigmas.map(Double.init)
    guard sigmas.count > 1 else { return nil }
    let share = Axis(0...1, title: "level")
    var scene = Scene(.chart(x: share, y: Axis(covering: sigmas, scale: .log, title: "sigma")))
    scene.polyline(
      sigmas.enumerated().map { SIMD2(Float($0) / Float(sigmas.count - 1), Float($1)) }, ink: .curve)
    return scene
  }
}
