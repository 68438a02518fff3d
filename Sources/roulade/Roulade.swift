import ArgumentParser
import Diffusion
import Export
import Foundation

/// The command `roulade`: subcommands one file each, errors one line each.
@main
struct Roulade: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "roulade",
    abstract: "Watch a diffusion model learn, in the terminal.",
    version: version,
    subcommands: [
      Play.self, Tour.self, Train.self, Sample.self, Render.self, Evaluate.self, Inspect.self, Diff.self, Presets.self,
      Bench.self,
    ],
    defaultSubcommand: Play.self
  )

  static let version = "0.2.0"

  static func main() {
    StandardOutput.prepare()
    do {
      try suggestCommand(CommandLine.arguments.dropFirst())
      var command = try parseAsRoot()
      try command.run()
      if let failure = outputFailure { throw failure }
    } catch let failure as Failure {
      report(failure)
    } catch let code as ExitCode {
      // All has been said.
      if let failure = outputFailure { report(failure) }
      Foundation.exit(code.rawValue)
    } catch let error as FileError {
      report(Failure("\(error)", code: Failure.cannotWrite))
    } catch {
      let code = exitCode(for: error)
      guard code == .success else { report(Failure(oneLine(message(for: error)), code: code.rawValue)) }
      // Help and the like are no errors.
      say(fullMessage(for: error))
      if let failure = outputFailure { report(failure) }
    }
  }

  /// The parser lists many values one below the other.
  private static func oneLine(_ message: String) -> String {
    message.replacing(":\n  - ", with: ": ").replacing("\n  - ", with: ", ")
  }

  /// The default command takes no names, so a name where a command stands is a mistaken command.
  private static func suggestCommand(_ arguments: ArraySlice<String>) throws {
    let commands = (configuration.subcommands.map { $0.configuration.commandName ?? "\($0)".lowercased() }) + ["help"]
    let argument = arguments.first == "help" ? arguments.dropFirst().first : arguments.first
    guard let argument, !argument.hasPrefix("-"), !commands.contains(argument) else { return }
    throw Failure(Choice.unknown(argument, "command '\(argument)'", among: commands), code: Failure.usage)
  }

  /// What is said if results could not be written.
  private static var outputFailure: Failure? {
    StandardOutput.problem.map { Failure("cannot write standard output: \($0)", code: Failure.cannotWrite) }
  }

  private static func report(_ failure: Failure) -> Never {
    tell("roulade: \(failure.message)")
    Foundation.exit(failure.code)
  }
}

/// An error that ends the program: one line that says what is wrong, where, and what to do.
struct Failure: Error, Equatable {
  /// The command line is wrong (`EX_USAGE`).
  static let usage: Int32 = 64
  /// A file's contents are wrong (`EX_DATAERR`).
  static let badData: Int32 = 65

  /// A file or a directory for results cannot be made (`EX_CANTCREAT`).
  static let cannotCreate: Int32 = 73
  /// Something could not be written (`EX_IOERR`).
  static let cannotWrite: Int32 = 74

  let message: String
  let code: Int32

  init(_ message: String, code: Int32 = 1) {
    self.message = message
    self.code = code
  }
}
