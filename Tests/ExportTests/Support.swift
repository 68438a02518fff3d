import Foundation

/// PyTorch's files, which another target's tests share.
let fixtures =
  URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
  .appendingPathComponent("DiffusionTests/Fixtures/").path + "/"

/// What an error says, or nil where there is none.
func failure(_ body: () throws -> Void) -> String? {
  do {
    try body()
    return nil
  } catch {
    return "\(error)"
  }
}

/// Runs with a directory that is removed afterwards.
func withDirectory(_ body: (String) throws -> Void) throws {
  let directory = NSTemporaryDirectory() + "roulade-tests-" + UUID().uuidString
  try FileManager.default.createDirectory(atPath: directory, withIntermediateDirectories: true)
  defer { try? FileManager.default.removeItem(atPath: directory) }
  try body(directory)
}

func names(in directory: String) throws -> [String] {
  try FileManager.default.contentsOfDirectory(atPath: directory).sorted()
}
