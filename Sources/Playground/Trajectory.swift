import Diffusion

/// Which samples are meant: of which network, drawn how.
package struct SampleRequest: Equatable, Sendable {
  package var settings: SampleSettings
  /// Of the run that the network belongs to, and the steps that it has taken; 0 and 0 for the ideal denoiser.
  package let generation: Int
  package let step: Int
  package let schedule: ScheduleSettings

  /// Whether the other differs in the steps of training alone.
  func isLike(_ other: SampleRequest) -> Bool {
    settings == other.settings && generation == other.generation && schedule == other.schedule
  }
}

/// Samples on their whole way from noise to data. Noise and classes are the same every time, so that what differs is the
/// denoiser and the sampler.
package struct Trajectory: Sendable {
  package let request: SampleRequest
  /// The noise levels that were stepped through, from large to small, `[steps + 1]`.
  package let sigmas: [Float]
  /// Where the samples were at each of them, `[steps + 1][B]`.
  package let points: [[Point]]
  /// The class of each of them, `[B]`; empty for data without classes.
  package let labels: [Int]
  /// How often the denoiser was evaluated.
  package let evaluations: Int
  /// What is to be said of the finished samples.
  package let quality: SampleQuality

  init(
    _ request: SampleRequest, sigmas: [Float], points: [[Point]], labels: [Int] = [], evaluations: Int,
    quality: SampleQuality
  ) {
    self.request = request
    self.sigmas = sigmas
    self.points = points
    self.labels = labels
    self.evaluations = evaluations
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
      request.settings.sampler, sigmas: request.schedule.schedule.sampleSigmas(steps: request.settings.steps),
      noise: random.normals(count))
    var points = [sampling.x]
    while !sampling.isFinished {
      guard isWanted() else { return nil }
      sampling.step(denoiser, using: &random)
      points.append(sampling.x)
    }
    self.init(
      request, sigmas: sampling.sigmas, points: points, labels: denoiser.labels, evaluations: sampling.evaluations,
      quality: meter.measure(sampling.x))
  }
}

/// A trajectory as it is played: the noise for a moment, the way of the samples, and a rest.
package struct Flow: Sendable {
  private static let leadIn = 0.4
  private static let leastDuration = 2.0
  private static let leastStepDuration = 0.033
  private static let rest = 1.5

  package let trajectory: Trajectory
  /// Seconds since it began.
  package private(set) var elapsed = 0.0

  package init(_ trajectory: Trajectory) { self.trajectory = trajectory }

  package mutating func advance(by seconds: Double) { elapsed += seconds }

  /// Where it is, in steps of the sampler: 0 is noise.
  package var position: Double {
    min(max((elapsed - Flow.leadIn) / duration, 0), 1) * steps
  }

  package var hasArrived: Bool { position >= steps }

  /// Whether the rest is over, too.
  package var isOver: Bool { elapsed >= Flow.leadIn + duration + Flow.rest }

  private var steps: Double { Double(trajectory.sigmas.count - 1) }

  /// How long the samples are on their way.
  private var duration: Double { max(Flow.leastDuration, steps * Flow.leastStepDuration) }

  /// The samples now. Between two steps they go straight, as the sampler itself does.
  package var points: [Point] {
    let (step, share) = place
    guard share > 0 else { return trajectory.points[step] }
    return zip(trajectory.points[step], trajectory.points[step + 1]).map { $0 + share * ($1 - $0) }
  }

  /// The noise level now.
  package var sigma: Float {
    let (step, share) = place
    let sigmas = trajectory.sigmas
    return share > 0 ? sigmas[step] + share * (sigmas[step + 1] - sigmas[step]) : sigmas[step]
  }

  private var place: (step: Int, share: Float) {
    let step = Int(position)
    return (step, Float(position - Double(step)))
  }
}
