/// Where time comes from.
package typealias Clock = @Sendable () -> ContinuousClock.Instant

/// Steps per second, as an exponential average over about a second of training.
struct Pace: Sendable {
  private(set) var stepsPerSecond = 0.0
  private var last: ContinuousClock.Instant
  private var steps = 0

  init(since start: ContinuousClock.Instant) { last = start }

  /// The time until now was not spent training.
  mutating func resume(at now: ContinuousClock.Instant) { (last, steps) = (now, 0) }

  mutating func count(at now: ContinuousClock.Instant) {
    steps += 1
    let elapsed = (now - last) / .seconds(1)
    guard elapsed >= 0.1 else { return }
    let rate = Double(steps) / elapsed
    let share = stepsPerSecond == 0 ? 1 : min(elapsed, 1)
    stepsPerSecond += share * (rate - stepsPerSecond)
    resume(at: now)
  }
}
