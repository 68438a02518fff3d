import Diffusion
import Plot

/// A goal with what is said of it: the numbers, and when they were good enough.
struct TimedGoal {
  private var watch: GoalWatch
  private let sampling: SampleSettings
  /// What the verdict said that was good enough, and when; nil until there is one.
  private(set) var reached: String?

  init(_ goal: any Goal, sampling: SampleSettings) {
    watch = GoalWatch(goal)
    self.sampling = sampling
  }

  /// Looks, if it is time to.
  ///
  /// - Parameters:
  ///   - training: How long the steps took, without what judges them.
  ///   - isWanted: Whether the answer is still wanted; asked now and then.
  mutating func watch(_ run: Run, after training: Duration, isWanted: () -> Bool) {
    watch.watch(run, isWanted: isWanted)
    note(run, training)
  }

  /// The verdict, which is final if it is good.
  ///
  /// - Returns: The numbers, in words; nil if they are no longer wanted.
  mutating func judge(_ run: Run, after training: Duration, isWanted: () -> Bool) -> String? {
    let verdict = watch.judge(run, isWanted: isWanted)
    note(run, training)
    return verdict.map { $0.measured.text(sampling) }
  }

  private mutating func note(_ run: Run, _ training: Duration) {
    guard reached == nil, let verdict = watch.reached else { return }
    let seconds = (training / .seconds(1)).formatted(decimals: 2)
    reached =
      "\(verdict.measured.text(sampling)), at step \(verdict.step), \(run.rows) points, after \(seconds) s of training"
  }
}

extension Verdict.Measured {
  /// - Parameter sampling: How the samples were drawn, if there were any.
  fileprivate func text(_ sampling: SampleSettings) -> String {
    switch self {
    case .loss(let loss, let draws):
      "loss \(loss.value.formatted(significant: 4)) ± \(loss.standardError.formatted(significant: 2)) "
        + "on \(draws) fresh draws"
    case .samples(let quality): quality.text(sampling)
    }
  }
}

extension SampleQuality {
  /// - Parameter settings: How the samples were drawn.
  func text(_ settings: SampleSettings) -> String {
    let (mean, far) = (meanDistance.formatted(significant: 3), distance95.formatted(significant: 3))
    let guidance = settings.guidance > 0 ? ", guidance \(settings.guidance.formatted(significant: 3))" : ""
    return "samples (\(settings.sampler.name), \(settings.steps) steps, \(settings.predictor.rawValue)\(guidance)) "
      + "at distance \(mean), 95 % within \(far), "
      + "sliced Wasserstein \(slicedWasserstein.formatted(significant: 3)), "
      + "coverage \(coverage.formatted(decimals: 2)), copies \(copies.formatted(decimals: 2))"
  }
}
