import Foundation

/// A file beside the place that its contents are meant for, until they are whole.
///
/// Its name cannot be guessed and is never that of a file that was there before, so that nobody who may write to the
/// directory can make the contents go elsewhere.
///
/// A place that is no plain file, a pipe or a device, is written to as it is: to put a file in its place is not what
/// anybody meant.
struct TemporaryFile: ~Copyable {
  let path: String
  /// What errors call it.
  private let name: String
  private let descriptor: Int32
  private let isDestination: Bool

  /// Creates an empty file.
  ///
  /// - Parameters:
  ///   - destination: What the contents are meant for.
  ///   - name: What errors call it; nil for the destination.
  init(besides destination: String, as name: String? = nil) throws(FileError) {
    self.name = name ?? destination
    (path, descriptor, isDestination) = try Self.opened(for: destination, name: self.name)
  }

  private static func opened(
    for destination: String, name: String
  ) throws(FileError) -> (path: String, descriptor: Int32, isDestination: Bool) {
    guard !destination.isEmpty else { throw FileError("cannot write", name, "a file has a name") }
    var status = stat()
    let isThere = stat(destination, &status) == 0
    switch status.st_mode & S_IFMT {
    case S_IFDIR where isThere: throw FileError("cannot write", name, "is a directory")
    case S_IFREG where isThere: break
    case _ where isThere:
      let descriptor = open(destination, O_WRONLY | O_CLOEXEC)
      guard descriptor >= 0 else { throw .system("cannot write", name) }
      return (destination, descriptor, true)
    default: break
    }
    var attempts = 0
    while true {
      let path = Self.name(for: destination)
      let descriptor = open(path, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0o666)
      if descriptor >= 0 { return (path, descriptor, false) }
      attempts += 1
      guard errno == EEXIST, attempts < 10 else { throw .system("cannot write", name) }
    }
  }

  deinit { close(descriptor) }

  func writeAndFlush(_ bytes: [UInt8]) throws(FileError) {
    try write(bytes)
    try flush()
  }

  func write(_ bytes: [UInt8]) throws(FileError) { try Self.write(bytes, to: descriptor, as: name) }

  /// Writes all of it to an open file, whose name is for the errors.
  static func write(_ bytes: [UInt8], to descriptor: Int32, as name: String) throws(FileError) {
    var written = 0
    while written < bytes.count {
      let count = bytes.withUnsafeBytes {
        let rest = UnsafeRawBufferPointer(rebasing: $0[written...])
        return Foundation.write(descriptor, rest.baseAddress, rest.count)
      }
      if count < 0 && errno == EINTR { continue }
      guard count > 0 else { throw .system("cannot write", name) }
      written += count
    }
  }

  func flush() throws(FileError) {
    guard fsync(descriptor) == 0 || isDestination else { throw .system("cannot write", name) }
  }

  /// Gives it the name that it was meant for.
  func move(to destination: String) throws(FileError) {
    guard isDestination || rename(path, destination) == 0 else { throw .system("cannot write", destination) }
  }

  func remove() {
    if !isDestination { unlink(path) }
  }

  /// A name beside a destination, which nobody can guess.
  static func name(for destination: String) -> String {
    let hex = String(UInt64.random(in: 0 ... .max), radix: 16)
    return beginning(destination) + "\(getpid())." + String(repeating: "0", count: 16 - hex.count) + hex + ending
  }

  /// Removes what writers of this destination left behind when they were killed or the power failed: files and folders of
  /// ours by name and owner, whose process is gone, or that are older than any writing takes.
  static func removeStale(besides destination: String) {
    let beginning = beginning(destination)
    let (directory, prefix) = parts(beginning)
    for name in (try? FileManager.default.contentsOfDirectory(atPath: directory)) ?? []
    where name.hasPrefix(prefix) && name.hasSuffix(ending) {
      let words = name.dropFirst(prefix.count).dropLast(ending.count).split(
        separator: ".", omittingEmptySubsequences: false)
      guard words.count == 2, let process = pid_t(words[0]), process > 0, words[1].count == 16,
        words[1].allSatisfy({ $0.isHexDigit })
      else { continue }
      let path = directory + "/" + name
      var status = stat()
      guard lstat(path, &status) == 0, [S_IFREG, S_IFDIR].contains(status.st_mode & S_IFMT),
        status.st_uid == geteuid()
      else { continue }
      let isGone = kill(process, 0) != 0 && errno == ESRCH
      if isGone || time(nil) - modification(status) > 86_400 { try? FileManager.default.removeItem(atPath: path) }
    }
  }

  private static func modification(_ status: stat) -> time_t {
    #if canImport(Darwin)
      status.st_mtimespec.tv_sec
    #else
      status.st_mtim.tv_sec
    #endif
  }

  private static let ending = ".partial"

  /// The path up to where the process's number stands. A name has at most 255 bytes.
  private static func beginning(_ destination: String) -> String {
    let (directory, name) = parts(destination)
    let short = name.utf8.count <= 200 ? name : String(decoding: name.utf8.prefix(200), as: UTF8.self)
    return (destination.contains("/") ? directory + "/" : "") + short + "."
  }

  private static func parts(_ path: String) -> (directory: String, name: String) {
    guard let slash = path.lastIndex(of: "/") else { return (".", path) }
    return (slash == path.startIndex ? "/" : String(path[..<slash]), String(path[path.index(after: slash)...]))
  }
}
