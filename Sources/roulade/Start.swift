import ArgumentParser
import Diffusion
import Export

/// The options that say where training begins, if not with fresh weights.
struct StartOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      """
      Go on from this checkpoint as if training had never stopped; the options given change what can be changed on the \
      way, and --steps is the step to end at.
      """, valueName: "file"))
  var resume: String?

  @Option(
    help: ArgumentHelp(
      """
      Begin with the weights in this safetensors file: this program's, or any with PyTorch's names for an MLP \
      (net.0.weight or 0.weight). What it was trained by is taken from the file, if it says so.
      """, valueName: "file"))
  var weights: String?

  var isEmpty: Bool { resume == nil && weights == nil }
}

/// A run that can begin.
struct Start {
  var run: Run
  /// What it was made by.
  let settings: ConfigurationFile
}

extension ExperimentOptions {
  /// - Parameters:
  ///   - base: What the options change where nothing else is chosen; the default preset if there is none.
  ///   - mayBeAtEnd: Whether a run may go on that has taken all its steps; the playground's has no end.
  ///   - note: Called with each thing that a person should know.
  /// - Throws: `Failure` with code 65 for a file that is not what it should be, and with 64 for options that do not go
  ///   with it.
  func start(
    _ options: StartOptions, over base: ConfigurationFile? = nil, mayBeAtEnd: Bool = false, note: (String) -> Void
  ) throws -> Start {
    if let path = options.resume {
      try require(options.weights == nil, "--weights goes with a run that begins, --resume with one that goes on")
      return try resume(path, mayBeAtEnd: mayBeAtEnd, note: note)
    }
    if let path = options.weights { return try begin(withWeights: path, note: note) }
    let settings = try settings(over: base)
    let run = Run(
      settings.configuration.experiment, dataset: try dataset(for: settings, note: note), seed: settings.seed ?? 0,
      threads: try threadCount(), instructionSet: try instructionSet())
    return Start(run: run, settings: settings)
  }

  // MARK: A checkpoint

  private func resume(_ path: String, mayBeAtEnd: Bool, note: (String) -> Void) throws -> Start {
    try require(
      runOptions.preset == nil, "--preset: a run that goes on has its settings; options change them one by one")
    let file = try badData { try CheckpointFile(contentsOf: path) }
    var checkpoint = file.checkpoint
    var settings = try settings(over: file.configuration)
    try require(
      settings.seed == checkpoint.seed,
      "--seed \(settings.seed ?? 0): the run in \(path) has seed \(checkpoint.seed), and keeps it")
    var experiment = settings.configuration.experiment
    setEnd(of: &experiment, after: checkpoint)
    settings.configuration.experiment = experiment
    try require(
      mayBeAtEnd || experiment.totalSteps > checkpoint.step,
      "the run in \(path) is at step \(checkpoint.step) of \(experiment.totalSteps); --steps says at which to end")
    if case (.file, .file) = (checkpoint.experiment.data, experiment.data) {
      // The same points at another place: their digest tells.
      checkpoint.experiment.data = experiment.data
    }
    if let obstacle = checkpoint.experiment.obstacle(to: experiment) {
      throw Failure("the run in \(path) cannot go on under these options: \(obstacle)", code: Failure.usage)
    }
    if runOptions.threadOptions.instructionSet != nil {
      checkpoint.instructionSet = try instructionSet()
    } else if !checkpoint.instructionSet.isAvailable {
      note(
        "\(path) was computed with \(checkpoint.instructionSet.rawValue), which this machine does not have; "
          + "\(InstructionSet.best.rawValue) goes on, perhaps with other bits")
    }

    let dataset: Dataset
    do {
      dataset = try self.dataset(for: settings, note: note)
    } catch let failure as Failure where failure.code == Failure.badData {
      throw Failure(
        "\(failure.message); the run in \(path) goes on with its points: --data FILE says where they are now",
        code: Failure.badData)
    }
    do {
      var run = try Run(resuming: checkpoint, dataset: dataset, threads: try threadCount())
      if experiment != run.experiment { try run.change(to: experiment) }
      return Start(run: run, settings: settings)
    } catch let error as CheckpointError {
      throw Failure("\(path): \(error)", code: Failure.badData)
    }
  }

  /// `--steps N` is the step at which to end: runs that have begun before it stay, and the last of them ends there.
  private func setEnd(of experiment: inout Experiment, after checkpoint: Checkpoint) {
    if let end = trainingOptions.given["steps"].flatMap({ Int($0) }) {
      var (runs, start): ([Int], Int) = ([], 0)
      for length in checkpoint.experiment.runs.dropLast() where start + length < end {
        runs.append(length)
        start += length
      }
      experiment.runs = runs + [end - start]
    }
  }

  // MARK: Weights

  private func begin(withWeights path: String, note: (String) -> Void) throws -> Start {
    let file = try badData { try WeightsFile(contentsOf: path) }
    var settings = try file.experiment.map { ConfigurationFile(Configuration($0)) } ?? runOptions.chosenPreset()
    if file.experiment != nil {
      try require(
        runOptions.preset == nil, "--preset: \(path) says what it was trained by; options change it one by one")
    }
    var base = settings.configuration.experiment
    base.hidden = Array(file.widths.dropFirst().dropLast())
    if let problem = base.problem { throw Failure("\(path): \(problem)", code: Failure.badData) }
    settings.configuration.experiment = base
    settings = try self.settings(over: settings)
    let experiment = settings.configuration.experiment
    if file.experiment == nil { (base.formulation, base.activation) = (experiment.formulation, experiment.activation) }
    // Weights may learn other data.
    base.points = experiment.points
    if let obstacle = base.obstacle(to: experiment) {
      throw Failure("the weights in \(path) cannot be used under these options: \(obstacle)", code: Failure.usage)
    }

    let dataset = try self.dataset(for: settings, note: note)
    var network = try badData { try file.network(activation: experiment.activation) }
    let inputs = experiment.formulation.features.width(classCount: dataset.classCount)
    guard network.inputs == inputs, network.outputs == 2 else {
      throw Failure(
        "\(path): the network has \(network.inputs) inputs and \(network.outputs) outputs; "
          + "this experiment needs \(inputs) and 2 (--features, and the classes of the data, decide)",
        code: Failure.badData)
    }
    network.instructionSet = try instructionSet()
    let run = Run(
      experiment, dataset: dataset, seed: settings.seed ?? 0, threads: try threadCount(), network: network)
    return Start(run: run, settings: settings)
  }
}
