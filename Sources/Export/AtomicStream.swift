import Foundation

/// A file that is written piece by piece and gets its name only once it is whole; without that, nothing of it stays.
package final class AtomicStream {
  private let path: String
  private let temporary: TemporaryFile
  private var isWhole = false

  /// Begins a file beside its place, which is not touched yet.
  package init(to path: String) throws(FileError) {
    self.path = path
    temporary = try TemporaryFile(besides: path)
  }

  /// Appends.
  package func write(_ bytes: [UInt8]) throws(FileError) { try temporary.write(bytes) }

  /// Flushes what has been written to the disk, and only then gives the file its name.
  package func finish() throws(FileError) {
    try temporary.flush()
    try temporary.move(to: path)
    isWhole = true
    TemporaryFile.removeStale(besides: path)
    AtomicFile.flush(directory: URL(fileURLWithPath: path).deletingLastPathComponent().path)
  }

  deinit {
    if !isWhole { temporary.remove() }
  }
}
