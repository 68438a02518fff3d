import Foundation

/// What a run of the program left: its exit code and what it printed.
struct Run: Equatable {
  let code: Int32
  let output: String
  let error: String
}

/// Runs the program, with its output in pipes; `interruptAfter` sends Ctrl-C's signal once that has been printed.
func roulade(_ arguments: [String], in directory: String? = nil, interruptAfter text: String? = nil) throws -> Run {
  let process = Process()
  let (output, error) = (Pipe(), Pipe())
  process.executableURL = URL(fileURLWithPath: CommandLine.arguments[0])
    .deletingLastPathComponent().appendingPathComponent("roulade")
  process.arguments = arguments
  if let directory { process.currentDirectoryURL = URL(fileURLWithPath: directory) }
  process.standardInput = FileHandle.nullDevice
  process.standardOutput = output
  process.standardError = error
  try process.run()
  var printed = Data()
  var awaited = text.map { Data($0.utf8) }
  while case let part = output.fileHandleForReading.availableData, !part.isEmpty {
    printed += part
    if let text = awaited, printed.range(of: text) != nil {
      process.interrupt()
      awaited = nil
    }
  }
  let errors = error.fileHandleForReading.readDataToEndOfFile()
  process.waitUntilExit()
  return Run(
    code: process.terminationStatus, output: String(decoding: printed, as: UTF8.self),
    error: String(decoding: errors, as: UTF8.self))
}

/// Runs with a directory that is removed afterwards.
func withDirectory(_ body: (String) throws -> Void) throws {
  let directory = NSTemporaryDirectory() + "roulade-tests-" + UUID().uuidString
  try FileManager.default.createDirectory(atPath: directory, withIntermediateDirectories: true)
  defer { try? FileManager.default.removeItem(atPath: directory) }
  try body(directory)
}

/// Runs a line of the shell, in which `$roulade` is the program.
func shell(_ line: String, in directory: String) throws -> Run {
  let process = Process()
  let (output, error) = (Pipe(), Pipe())
  let program = URL(fileURLWithPath: CommandLine.arguments[0]).deletingLastPathComponent()
    .appendingPathComponent("roulade").path
  process.executableURL = URL(fileURLWithPath: "/bin/sh")
  process.arguments = ["-c", line]
  process.environment = ProcessInfo.processInfo.environment.merging(["roulade": program]) { $1 }
  process.currentDirectoryURL = URL(fileURLWithPath: directory)
  process.standardInput = FileHandle.nullDevice
  (process.standardOutput, process.standardError) = (output, error)
  try process.run()
  let printed = output.fileHandleForReading.readDataToEndOfFile()
  let errors = error.fileHandleForReading.readDataToEndOfFile()
  process.waitUntilExit()
  return Run(
    code: process.terminationStatus, output: String(decoding: printed, as: UTF8.self),
    error: String(decoding: errors, as: UTF8.self))
}
