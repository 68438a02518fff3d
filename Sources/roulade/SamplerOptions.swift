import ArgumentParser
import Diffusion
import Export

/// The options that say how samples are drawn.
struct SamplerOptions: ParsableArguments {
  @OptionGroup(title: "Samples") var options: ParameterOptions<SamplingGroup>

  var isEmpty: Bool { options.given.isEmpty }

  /// - Parameters:
  ///   - settings: What the options change.
  ///   - dataset: What is learned.
  ///   - prefersAverage: Whether samples follow the moving average, if there is one, unless the options say otherwise.
  /// - Throws: `Failure` that names the option, what is wrong with it, and what it takes.
  func settings(over settings: ConfigurationFile, dataset: Dataset, prefersAverage: Bool) throws -> SampleSettings {
    var configuration = settings.configuration
    configuration.classNames = dataset.classNames
    let experiment = configuration.experiment
    if prefersAverage, experiment.averageDecay != nil, !settings.keys.contains("denoiser") {
      configuration.sampling.predictor = .average
    }
    try options.apply(to: &configuration)
    if let problem = configuration.problem { throw Failure(problem, code: Failure.usage) }
    if let label = configuration.sampling.label { try requireClasses(in: dataset, for: "--class \(label)") }
    if options.given["guidance"] != nil || settings.keys.contains("guidance") {
      let guidance = numberText(configuration.sampling.guidance)
      try requireClasses(in: dataset, for: "--guidance \(guidance)")
      try require(
        configuration.sampling.guidance == 0 || configuration.canGuide,
        """
        --guidance \(guidance): with --label-dropout \(experiment.labelDropout) the network learns only one of the two \
        that guidance compares, with class and without
        """)
    }
    return configuration.sampling
  }
}

/// - Throws: `Failure` if the data set has no classes, but an option needs some.
func requireClasses(in dataset: Dataset, for option: String) throws {
  guard dataset.labels == nil else { return }
  throw Failure(
    "\(option): \(dataset.name) has no classes; circles, mixture, moons, pinwheel, spirals, tree and word:TEXT do, and files with --label-column",
    code: Failure.usage)
}
