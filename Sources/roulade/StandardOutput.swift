import Foundation
import Plot
import Synchronization

/// Standard output for results, standard error for messages. That nobody reads them any more, or that the disk behind
/// them is full, ends no work: what could not be said is remembered, and told once the work is done.
enum StandardOutput {
  /// Prepares all three streams: writing to a pipe that nobody reads is an error like others from now on, and not a
  /// signal that kills; and a stream that was closed by whoever started the program leads nowhere, so that no file that
  /// is opened takes its number and what is said does not end up in it.
  static func prepare() {
    signal(SIGPIPE, SIG_IGN)
    for stream in [STDIN_FILENO, STDOUT_FILENO, STDERR_FILENO] where fcntl(stream, F_GETFD) == -1 {
      if stream == STDOUT_FILENO { failure.store(EBADF, ordering: .relaxed) }
      _ = open("/dev/null", stream == STDIN_FILENO ? O_RDONLY : O_WRONLY)
    }
  }

  /// Writes a text now, not when a buffer is full; or nothing, once that has failed.
  static func write(_ text: String) { write(Array(text.utf8)) }

  static func write(_ bytes: [UInt8]) {
    guard isOpen else { return }
    let number = writeAll(bytes[...], to: STDOUT_FILENO)
    if number != 0 { failure.store(number, ordering: .relaxed) }
  }

  /// Whether anything can still be written.
  static var isOpen: Bool { failure.load(ordering: .relaxed) == 0 }

  /// Why something could not be written, in words; nil if all was, or if the reader has gone, who knows that himself.
  static var problem: String? {
    let number = failure.load(ordering: .relaxed)
    return number == 0 || number == EPIPE ? nil : String(cString: strerror(number)).lowercased()
  }
}

/// The number of the error that ended standard output; 0 for none.
private let failure = Atomic<Int32>(0)

/// Prints a line, or several, to standard output: a result. Whatever it quotes is made printable here.
func say(_ line: String) {
  let lines = line.split(separator: "\n", omittingEmptySubsequences: false)
  StandardOutput.write(lines.map(\.printable).joined(separator: "\n") + "\n")
}

/// Prints a line to standard error: a message, made printable and no longer than anybody reads. If that fails there is
/// nobody to tell.
func tell(_ line: String) { _ = writeAll(line.quotable(columns: 600) + "\n", to: STDERR_FILENO) }

/// - Returns: The number of the error, 0 for none.
func writeAll(_ text: String, to stream: Int32) -> Int32 { writeAll(Array(text.utf8)[...], to: stream) }

func writeAll(_ bytes: ArraySlice<UInt8>, to stream: Int32) -> Int32 {
  var bytes = bytes
  while !bytes.isEmpty {
    let count = bytes.withUnsafeBytes { Foundation.write(stream, $0.baseAddress, $0.count) }
    if count > 0 {
      bytes = bytes.dropFirst(count)
    } else if errno != EINTR {
      return errno
    }
  }
  return 0
}
