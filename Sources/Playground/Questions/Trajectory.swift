import Diffusion

/// Which samples are meant: of which network, drawn how.
package struct SampleRequest: DenoiserSubject {
  package var settings: SampleSettings
  /// Of the network; nil for the ideal denoiser, whose samples are always the same.
  package internal(set) var moment: Moment.ID?
  /// Which points the network learned.
  package let points: Experiment.Points
  /// What the noise levels are taken from.
  package let schedule: ScheduleSettings

  /// The samples of the network as it is now, as the settings say.
  package init(_ world: World) {
    self.init(world.sampling, of: world.moment, world)
  }

  /// The samples of a network as these settings say; the learned one's in the place of an average that is not kept.
  init(_ settings: SampleSettings, of moment: Moment, _ world: World) {
    var settings = settings
    if settings.predictor == .average, moment.average == nil { settings.predictor = .learned }
    self.init(settings: settings, moment: settings.predictor == .ideal ? nil : moment.id, world: world)
  }

  /// The ideal denoiser's, to compare with.
  static func ideal(_ world: World) -> SampleRequest {
    var settings = world.sampling
    settings.predictor = .ideal
    // Guided, it would leave the data points.
    settings.guidance = 0
    return SampleRequest(settings: settings, moment: nil, world: world)
  }

  private init(settings: SampleSettings, moment: Moment.ID?, world: World) {
    (self.settings, self.moment) = (settings, moment)
    (points, schedule) = (world.experiment.points, world.experiment.schedule)
  }

  /// Whether it is of a network that had been trained for fewer steps.
  func isEarlier(than other: SampleRequest) -> Bool {
    guard let step = moment?.step, let last = other.moment?.step else { return false }
    return step < last
  }

  /// Whether the noise and the data are the same.
  func isOfSame(_ other: SampleRequest) -> Bool { points == other.points && schedule == other.schedule }
}

/// Samples on their whole way from noise to data. Noise and classes are the same every time, so that what differs is the
/// denoiser and the sampler.
package struct Trajectory: Sendable {
  /// What they were drawn for.
  package let request: SampleRequest
  /// The noise levels that were stepped through, from large to small, `[steps + 1]`.
  package let sigmas: [Float]
  /// Where the samples were at each of them, `[steps + 1][B]`.
  package let points: [[Point]]
  /// The class of each of them, `[B]`; empty for data without classes.
  package let labels: [Int]
  /// How often the denoiser had been evaluated by then, `[steps + 1]`.
  package let evaluationCounts: [Int]
  /// How many samples had an estimate of the clean point that was bounded.
  package let bounded: Int
  /// What is to be said of the finished samples.
  package let quality: SampleQuality

  init(
    _ request: SampleRequest, sigmas: [Float], points: [[Point]], labels: [Int] = [], evaluationCounts: [Int],
    bounded: Int = 0, quality: SampleQuality
  ) {
    self.request = request
    self.sigmas = sigmas
    self.points = points
    self.labels = labels
    self.evaluationCounts = evaluationCounts
    self.bounded = bounded
    self.quality = quality
  }

  /// - Parameters:
  ///   - meter: What judges the finished samples.
  ///   - isWanted: Asked before each step. Once it says no, there is no trajectory.
  package init?(
    _ request: SampleRequest, count: Int, denoiser: any ConditionalDenoiser, dataset: Dataset, meter: QualityMeter,
    isWanted: () -> Bool
  ) {
    var random = Random(seed: 0, stream: .shownSamples)
    var classes = Random(seed: 0, stream: .shownClasses)
    var denoiser = denoiser
    denoiser.labels = request.settings.labels(count: count, of: dataset, using: &classes)
    denoiser.guidance = request.settings.guidance
    var sampling = Sampling(
      request.settings, schedule: request.schedule, dataset: dataset, noise: random.normals(count))
    guard let states = sampling.states(denoiser, using: &random, isWanted: isWanted) else { return nil }
    self.init(
      request, sigmas: sampling.sigmas, points: states.map(\.points), labels: denoiser.labels,
      evaluationCounts: states.map(\.evaluations), bounded: sampling.boundedSamples,
      quality: meter.measure(sampling.x))
  }

  /// The samples a share of the way from a step to the next. They go straight, as the sampler itself does.
  func points(step: Int, share: Float) -> [Point] {
    share > 0 ? zip(points[step], points[step + 1]).map { $0 + share * ($1 - $0) } : points[step]
  }

  /// Their noise level there.
  func sigma(step: Int, share: Float) -> Float {
    share > 0 ? sigmas[step] + share * (sigmas[step + 1] - sigmas[step]) : sigmas[step]
  }

  /// How often the denoiser was evaluated in all.
  package var evaluations: Int { evaluationCounts.last ?? 0 }
}
