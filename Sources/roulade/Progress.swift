import Foundation

/// How far a work has come, in a line on standard error that is rewritten in place, if somebody watches.
final class Progress {
  private let what: String
  private let isTerminal = isatty(STDERR_FILENO) == 1
  private var drawn: ContinuousClock.Instant?

  init(_ what: String) { self.what = what }

  func show(_ done: Int, of all: Int) {
    guard isTerminal else { return }
    let now = ContinuousClock.now
    if let drawn, now - drawn < .milliseconds(100) { return }
    drawn = now
    _ = writeAll("\r\(what): \(done)/\(all)", to: STDERR_FILENO)
  }

  func clear() {
    if drawn != nil { _ = writeAll("\r" + String(repeating: " ", count: 60) + "\r", to: STDERR_FILENO) }
    drawn = nil
  }
}
