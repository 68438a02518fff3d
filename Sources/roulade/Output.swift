import Export
import Foundation

/// Where a result goes: standard output, or a file that is there whole or not at all.
final class Output {
  /// Nil for standard output.
  private let file: AtomicStream?

  /// - Parameter path: A file, or `-` for standard output.
  /// - Throws: `Failure` with code 73 if there can be no such file.
  init(_ path: String) throws {
    do {
      file = path == "-" ? nil : try AtomicStream(to: path)
    } catch {
      throw Failure("--out: \(error)", code: Failure.cannotCreate)
    }
  }

  /// Whether anybody takes what is written.
  var isWanted: Bool { file != nil || StandardOutput.isOpen }

  /// - Throws: `FileError` if the file cannot be written. What becomes of standard output is told at the end.
  func write(_ bytes: [UInt8]) throws {
    if let file { try file.write(bytes) } else { StandardOutput.write(bytes) }
  }

  /// Gives the file its name.
  func finish() throws { try file?.finish() }

  /// Bytes that are no text make a terminal do odd things.
  static func checkTerminal(_ path: String, isText: Bool) throws {
    try require(
      isText || path != "-" || isatty(STDOUT_FILENO) == 0,
      "this is no text for a terminal; --out FILE writes it into a file")
  }
}
