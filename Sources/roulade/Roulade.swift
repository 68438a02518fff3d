import ArgumentParser
import Foundation

/// The command `roulade`: subcommands one file each, errors one line each.
@main
struct Roulade: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "roulade",
    abstract: "Watch a diffusion model learn, in the terminal.",
    subcommands: [Play.self, Train.self, Bench.self], defaultSubcommand: Play.self
  )

  static func main() {
    do {
      var command = try parseAsRoot()
      try command.run()
    } catch let failure as Failure {
      report(failure)
    } catch {
      let code = exitCode(for: error)
      // Help and the like are no errors; they know what to print.
      guard code != .success else { exit(withError: error) }
      report(Failure(message(for: error), code: code.rawValue))
    }
  }

  private static func report(_ failure: Failure) -> Never {
    FileHandle.standardError.write(Data("roulade: \(failure.message)\n".utf8))
    Foundation.exit(failure.code)
  }
}

/// An error that ends the program: one line that says what is wrong, where, and what to do.
struct Failure: Error, Equatable {
  /// The command line is wrong (`EX_USAGE`).
  static let usage: Int32 = 64
  /// A file's contents are wrong (`EX_DATAERR`).
  static let badData: Int32 = 65

  let message: String
  let code: Int32

  init(_ message: String, code: Int32 = 1) {
    self.message = message
    self.code = code
  }
}
