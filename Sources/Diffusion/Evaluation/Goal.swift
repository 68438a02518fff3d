/// Something to train up to. When a goal is looked at follows from the training points seen, whatever the time that they
/// take, so that a run stops at the same step whenever it is repeated. A first look at few draws is cheap and may be
/// lucky, as may the first of many looks at more; other draws decide.
package protocol Goal: Sendable {
  /// Training points between looks, at the least and at the most. In between a look comes after a sixteenth more.
  static var interval: ClosedRange<Int> { get }

  /// A few draws that say whether a verdict is worth its time.
  ///
  /// - Parameter isWanted: Whether the answer is still wanted; asked now and then.
  mutating func glance(at run: Run, isWanted: () -> Bool) -> Bool

  /// Many draws: whether the goal is reached; nil if the answer is no longer wanted.
  mutating func verdict(on run: Run, isWanted: () -> Bool) -> Verdict?
}

/// Whether a goal is reached, and what was measured.
package struct Verdict: Equatable, Sendable {
  /// What was measured, and on how much.
  package enum Measured: Equatable, Sendable {
    /// A loss on so many draws.
    case loss(ExpectedLoss, draws: Int)
    case samples(SampleQuality)
  }

  package let isReached: Bool
  /// What it rests on.
  package let measured: Measured
  /// The step at which it was measured.
  package let step: Int
}

/// A goal, and when to look next.
package struct GoalWatch: Sendable {
  private var goal: any Goal
  private var next: Int
  /// The verdict that was good enough; nil until there is one.
  package private(set) var reached: Verdict?

  /// Looks for the first time after as many points as the goal's least interval.
  package init(_ goal: any Goal) {
    self.goal = goal
    next = type(of: goal).interval.lowerBound
  }

  /// Looks, if it is time to.
  package mutating func watch(_ run: Run, isWanted: () -> Bool) {
    guard reached == nil, run.rows >= next else { return }
    let interval = type(of: goal).interval
    next = run.rows + min(max(run.rows / 16, interval.lowerBound), interval.upperBound)
    if goal.glance(at: run, isWanted: isWanted) { judge(run, isWanted: isWanted) }
  }

  /// The verdict, which is final if it is good; nil if it is no longer wanted.
  @discardableResult
  package mutating func judge(_ run: Run, isWanted: () -> Bool) -> Verdict? {
    let verdict = goal.verdict(on: run, isWanted: isWanted)
    if verdict?.isReached == true { reached = verdict }
    return verdict
  }
}
