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
