import ArgumentParser
import Diffusion

/// The options that say when to stop training early: when every goal that is named has been reached.
struct GoalOptions: ParsableArguments {
  @Option(
    parsing: .unconditional,
    help: ArgumentHelp(
      """
      Stop when the seed program's loss, 1/(sigma² + 1e-4) at its levels, is at most this on 40,000 fresh draws and \
      again on 160,000 others, a number above 0. Judged on the moving average if there is one; the time said is that of \
      the steps alone; exit code 1 if the steps end first (default: train to the last step).
      """, valueName: "loss"))
  var untilLoss: Float?

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp(
      """
      Stop when 2,000 samples are at most this far from the nearest data point in the mean, a number above 0 (default: \
      train to the last step).
      """, valueName: "distance"))
  var untilDistance: Float?

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp(
      """
      End at this step, 1 or more, with the learning rate of a run of --steps, whose end it keeps beyond it (default: \
      the last).
      """,
      valueName: "number"))
  var untilStep: Int?

  /// - Throws: `Failure` when a goal could never be reached, or has nothing to do with training.
  func validate(sampling: SampleSettings) throws {
    for (option, goal) in [("--until-loss", untilLoss), ("--until-distance", untilDistance)] {
      guard let goal, !(goal > 0 && goal.isFinite) else { continue }
      throw Failure("\(option) \(goal): a number above 0", code: Failure.usage)
    }
    if let untilStep { try require(untilStep >= 1, "--until-step \(untilStep): 1 step or more") }
    if let untilDistance, sampling.predictor == .ideal {
      throw Failure(
        "--until-distance \(untilDistance): the ideal denoiser learns nothing; judge another --denoiser",
        code: Failure.usage)
    }
  }

  func goals(dataset: Dataset, sampling: SampleSettings, seed: UInt64) -> [TimedGoal] {
    var goals: [any Goal] = []
    if let untilLoss { goals.append(LossGoal(untilLoss, dataset: dataset, seed: seed)) }
    if let untilDistance { goals.append(DistanceGoal(untilDistance, dataset: dataset, sampling: sampling, seed: seed)) }
    return goals.map { TimedGoal($0, sampling: sampling) }
  }
}
