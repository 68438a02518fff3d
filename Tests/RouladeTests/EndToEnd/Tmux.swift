import Foundation
import Testing

/// A shell in a tmux of its own: a real terminal that tests can type into and read.
final class Tmux {
  static let isInstalled = FileManager.default.isExecutableFile(atPath: path)
  private static let path =
    ["/usr/bin", "/usr/local/bin", "/opt/homebrew/bin"].map { "\($0)/tmux" }
    .first { FileManager.default.isExecutableFile(atPath: $0) } ?? "tmux"

  /// The program under test, built beside the tests: on macOS they are a bundle of their own.
  static let roulade: String = {
    let tests = Bundle(for: Tmux.self).bundleURL
    let products = tests.pathExtension == "xctest" ? tests.deletingLastPathComponent() : tests
    return products.appendingPathComponent("roulade").path
  }()

  /// A directory of its own, the shell's.
  let directory: String
  private let socket = "roulade-\(UUID().uuidString)"

  init(columns: Int = 80, rows: Int = 24) throws {
    directory = FileManager.default.temporaryDirectory.appendingPathComponent(socket).path
    try FileManager.default.createDirectory(atPath: directory, withIntermediateDirectories: true)
    try tmux(
      "-f", "/dev/null", "new-session", "-d", "-x", "\(columns)", "-y", "\(rows)", "-c", directory,
      // Nobody's own files.
      "env PS1='ready> ' LC_ALL=C.UTF-8 XDG_CONFIG_HOME=\(directory)/config XDG_STATE_HOME=\(directory)/state sh")
    try waitForPrompt()
  }

  deinit {
    _ = try? tmux("kill-server")
    try? FileManager.default.removeItem(atPath: directory)
  }

  /// Presses keys, by tmux's names or as text.
  func press(_ keys: String...) throws {
    for key in keys { try tmux("send-keys", key) }
  }

  /// Types a command and presses enter.
  func run(_ command: String) throws {
    try tmux("send-keys", "-l", command)
    try tmux("send-keys", "Enter")
  }

  /// What a terminal would send.
  func send(_ sequence: String) throws { try tmux("send-keys", "-l", sequence) }

  func resize(columns: Int, rows: Int) throws {
    try tmux("resize-window", "-x", "\(columns)", "-y", "\(rows)")
  }

  func screen() throws -> String { try tmux("capture-pane", "-p") }

  /// The value of one of tmux's variables: "alternate_on", "cursor_flag".
  func variable(_ name: String) throws -> String {
    try tmux("display-message", "-p", "#{\(name)}").trimmingCharacters(in: .whitespacesAndNewlines)
  }

  /// Waits until something can be read off the screen; only what is broken takes as long as this has patience. Half a
  /// frame may have arrived, so what is waited for has to be all that is then relied on.
  ///
  /// - Returns: What was read.
  @discardableResult
  func wait<Value>(_ what: String, _ read: (String) -> Value?) throws -> Value {
    let start = ContinuousClock.now
    while ContinuousClock.now - start < .seconds(300) {
      if let value = read(try screen()) { return value }
      usleep(20_000)
    }
    throw Missing(what: what, screen: try screen())
  }

  func wait(for text: String) throws {
    try wait(text) { $0.contains(text) ? true : nil }
  }

  /// Waits until the shell is ready for the next command.
  func waitForPrompt() throws {
    try wait("the shell's prompt") { screen in
      screen.split(separator: "\n").last { !$0.allSatisfy(\.isWhitespace) }.flatMap { $0 == "ready>" ? true : nil }
    }
  }

  /// Waits until the program has given the alternate screen back.
  func waitForNormalScreen() throws {
    try wait("the normal screen") { _ in (try? variable("alternate_on")) == "0" ? true : nil }
  }

  struct Missing: Error, CustomStringConvertible {
    let what: String
    let screen: String
    var description: String { "waited in vain for \(what); the screen shows:\n\(screen)" }
  }

  @discardableResult
  private func tmux(_ arguments: String...) throws -> String {
    let output = "\(directory)/.tmux"
    let words = [Tmux.path, "-u", "-L", socket] + arguments
    // Not `Process`: it waits until the last descendant is gone, and tmux's server stays.
    let status = system("TMUX= \(words.map(quoted).joined(separator: " ")) </dev/null >\(quoted(output)) 2>/dev/null")
    if status != 0 { throw Missing(what: words.joined(separator: " "), screen: "(status \(status))") }
    return try String(contentsOfFile: output, encoding: .utf8)
  }

  private func quoted(_ word: String) -> String { "'\(word.replacing("'", with: "'\\''"))'" }
}
