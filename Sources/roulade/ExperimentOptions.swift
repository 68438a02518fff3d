import ArgumentParser
import Diffusion
import Export
import Foundation

/// The options that say what is trained, shared by the commands that train.
struct ExperimentOptions: ParsableArguments {
  @OptionGroup(title: "Run") var runOptions: RunOptions
  @OptionGroup(title: "Data") var dataOptions: DataOptions
  @OptionGroup(title: "Noise") var noiseOptions: ParameterOptions<NoiseGroup>
  @OptionGroup(title: "Network") var networkOptions: ParameterOptions<NetworkGroup>
  @OptionGroup(title: "Training") var trainingOptions: ParameterOptions<TrainingGroup>

  /// What preset, file and options say together, the later over the earlier.
  ///
  /// - Parameter base: What file and options change; the preset chosen if there is none.
  /// - Throws: `Failure` that names the option, what is wrong with it, and what it takes; with code 65 for a file that
  ///   is not what it should be.
  func settings(over base: ConfigurationFile? = nil) throws -> ConfigurationFile {
    var settings = try base ?? runOptions.chosenPreset()
    if let path = runOptions.config {
      settings = try badData { try ConfigurationFile(contentsOf: path, over: settings) }
    }
    if let seed = runOptions.seed { settings.seed = seed }
    try dataOptions.apply(to: &settings)
    try noiseOptions.apply(to: &settings.configuration)
    try networkOptions.apply(to: &settings.configuration)
    try trainingOptions.apply(to: &settings.configuration)
    if let problem = settings.configuration.problem { throw Failure(problem, code: Failure.usage) }
    return settings
  }

  /// The points that an experiment made from these options learns.
  ///
  /// - Parameter note: Called with each thing that a person should know of how a file was read.
  /// - Throws: `Failure` with code 65 for a file of points that is not what it should be, and with 64 where a setting
  ///   needs classes and there are none.
  func dataset(for settings: ConfigurationFile, note: (String) -> Void = { _ in }) throws -> Dataset {
    let experiment = settings.configuration.experiment
    let dataset = try dataOptions.dataset(experiment, origin: settings.points, note: note)
    if dataOptions.options.given["label-dropout"] != nil || settings.keys.contains("label-dropout") {
      try requireClasses(in: dataset, for: "--label-dropout \(numberText(experiment.labelDropout))")
    }
    return dataset
  }

  /// Whether no option says anything of what is trained.
  var isEmpty: Bool {
    runOptions.preset == nil && runOptions.config == nil && runOptions.seed == nil && dataOptions.isEmpty
      && noiseOptions.given.isEmpty && networkOptions.given.isEmpty && trainingOptions.given.isEmpty
  }

  func threadCount() throws -> Int { try runOptions.threadOptions.threadCount() }

  func instructionSet() throws -> InstructionSet { try runOptions.threadOptions.chosenInstructionSet() }
}

/// The options that are no parameters of an experiment: which one, and under which seed.
struct RunOptions: ParsableArguments {
  @Option(
    help: """
      Preset, whose settings the options below change: \(Experiment.presets.map(\.name).joined(separator: ", ")), or a \
      TOML file with settings (default: \(Experiment.standard.name)).
      """)
  var preset: String?

  @Option(
    help: ArgumentHelp(
      """
      Settings in a TOML file, or on standard input for -; they change the preset's, and the options below change them. \
      `roulade presets NAME --format toml` prints one.
      """, valueName: "file"))
  var config: String?

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp(
      "Seed of the initial weights and of what training and sampling draw: a whole number of 0 or more (default: 0).",
      valueName: "number"))
  var seed: UInt64?

  @OptionGroup var threadOptions: ThreadOptions

  func chosenPreset() throws -> ConfigurationFile {
    try presetSettings(named: preset ?? Experiment.standard.name, for: "--preset")
  }
}

struct ThreadOptions: ParsableArguments {
  @Option(
    parsing: .unconditional,
    help: "Threads that share a step, 1 to 256; they do not change its result (default: one a core).")
  var threads: Int?

  @Option(
    help: """
      Compute with this instruction set: \(InstructionSet.allCases.map(\.rawValue).joined(separator: ", ")). The same one \
      gives the same files on any machine that has it, with the same build and C library; avx2 and avx512 give the same \
      (default: the machine's best).
      """)
  var instructionSet: String?

  /// - Throws: `Failure` for one that there is not, or not here.
  func chosenInstructionSet() throws -> InstructionSet {
    guard let instructionSet else { return .best }
    let chosen = try choose(
      instructionSet, "instruction set", for: "--instruction-set",
      from: InstructionSet.allCases.map { ($0.rawValue, $0) })
    try require(
      chosen.isAvailable,
      "--instruction-set \(instructionSet): this machine does not have it; its best is \(InstructionSet.best.rawValue)")
    return chosen
  }

  /// - Throws: `Failure` when the number makes no sense.
  func threadCount() throws -> Int {
    guard let threads else { return ProcessInfo.processInfo.activeProcessorCount }
    guard (1...256).contains(threads) else {
      throw Failure("--threads \(threads): 1 to 256 threads", code: Failure.usage)
    }
    return threads
  }
}

/// The settings of a preset, or of a file with some, which change the default's.
///
/// - Throws: `Failure` with code 64 for a name that is neither, and with 65 for a file that is not what it should be.
func presetSettings(named name: String, for option: String? = nil) throws -> ConfigurationFile {
  let presets = Experiment.presets
  let isFile = name.contains(".") || name.contains("/") || FileManager.default.fileExists(atPath: name)
  if isFile, !presets.contains(where: { $0.name == name }) {
    return try badData { try ConfigurationFile(contentsOf: name, over: ConfigurationFile(Configuration(.standard))) }
  }
  return ConfigurationFile(
    Configuration(try choose(name, "preset", for: option, from: presets.map { ($0.name, $0) })))
}
