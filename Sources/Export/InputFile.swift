import Foundation

/// A plain file that is read piece by piece.
final class InputFile {
  let path: String
  /// In bytes, when it was opened.
  let size: Int
  private let descriptor: Int32

  /// - Throws: `FileError` where there is no plain file, or none that may be read.
  init(_ path: String) throws(FileError) {
    self.path = path
    // A pipe would wait here until somebody writes to it.
    descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
    guard descriptor >= 0 else {
      throw errno == ENOENT ? FileError("cannot read", path, "no such file") : .system("cannot read", path)
    }
    var status = stat()
    guard fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG else {
      let isDirectory = status.st_mode & S_IFMT == S_IFDIR
      close(descriptor)
      throw FileError("cannot read", path, isDirectory ? "it is a directory" : "it is not a plain file")
    }
    size = Int(status.st_size)
  }

  deinit { close(descriptor) }

  /// The next bytes, or fewer if the file ends before.
  func read(_ count: Int) throws(FileError) -> [UInt8] {
    var bytes = [UInt8](repeating: 0, count: count)
    var end = 0
    while end < count {
      let taken = bytes.withUnsafeMutableBytes {
        Foundation.read(descriptor, UnsafeMutableRawBufferPointer(rebasing: $0[end...]).baseAddress, count - end)
      }
      if taken == 0 { break }
      if taken < 0 && errno == EINTR { continue }
      guard taken > 0 else { throw .system("cannot read", path) }
      end += taken
    }
    bytes.removeLast(count - end)
    return bytes
  }

  /// Reads the next bytes.
  ///
  /// - Returns: How many; 0 at the end of the file.
  func read(into bytes: inout [UInt8]) throws(FileError) -> Int {
    while true {
      let count = Foundation.read(descriptor, &bytes, bytes.count)
      if count >= 0 { return count }
      if errno != EINTR { throw .system("cannot read", path) }
    }
  }
}
