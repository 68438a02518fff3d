import ArgumentParser
import Diffusion

/// The options that say how the weights are updated. All default to the preset's.
struct OptimizerOptions: ParsableArguments {
  @Option(
    name: .customLong("lr"), parsing: .unconditional,
    help: "Base learning rate, above 0, at most 1e30 \(byDefault { $0.learningRate }).")
  var learningRate: Double?

  @Option(
    help: ArgumentHelp(
      """
      How the learning rate changes: constant, cosine[:floor] (to that share of the base, above 0 to 1, default 0.1), \
      one-cycle \(byDefault { $0.learningRateSchedule.name }).
      """, valueName: "name[:number]"))
  var lrSchedule: String?

  @Option(
    parsing: .unconditional,
    help:
      "Steps over which the learning rate rises from 0, 0 or more \(byDefault { $0.warmUpSteps })."
  )
  var warmUp: Int?

  @Option(
    parsing: .unconditional,
    help:
      "Decay of the mean square gradient, 0 to below 1 \(byDefault { $0.optimizer.beta2 })."
  )
  var beta2: Double?

  @Option(
    parsing: .unconditional,
    help: "AdamW's weight decay, 0 or more \(byDefault { $0.optimizer.weightDecay }).")
  var weightDecay: Double?

  @Option(
    parsing: .unconditional,
    help:
      "Clip the gradient at this global norm, above 0; 0 does not clip \(byDefault { $0.clipNorm ?? 0 })."
  )
  var clip: Double?

  @Option(
    parsing: .unconditional,
    help: """
      Keep a moving average of the weights with this decay, below 1, as 0.999; 0 keeps none \
      \(byDefault { $0.averageDecay ?? 0 }).
      """)
  var average: Double?

  /// - Throws: `Failure` that names the option, what is wrong with it, and what it takes.
  func apply(to experiment: inout Experiment) throws {
    if let learningRate {
      // Beyond this one step leaves what float32 holds, and there would be no good parameters to keep.
      try require(
        learningRate > 0 && learningRate <= 1e30,
        "--lr \(learningRate): a learning rate is a number above 0, at most 1e30")
      experiment.learningRate = learningRate
    }
    if let lrSchedule { experiment.learningRateSchedule = try parse(lrSchedule: lrSchedule) }
    if let warmUp {
      try require(warmUp >= 0, "--warm-up \(warmUp): 0 steps or more")
      experiment.warmUpSteps = warmUp
    }
    if let beta2 {
      try require(beta2 >= 0 && beta2 < 1, "--beta2 \(beta2): a decay from 0 to below 1")
      experiment.optimizer.beta2 = beta2
    }
    if let weightDecay {
      try require(
        weightDecay >= 0 && weightDecay.isFinite, "--weight-decay \(weightDecay): a number of 0 or more")
      experiment.optimizer.weightDecay = weightDecay
    }
    if let clip {
      try require(clip >= 0 && clip.isFinite, "--clip \(clip): a norm above 0, or 0 not to clip")
      experiment.clipNorm = clip == 0 ? nil : clip
    }
    if let average {
      try require(average >= 0 && average < 1, "--average \(average): a decay from 0 to below 1")
      experiment.averageDecay = average == 0 ? nil : average
    }
  }

  private func parse(lrSchedule text: String) throws -> LearningRateSchedule {
    let (name, number) = try nameAndNumber(text, option: "--lr-schedule")
    let schedule = try choose(
      name, "learning-rate schedule", from: LearningRateSchedule.all.map { ($0.name, $0) })
    guard let number else { return schedule }
    guard case .cosine = schedule, number <= 1 else {
      throw Failure("--lr-schedule \(text): only cosine takes a number, above 0 to 1", code: Failure.usage)
    }
    return .cosine(floor: number)
  }
}
