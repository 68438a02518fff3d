import Diffusion

/// Everything that the screen shows: changed by `update` alone, drawn by `view` alone.
package struct State: Sendable {
  /// What the playground began with.
  package let original: (experiment: Experiment, dataset: Dataset)
  package internal(set) var experiment: Experiment
  package internal(set) var dataset: Dataset
  package internal(set) var seed: UInt64
  /// Counts resets; frames of earlier ones are dropped.
  package internal(set) var generation = 0
  /// Whether the person wants training to go on; it may have stopped for a reason of its own.
  package internal(set) var wantsTraining = true
  package internal(set) var sigma: LogSlider
  package internal(set) var learningRate: LogSlider
  package internal(set) var picture = Picture.estimates
  package internal(set) var showsArrows = true
  package internal(set) var comparison = Comparison.learned
  package internal(set) var showsHelp = false
  /// The setting that is marked in the panel; nil while the panel is closed.
  package internal(set) var chosenSetting: Setting?
  /// What the status line says, until the next key.
  package internal(set) var notice: Notice?
  package internal(set) var frame: Frame

  /// The clean points and the noise of the noisy points on screen, `[probes]` each: the same from frame to frame, so
  /// that changing sigma moves every point along its own line.
  package private(set) var probes: (x0: [Point], epsilon: [Point])

  /// What the network made of the noisy points a moment ago; nil before the first answer.
  package internal(set) var estimates: Estimates?
  /// What the ideal denoiser makes of them; nil before the first answer.
  package internal(set) var idealEstimates: Estimates?
  package internal(set) var samples: SampleView
  /// What the exact answer says of the network a moment ago; nil before the first answer.
  package internal(set) var insight: Insight?

  /// What the large pane shows.
  package enum Picture: Sendable {
    /// Noisy points, and where they came from.
    case estimates
    /// Samples on their way from noise to data.
    case samples
  }

  /// Whose estimates are drawn as arrows.
  package enum Comparison: CaseIterable, Sendable {
    case learned, both, ideal
  }

  package struct Notice: Equatable, Sendable {
    package let text: String
    package let isWarning: Bool
  }

  package init(
    _ experiment: Experiment, dataset: Dataset, seed: UInt64, frame: Frame, sampling: SampleSettings = SampleSettings()
  ) {
    original = (experiment, dataset)
    self.experiment = experiment
    self.dataset = dataset
    self.seed = seed
    self.frame = frame
    samples = SampleView(sampling)
    sigma = State.sigmaSlider(experiment, at: 0.2)
    learningRate = LogSlider(
      origin: experiment.learningRate,
      range: min(1e-6, experiment.learningRate)...max(1, experiment.learningRate), notchesPerDecade: 10)
    probes = State.probes(dataset)
  }

  private static func sigmaSlider(_ experiment: Experiment, at sigma: Double) -> LogSlider {
    let sigmas = experiment.schedule.schedule.sigmas
    let range = Double(sigmas[0])...Double(sigmas[sigmas.count - 1])
    return LogSlider(
      origin: min(max(sigma, range.lowerBound), range.upperBound), range: range, notchesPerDecade: 20)
  }

  private static func probes(_ dataset: Dataset) -> (x0: [Point], epsilon: [Point]) {
    var random = Random(seed: 0, stream: .probes)
    let count = 512
    return (
      (0..<count).map { _ in dataset.points[random.index(below: dataset.points.count)] }, random.normals(count)
    )
  }

  /// Goes over to other settings, with what still holds under them.
  mutating func adopt(_ other: Experiment) {
    if other.schedule != experiment.schedule { sigma = State.sigmaSlider(other, at: sigma.value) }
    if other.data != experiment.data {
      // A file was read once, and is not read again.
      dataset = other.data == original.experiment.data ? original.dataset : other.loadData()
      probes = State.probes(dataset)
      samples.settings.label = nil
    }
    if other.averageDecay == nil, samples.settings.predictor == .average { samples.settings.predictor = .learned }
    experiment = other
    insight = insight?.under(other)
  }

  /// Whether the next choice of a setting needs fresh weights.
  package func restarts(_ setting: Setting) -> Bool {
    experiment.obstacle(to: setting.moved(experiment, by: 1, original: original.experiment)) != nil
  }

  /// The first `count` noisy points, `x = x0 + sigma·epsilon`.
  package func noisyPoints(_ count: Int) -> [Point] {
    let sigma = Float(self.sigma.value)
    return zip(probes.x0, probes.epsilon).prefix(count).map { $0 + sigma * $1 }
  }

  /// The samples of the network as it is now, as the settings say.
  var wantedSamples: SampleRequest {
    // The ideal denoiser's are always the same.
    let isIdeal = samples.settings.predictor == .ideal
    return SampleRequest(
      settings: samples.settings, generation: isIdeal ? 0 : frame.generation, step: isIdeal ? 0 : frame.step,
      schedule: experiment.schedule)
  }

  /// Whether the data have classes, which samples can be drawn of.
  package var hasClasses: Bool { dataset.classCount > 0 }

  /// What the settings panel lists.
  package var settings: [Setting] { Setting.allCases.filter { hasClasses || !$0.isOfClasses } }

  /// Why training stopped, and what helps.
  package var failure: String? { frame.failure.map { "\($0), then press r" } }

  /// Whether training goes on, as far as the screen knows.
  package var isTraining: Bool { wantsTraining && frame.failure == nil }

  /// Whether the picture moves by itself, so that time matters.
  package var isMoving: Bool { picture == .samples && samples.isMoving(isTraining: isTraining) }

  /// Whether the frame is of the present run: after a reset it is that of before until the first one comes.
  var isFrameCurrent: Bool { frame.generation == generation }

  /// Whether there is more to find out about the network of the present frame, or about the floor.
  package var wantsInsight: Bool {
    // A network of other settings cannot be judged by these.
    guard isFrameCurrent else { return false }
    guard let insight else { return true }
    return !insight.isPrecise || (insight.generation, insight.step) != (frame.generation, frame.step)
  }
}
