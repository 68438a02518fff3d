import Foundation

/// Why a file could not be written or read.
package struct FileError: Error, Equatable, CustomStringConvertible {
  /// As it was given.
  package let path: String
  /// "cannot write", "cannot read".
  package let action: String
  /// In words that follow a colon.
  package let reason: String

  package init(_ action: String, _ path: String, _ reason: String) {
    self.action = action
    self.path = path
    self.reason = reason
  }

  package var description: String { "\(action) \(path.isEmpty ? "''" : path): \(reason)" }

  /// The last failure of a system call, in words.
  static func system(_ action: String, _ path: String) -> FileError {
    FileError(action, path, String(cString: strerror(errno)).lowercased())
  }
}

/// Files that are there whole or not at all.
package enum AtomicFile {
  /// Writes a file beside its destination, flushes it to the disk, and only then gives it its name: whoever reads `path`
  /// finds the old contents or the new, never a part, even if the power fails.
  package static func write(_ bytes: some Sequence<UInt8>, to path: String) throws(FileError) {
    let stream = try AtomicStream(to: path)
    try stream.write(Array(bytes))
    try stream.finish()
  }

  /// As UTF-8.
  package static func write(_ text: String, to path: String) throws(FileError) {
    try write(text.utf8, to: path)
  }

  /// Makes sure that files of these names can be written into a directory, which is created if it is missing: to be
  /// asked before the hours of work whose results go there.
  package static func prepare(directory: String, for names: [String]) throws(FileError) {
    try create(directory: directory)
    for name in names where isDirectory(join(directory, name)) {
      throw FileError("cannot write", join(directory, name), "is a directory")
    }
    // Permissions, read-only mounts, quotas: only writing tells.
    let place = join(directory, ".probe")
    let probe = try TemporaryFile(besides: place, as: directory)
    defer { probe.remove() }
    try probe.writeAndFlush([0])
    TemporaryFile.removeStale(besides: place)
  }

  /// The path of a file in a directory.
  package static func join(_ directory: String, _ name: String) -> String {
    directory.hasSuffix("/") ? directory + name : directory + "/" + name
  }

  /// Makes new names in a directory durable; a file system that cannot do that has done all it can.
  static func flush(directory: String) {
    let descriptor = open(directory, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { return }
    fsync(descriptor)
    close(descriptor)
  }

  /// Creates a directory and those above it, where they are missing.
  private static func create(directory: String) throws(FileError) {
    if isDirectory(directory) || mkdir(directory, 0o777) == 0 { return }
    let error = FileError.system("cannot create", directory)
    guard errno == ENOENT else { throw error }
    let parent = URL(fileURLWithPath: directory).deletingLastPathComponent().path
    guard !isDirectory(parent) else { throw error }
    try create(directory: parent)
    guard mkdir(directory, 0o777) == 0 else { throw .system("cannot create", directory) }
  }

  private static func isDirectory(_ path: String) -> Bool {
    var isDirectory: ObjCBool = false
    return FileManager.default.fileExists(atPath: path, isDirectory: &isDirectory) && isDirectory.boolValue
  }
}
