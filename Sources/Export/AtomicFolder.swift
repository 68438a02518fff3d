import Foundation

/// A folder of files that is there whole or not at all, and never in the place of another.
package final class AtomicFolder {
  private let parent: String
  private let temporary: String
  private var isWhole = false

  /// Begins one, beside the place that it will have.
  package init(in parent: String) throws(FileError) {
    self.parent = parent
    let name = TemporaryFile.name(for: Self.beginning)
    temporary = AtomicFile.join(parent, name)
    guard mkdir(temporary, 0o777) == 0 else { throw .system("cannot write", parent) }
  }

  /// Writes a file into it, flushed to the disk.
  ///
  /// - Throws: What the system says, or that there is one of that name.
  package func write(_ bytes: [UInt8], to name: String) throws(FileError) {
    let path = AtomicFile.join(temporary, name)
    let descriptor = open(path, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0o666)
    guard descriptor >= 0 else { throw .system("cannot write", name) }
    defer { close(descriptor) }
    try TemporaryFile.write(bytes, to: descriptor, as: name)
    guard fsync(descriptor) == 0 else { throw .system("cannot write", name) }
  }

  /// The same in UTF-8.
  package func write(_ text: String, to name: String) throws(FileError) { try write(Array(text.utf8), to: name) }

  /// Flushes the folder and gives it its name, with a number where that is taken.
  ///
  /// - Returns: The name.
  package func finish(as name: String) throws(FileError) -> String {
    AtomicFile.flush(directory: temporary)
    var (free, number) = (name, 1)
    // Renaming does not replace a folder with something in it, and no file either.
    while rename(temporary, AtomicFile.join(parent, free)) != 0 {
      guard [ENOTEMPTY, EEXIST, ENOTDIR].contains(errno), number < 10_000 else { throw .system("cannot write", free) }
      number += 1
      free = "\(name)-\(number)"
    }
    isWhole = true
    AtomicFile.flush(directory: parent)
    TemporaryFile.removeStale(besides: AtomicFile.join(parent, Self.beginning))
    return free
  }

  deinit {
    if !isWhole { try? FileManager.default.removeItem(atPath: temporary) }
  }

  private static let beginning = "roulade-folder"
}
