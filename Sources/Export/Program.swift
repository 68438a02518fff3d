import Foundation

/// Why something could not be made that another program makes.
package struct ProgramError: Error, Equatable, CustomStringConvertible {
  package let description: String

  init(_ what: String, _ reason: String) { description = "cannot make \(what): \(reason)" }
}

/// Another program that is installed.
struct Program {
  private let url: URL

  /// - Parameter directories: Where to look, separated by colons. Nil if it is in none.
  init?(_ name: String, in directories: String) {
    let paths = directories.split(separator: ":").map { "\($0)/\(name)" }
    guard let path = paths.first(where: { FileManager.default.isExecutableFile(atPath: $0) }) else { return nil }
    url = URL(fileURLWithPath: path)
  }

  /// What it prints, or nil if it fails.
  ///
  /// - Parameter isWanted: Asked now and then; once it says no, the program is ended, and has failed.
  func output(_ arguments: [String], isWanted: () -> Bool = { true }) -> Data? {
    let process = Process()
    let pipe = Pipe()
    process.executableURL = url
    process.arguments = arguments
    process.standardInput = FileHandle.nullDevice
    process.standardOutput = pipe
    process.standardError = FileHandle.nullDevice
    do {
      try process.run()
    } catch {
      return nil
    }
    let reading = pipe.fileHandleForReading
    var state = pollfd(fd: reading.fileDescriptor, events: Int16(POLLIN), revents: 0)
    var bytes = Data()
    while true {
      guard isWanted() else {
        // Its process group is another, so that Ctrl-C does not reach it, and it may have inherited a mask that keeps
        // other signals from it.
        kill(process.processIdentifier, SIGKILL)
        process.waitUntilExit()
        return nil
      }
      guard poll(&state, 1, 50) > 0 else { continue }
      let part = reading.availableData
      guard !part.isEmpty else { break }
      bytes += part
    }
    process.waitUntilExit()
    return process.terminationStatus == 0 ? bytes : nil
  }
}
