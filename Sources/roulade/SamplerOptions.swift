import ArgumentParser
import Diffusion

/// The options that say how samples are drawn.
struct SamplerOptions: ParsableArguments {
  @Option(help: "Sampler: \(Sampler.all.map(\.name).joined(separator: ", ")).")
  var sampler = Sampler.accelerated.name

  @Option(parsing: .unconditional, help: "Steps from noise to data, 1 to 1000.")
  var samplerSteps = 20

  @Option(
    help: """
      Denoiser that samples follow: \(Predictor.allCases.map(\.rawValue).joined(separator: ", ")) (default: learned; in \
      train the average, if one is kept).
      """)
  var denoiser: String?

  @Option(
    parsing: .unconditional,
    help: """
      Classifier-free guidance, for data with classes: how far samples go beyond what their class asks for, 0 to 100 \
      (default: 0).
      """)
  var guidance: Float?

  private typealias Predictor = SampleSettings.Predictor

  /// - Parameters:
  ///   - experiment: What is trained.
  ///   - dataset: What it learns.
  ///   - prefersAverage: Whether samples follow the moving average, if there is one, unless the options say otherwise.
  /// - Throws: `Failure` that names the option, what is wrong with it, and what it takes.
  func settings(for experiment: Experiment, dataset: Dataset, prefersAverage: Bool) throws -> SampleSettings {
    guard (1...1000).contains(samplerSteps) else {
      throw Failure("--sampler-steps \(samplerSteps): 1 to 1000 steps", code: Failure.usage)
    }
    let hasAverage = experiment.averageDecay != nil
    var settings = SampleSettings(
      sampler: try choose(sampler, "sampler", from: Sampler.all.map { ($0.name, $0) }), steps: samplerSteps,
      predictor: prefersAverage && hasAverage ? .average : .learned)
    if let denoiser {
      settings.predictor = try choose(denoiser, "denoiser", from: Predictor.allCases.map { ($0.rawValue, $0) })
      guard settings.predictor != .average || hasAverage else {
        throw Failure("--denoiser average: none is kept; ask for one with --average 0.999", code: Failure.usage)
      }
    }
    if let guidance {
      guard (0...100).contains(guidance) else {
        throw Failure("--guidance \(guidance): a scale from 0 to 100", code: Failure.usage)
      }
      try requireClasses(in: dataset, for: "--guidance \(guidance)")
      let dropout = experiment.labelDropout
      try require(
        guidance == 0 || settings.predictor == .ideal || (dropout > 0 && dropout < 1),
        """
        --guidance \(guidance): with --label-dropout \(dropout) the network learns only one of the two that guidance \
        compares, with class and without
        """)
      settings.guidance = guidance
    }
    return settings
  }
}

/// - Throws: `Failure` if the data set has no classes, but an option needs some.
func requireClasses(in dataset: Dataset, for option: String) throws {
  guard dataset.labels == nil else { return }
  throw Failure(
    "\(option): \(dataset.name) has no classes; circles, mixture, moons, pinwheel, spirals, tree and word:TEXT do, and files with --label-column",
    code: Failure.usage)
}
