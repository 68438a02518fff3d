import Diffusion
import Foundation
import Plot

/// How far training has come, in a line on standard error that is rewritten in place.
struct ProgressBar {
  private let first: Int
  private let steps: Int
  /// Which of several it is; nil for one alone.
  private let run: String?
  private var line: StatusLine
  private var drawn: ContinuousClock.Instant?

  /// Nil where standard error is no terminal.
  init?(after first: Int, of steps: Int, run: String? = nil) {
    guard let line = StatusLine() else { return nil }
    (self.first, self.steps, self.run, self.line) = (first, steps, run, line)
  }

  /// At most ten times a second: more is not read, and costs training.
  mutating func show(_ report: StepReport, elapsed: Double) {
    let now = ContinuousClock.now
    if let drawn, now - drawn < .milliseconds(100), report.step < steps { return }
    drawn = now
    line.show(Self.line(report, after: first, of: steps, run: run, elapsed: elapsed, width: line.columns))
  }

  mutating func clear() {
    line.clear()
    drawn = nil
  }

  func end() { line.end() }

  /// `[#######.................]  step 120/400  loss 4731  12.3/s  0:23 left  lr 3.00e-4`, without what does not fit: a
  /// line that wraps cannot be rewritten in place.
  static func line(
    _ report: StepReport, after first: Int, of steps: Int, run: String? = nil, elapsed: Double, width: Int
  ) -> String {
    let rate = Double(report.step - first) / max(elapsed, 1e-9)
    let parts =
      (run.map { [$0] } ?? []) + [
        "step \(report.step)/\(steps)",
        "loss \(report.loss.formatted(significant: 4, padded: true))",
        "\(rate.formatted(significant: 3, padded: true))/s",
        "\(clockTime(Double(steps - report.step) / rate)) left",
        "lr \(report.learningRate.scientific(significant: 3))",
      ]
    let words = parts.reduce(into: "") { line, part in
      let longer = line.isEmpty ? part : line + "  " + part
      if longer.cellWidth <= width { line = longer }
    }
    let room = min(width - words.cellWidth - 4, 24)
    guard room >= 8 else { return words }
    let done = min(max(report.step * room / max(steps, 1), 0), room)
    return "[" + String(repeating: "#", count: done) + String(repeating: ".", count: room - done) + "]  " + words
  }

  /// `0:07`, `12:34`, `1:02:03`.
  static func clockTime(_ seconds: Double) -> String {
    let total = Int(min(max(seconds, 0), 1e9).rounded(.up))
    let twoDigits = { (value: Int) in value < 10 ? "0\(value)" : "\(value)" }
    let (hours, minutes) = (total / 3600, total / 60 % 60)
    return (hours > 0 ? "\(hours):\(twoDigits(minutes))" : "\(minutes)") + ":" + twoDigits(total % 60)
  }
}
