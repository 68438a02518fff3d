import Diffusion
import Plot

/// Something to train up to. Goals are looked at every so many training points, whatever the batch and the time that it
/// takes, so that a run stops at the same step whenever it is repeated. A first look at few draws is cheap and may be
/// lucky, as may the first of many looks at more; other draws decide.
protocol Goal {
  /// Training points between looks.
  static var interval: Int { get }

  /// A few draws that say whether a verdict is worth its time.
  mutating func glance(at run: Run, isWanted: () -> Bool) -> Bool

  /// Many draws: whether the goal is reached, and the numbers in words; nil if they are no longer wanted.
  mutating func verdict(on run: Run, isWanted: () -> Bool) -> (isReached: Bool, text: String)?
}

/// A loss: the seed program's, at the seed program's levels, of the moving average, if there is one.
struct LossGoal: Goal {
  static let interval = 25_600

  let loss: Float
  private let levels: [NoiseLevel]
  private var random: Random

  init(_ loss: Float, dataset: Dataset, seed: UInt64) {
    self.loss = loss
    levels = Experiment.seed.noiseLevels(for: dataset)
    random = Random(seed: seed, stream: .lossGoal)
  }

  mutating func glance(at run: Run, isWanted: () -> Bool) -> Bool {
    measure(run, drawsPerLevel: 10).value <= loss
  }

  mutating func verdict(on run: Run, isWanted: () -> Bool) -> (isReached: Bool, text: String)? {
    var draws = 100
    var measured = measure(run, drawsPerLevel: draws)
    guard isWanted() else { return nil }
    if measured.value <= loss {
      draws = 400
      measured = measure(run, drawsPerLevel: draws)
    }
    let error = measured.standardError.formatted(significant: 2)
    return (
      measured.value <= loss,
      "loss \(measured.value.formatted(significant: 4)) ± \(error) on \(draws * levels.count) fresh draws"
    )
  }

  private mutating func measure(_ run: Run, drawsPerLevel: Int) -> ExpectedLoss {
    ExpectedLoss(
      of: run.averageDenoiser ?? run.denoiser, dataset: run.dataset, levels: levels,
      drawsPerLevel: drawsPerLevel, using: &random)
  }
}

/// A mean distance of samples to the nearest data point.
struct DistanceGoal: Goal {
  static let interval = 51_200

  let distance: Float
  private var judge: SampleJudge

  init(_ distance: Float, dataset: Dataset, sampling: SampleSettings, seed: UInt64) {
    self.distance = distance
    judge = SampleJudge(dataset: dataset, settings: sampling, seed: seed)
  }

  mutating func glance(at run: Run, isWanted: () -> Bool) -> Bool {
    judge.measure(run, count: 256, isWanted: isWanted).map { $0.meanDistance <= 1.5 * distance } ?? false
  }

  mutating func verdict(on run: Run, isWanted: () -> Bool) -> (isReached: Bool, text: String)? {
    judge.measure(run, count: SampleJudge.count, isWanted: isWanted).map {
      ($0.meanDistance <= distance, judge.describe($0))
    }
  }
}

/// A goal, and when to look next.
struct GoalWatch {
  private var goal: any Goal
  private var next: Int
  /// What the verdict said that was good enough, and when; nil until there is one.
  private(set) var reached: String?
  private let start = ContinuousClock.now

  init(_ goal: any Goal) {
    self.goal = goal
    next = type(of: goal).interval
  }

  /// Looks, if it is time to.
  ///
  /// - Parameter isWanted: Whether the answer is still wanted; asked now and then.
  mutating func watch(_ run: Run, isWanted: () -> Bool) {
    guard reached == nil, run.stepCount * run.experiment.batchSize >= next else { return }
    next += type(of: goal).interval
    if goal.glance(at: run, isWanted: isWanted) { _ = judge(run, isWanted: isWanted) }
  }

  /// The verdict, which is final if it is good.
  ///
  /// - Returns: The numbers, in words; nil if they are no longer wanted.
  mutating func judge(_ run: Run, isWanted: () -> Bool) -> String? {
    guard let verdict = goal.verdict(on: run, isWanted: isWanted) else { return nil }
    let seconds = (ContinuousClock.now - start) / .seconds(1)
    if verdict.isReached {
      reached = "\(verdict.text), at step \(run.stepCount), after \(seconds.formatted(decimals: 2)) s"
    }
    return verdict.text
  }
}
