import Foundation

/// A directory for what other programs read and write, which is gone afterwards.
enum TemporaryDirectory {
  /// - Throws: `FileError` if there can be none, and what the body throws.
  static func with<Value>(_ body: (String) throws -> Value) throws -> Value {
    let parent = NSTemporaryDirectory()
    // `mkdtemp` puts letters and digits in the place of each X.
    var template = Array((parent + (parent.hasSuffix("/") ? "" : "/") + "roulade-XXXXXX").utf8CString)
    guard mkdtemp(&template) != nil else { throw FileError.system("cannot write", parent) }
    let path = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
    defer { try? FileManager.default.removeItem(atPath: path) }
    return try body(path)
  }

  /// Writes a file there: nobody else reads it, and it need not outlive the power.
  static func write(_ bytes: [UInt8], to path: String) throws(FileError) {
    let descriptor = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o666)
    guard descriptor >= 0 else { throw .system("cannot write", path) }
    defer { close(descriptor) }
    try TemporaryFile.write(bytes, to: descriptor, as: path)
  }
}
