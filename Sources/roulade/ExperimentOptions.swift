import ArgumentParser
import Diffusion
import Foundation

/// The options that say what is trained, shared by the commands that train.
struct ExperimentOptions: ParsableArguments {
  @Option(help: "Preset: \(Experiment.presets.map(\.name).joined(separator: ", ")).")
  var preset = Experiment.standard.name

  @Option(parsing: .unconditional, help: "Seed of the initial weights and of everything drawn.")
  var seed: UInt64 = 0

  @Option(
    parsing: .unconditional,
    help: "Train one run of this many steps, 1 or more \(byDefault { $0.totalSteps }).")
  var steps: Int?

  @Option(
    parsing: .unconditional,
    help: "Rows of a batch, 1 to 65536 \(byDefault { $0.batchSize }).")
  var batch: Int?

  @Option(
    help: """
      Widths of the hidden layers, 1 to 1024 each, at most 11 \
      \(byDefault { $0.hidden.map(String.init).joined(separator: ",") }).
      """)
  var hidden: String?

  @Option(
    help:
      "Activation: \(Activation.allCases.map(\.rawValue).joined(separator: ", ")) \(byDefault { $0.activation.rawValue })."
  )
  var activation: String?

  @Option(
    parsing: .unconditional,
    help: """
      Share of rows trained without their class, for data with classes, 0 to 1: what guidance needs to know \
      \(byDefault { $0.labelDropout }).
      """)
  var labelDropout: Double?

  @OptionGroup var optimizerOptions: OptimizerOptions
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
    if let labelDropout {
      try require((0...1).contains(labelDropout), "--label-dropout \(labelDropout): a share from 0 to 1")
      experiment.labelDropout = labelDropout
    }
    try optimizerOptions.apply(to: &experiment)
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

  func threadCount() throws -> Int { try threadOptions.threadCount() }
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

/// - Throws: `Failure` with code 64 if the condition is not met.
func require(_ condition: Bool, _ message: String) throws {
  if !condition { throw Failure(message, code: Failure.usage) }
}

/// What help says of options that change a preset: what they leave as it is, with the default preset's value.
func byDefault(_ value: (Experiment) -> Any) -> String { "(default: the preset's, \(value(.standard)))" }
