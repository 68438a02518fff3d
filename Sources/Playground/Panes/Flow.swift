import Diffusion

/// A trajectory as it is played: the noise for a moment, the way of the samples, and a rest.
package struct Flow: Sendable {
  private static let leadIn = 0.4
  private static let leastDuration = 2.0
  private static let leastStepDuration = 0.033
  private static let rest = 1.5

  /// What is played; `bend` exchanges it for another of the same noise.
  package private(set) var trajectory: Trajectory
  /// Seconds since it began.
  package private(set) var elapsed = 0.0

  /// At its beginning.
  package init(_ trajectory: Trajectory) { self.trajectory = trajectory }

  /// Lets time pass, in seconds.
  package mutating func advance(by seconds: Double) { elapsed += seconds }

  /// Goes to where the noise level is this one, or to an end.
  package mutating func seek(sigma: Float) {
    let sigmas = trajectory.sigmas
    let after = sigmas.firstIndex { $0 <= sigma } ?? sigmas.count - 1
    let before = max(after - 1, 0)
    let span = sigmas[before] - sigmas[after]
    seek(position: Double(after) - (span > 0 ? Double((sigma - sigmas[after]) / span) : 0))
  }

  /// Goes to the sampler's next step, or to the one before.
  package mutating func step(_ count: Int) {
    let (step, share) = place
    seek(position: Double(count < 0 && share > 0 ? step + 1 + count : step + count))
  }

  private mutating func seek(position: Double) {
    elapsed = Flow.leadIn + duration * min(max(position / steps, 0), 1)
  }

  /// Takes the way of the same samples under other weights, and stays where it is.
  package mutating func bend(to other: Trajectory) {
    let sigma = sigma
    trajectory = other
    seek(sigma: sigma)
  }

  /// Where it is, in steps of the sampler: 0 is noise.
  package var position: Double {
    min(max((elapsed - Flow.leadIn) / duration, 0), 1) * steps
  }

  /// Whether the last step has been shown.
  package var hasArrived: Bool { position >= steps }

  /// Whether the rest is over, too.
  package var isOver: Bool { elapsed >= Flow.leadIn + duration + Flow.rest }

  private var steps: Double { Double(trajectory.sigmas.count - 1) }

  /// How long the samples are on their way.
  private var duration: Double { max(Flow.leastDuration, steps * Flow.leastStepDuration) }

  /// The samples now.
  package var points: [Point] { trajectory.points(step: place.step, share: place.share) }

  /// Where the samples have been so far, from noise to now, `[1 or more][B]`.
  package var past: [[Point]] { trajectory.points[...place.step] + [points] }

  /// The noise level now.
  package var sigma: Float { trajectory.sigma(step: place.step, share: place.share) }

  private var place: (step: Int, share: Float) {
    // Seconds do not quite lead to whole steps.
    let nearest = position.rounded()
    let position = abs(position - nearest) < 1e-6 ? nearest : position
    let step = Int(position)
    return (step, Float(position - Double(step)))
  }
}
