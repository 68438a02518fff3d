import ArgumentParser
import Diffusion
import Foundation

/// The options that say what is trained, shared by the commands that train.
struct ExperimentOptions: ParsableArguments {
  @Option(help: "Preset: \(Experiment.presets.map(\.name).joined(separator: ", ")).")
  var preset = Experiment.standard.name

  @Option(parsing: .unconditional, help: "Seed of the initial weights and of everything drawn.")
  var seed: UInt64 = 0

  @Option(parsing: .unconditional, help: "Train one run of this many steps, 1 or more, instead of the preset's.")
  var steps: Int?

  @Option(parsing: .unconditional, help: "Rows of a batch, 1 to 65536 (default: the preset's).")
  var batch: Int?

  @Option(
    name: .customLong("lr"), parsing: .unconditional,
    help: "Base learning rate, above 0, at most 1e30 (default: the preset's).")
  var learningRate: Double?

  @Option(help: "Widths of the hidden layers, 1 to 1024 each, at most 11: 128,256,128 (default: the preset's).")
  var hidden: String?

  @Option(help: "Activation: \(Activation.allCases.map(\.rawValue).joined(separator: ", ")) (default: the preset's).")
  var activation: String?

  @Option(
    help: ArgumentHelp(
      """
      How the learning rate changes: constant, cosine[:floor] (to that share of the base, above 0 to 1, default 0.1), \
      one-cycle (default: the preset's).
      """, valueName: "name[:number]"))
  var lrSchedule: String?

  @Option(parsing: .unconditional, help: "Steps over which the learning rate rises from 0 (default: the preset's).")
  var warmUp: Int?

  @Option(
    parsing: .unconditional,
    help: "Keep a moving average of the weights with this decay, 0 to below 1, as 0.999 (default: the preset's).")
  var average: Double?

  @Option(
    parsing: .unconditional,
    help: """
      Share of rows trained without their class, for data with classes, 0 to 1: what guidance needs to know (default: \
      the preset's, \(Experiment.standard.labelDropout)).
      """)
  var labelDropout: Double?

  @OptionGroup var dataOptions: DataOptions
  @OptionGroup var formulationOptions: FormulationOptions
  @OptionGroup var threadOptions: ThreadOptions

  /// - Throws: `Failure` that names the option, what is wrong with it, and what it takes.
  func experiment() throws -> Experiment {
    var experiment = try choose(preset, "preset", from: Experiment.presets.map { ($0.name, $0) })
    if let steps {
      try require(steps >= 1, "--steps \(steps): training takes 1 step or more")
      experiment.runs = [steps]
    }
    if let batch {
      try require((1...65_536).contains(batch), "--batch \(batch): a batch has 1 to 65536 rows")
      experiment.batchSize = batch
    }
    if let learningRate {
      // Beyond this one step leaves what float32 holds, and there would be no good parameters to keep.
      try require(
        learningRate > 0 && learningRate <= 1e30,
        "--lr \(learningRate): a learning rate is a number above 0, at most 1e30")
      experiment.learningRate = learningRate
    }
    if let hidden {
      let widths = hidden.split(separator: ",", omittingEmptySubsequences: false).map {
        Int($0.trimmingCharacters(in: .whitespaces))
      }
      let valid = widths.compactMap { $0 }.filter { (1...1024).contains($0) }
      try require(
        valid.count == widths.count && (1...11).contains(valid.count),
        "--hidden \(hidden): 1 to 11 widths from 1 to 1024, as in 128,256,128")
      experiment.hidden = valid
    }
    if let activation {
      experiment.activation = try choose(activation, "activation", from: Activation.allCases.map { ($0.rawValue, $0) })
    }
    if let lrSchedule { experiment.learningRateSchedule = try parse(lrSchedule: lrSchedule) }
    if let warmUp {
      try require(warmUp >= 0, "--warm-up \(warmUp): 0 steps or more")
      experiment.warmUpSteps = warmUp
    }
    if let average {
      try require(average >= 0 && average < 1, "--average \(average): a decay from 0 to below 1")
      experiment.averageDecay = average
    }
    if let labelDropout {
      try require((0...1).contains(labelDropout), "--label-dropout \(labelDropout): a share from 0 to 1")
      experiment.labelDropout = labelDropout
    }
    experiment.data = try dataOptions.source(preset: experiment.data)
    try formulationOptions.apply(to: &experiment)
    return experiment
  }

  /// The points that an experiment made from these options learns.
  func dataset(for experiment: Experiment) throws -> Dataset {
    let dataset = try dataOptions.dataset(experiment.data)
    if let labelDropout { try requireClasses(in: dataset, for: "--label-dropout \(labelDropout)") }
    return dataset
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

  func threadCount() throws -> Int { try threadOptions.threadCount() }

  private func require(_ condition: Bool, _ message: String) throws {
    if !condition { throw Failure(message, code: Failure.usage) }
  }
}

struct ThreadOptions: ParsableArguments {
  @Option(
    parsing: .unconditional,
    help: "Threads that share a step, 1 to 256; they do not change its result (default: one a core).")
  var threads: Int?

  /// - Throws: `Failure` when the number makes no sense.
  func threadCount() throws -> Int {
    guard let threads else { return ProcessInfo.processInfo.activeProcessorCount }
    guard (1...256).contains(threads) else {
      throw Failure("--threads \(threads): 1 to 256 threads", code: Failure.usage)
    }
    return threads
  }
}
