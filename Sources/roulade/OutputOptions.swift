import ArgumentParser
import Export

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
