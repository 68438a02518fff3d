/// How far a work has come, in a line on standard error.
final class Progress {
  private let what: String
  private var line = StatusLine()
  private var drawn: ContinuousClock.Instant?

  init(_ what: String) { self.what = what }

  func show(_ done: Int, of all: Int) {
    let now = ContinuousClock.now
    if let drawn, now - drawn < .milliseconds(100) { return }
    drawn = now
    line?.show("\(what): \(done)/\(all)")
  }

  func clear() { line?.clear() }
}
