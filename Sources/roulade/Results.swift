import ArgumentParser
import Diffusion
import Export
import Pictures

/// The options that say where results go.
struct OutputOptions: ParsableArguments {
  @Option(help: ArgumentHelp("Directory for the results, created if it is missing.", valueName: "dir"))
  var out = "out"

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp(
      "Steps between lines of the log, 1 or more; on a terminal a bar shows them instead.", valueName: "number"))
  var logEvery = 20

  @Option(help: "How the log is written: text, or json, an object a line.")
  var logFormat = LogFormat.text

  @Option(
    help: ArgumentHelp(
      """
      File for the log, rather than standard output, which then has the results alone: of all runs under --seeds. Written \
      anew, or on where a run goes on.
      """, valueName: "file"))
  var log: String?

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp(
      "Steps between checkpoints, 1 or more (default: one when training ends or is stopped).", valueName: "number"))
  var checkpointEvery: Int?

  /// Makes sure that results can be written, before there are any.
  ///
  /// - Throws: `Failure` that names the option, what is wrong with it, and what it takes.
  func prepare() throws {
    try require(logEvery >= 1, "--log-every \(logEvery): 1 step or more")
    if let checkpointEvery {
      try require(checkpointEvery >= 1, "--checkpoint-every \(checkpointEvery): 1 step or more")
    }
    do {
      try AtomicFile.prepare(directory: out, for: Results.names)
    } catch {
      throw Failure("--out: \(error)", code: Failure.cannotCreate)
    }
  }

  /// The file for the log; nil for standard output.
  ///
  /// - Throws: `Failure` with code 73 if there can be no such file.
  func logFile(isContinued: Bool) throws -> LogFile? {
    guard let log, log != "-" else { return nil }
    return try LogFile(log, isContinued: isContinued)
  }
}

/// What a run leaves behind.
struct Results {
  static let checkpoint = "checkpoint.safetensors"
  static let pictures = ["loss_curve", "denoise_step"]
  static let names =
    ["model.safetensors", "average.safetensors", checkpoint] + pictures.flatMap { ["\($0).svg", "\($0).png"] }

  let run: Run
  /// Of each step after the first so many, which others took.
  let losses: [Double]
  let first: Int
  /// Where the points were read from; nil if they were made.
  let origin: PointsOrigin?

  /// - Parameter note: Called with each file's path once it is there.
  func write(to directory: String, note: (String) -> Void) throws {
    // The weights first: they are what cannot be made again.
    var networks = [("model.safetensors", run.network)]
    if let average = run.averageDenoiser { networks.append(("average.safetensors", average.network)) }
    for (name, network) in networks {
      let path = AtomicFile.join(directory, name)
      let file = try Safetensors(
        network, experiment: run.experiment, seed: run.seed, step: run.stepCount, box: run.dataset.box)
      try AtomicFile.write(file.encoded(), to: path)
      note(path)
    }
    note(try writeCheckpoint(to: directory))

    var random = Random(seed: run.seed, stream: .denoisingStep)
    let step = denoisingStep(
      run.denoiser, dataset: run.dataset, schedule: run.schedule, using: &random)
    var missing: [String] = []
    for (name, scene) in zip(Results.pictures, [lossCurve(losses, after: first, of: run.dataset.name), step]) {
      let path = AtomicFile.join(directory, name + ".svg")
      let reason = try Picture.write(scene, to: path)
      note(path)
      if let reason {
        if !missing.contains(reason) { missing.append(reason) }
      } else {
        note(AtomicFile.join(directory, name + ".png"))
      }
    }
    for reason in missing { tell(reason) }
  }

  /// - Returns: The file's path.
  @discardableResult
  func writeCheckpoint(to directory: String) throws -> String {
    let path = AtomicFile.join(directory, Self.checkpoint)
    let file = CheckpointFile(run.checkpoint, origin: origin?.absolute, box: run.dataset.box)
    try AtomicFile.write(file.encoded(program: "roulade \(Roulade.version)"), to: path)
    return path
  }
}
