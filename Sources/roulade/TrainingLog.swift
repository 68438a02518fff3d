import Diffusion
import Foundation
import Plot

/// What `roulade train` says while it trains: on a terminal one line that is rewritten in place, else a line for the
/// first step, for every so many, and for the last.
struct TrainingLog {
  /// Steps that were taken before.
  let first: Int
  let steps: Int
  let every: Int

  private let isTerminal = isatty(STDOUT_FILENO) == 1
  private let start = ContinuousClock.now
  private var drawn: ContinuousClock.Instant?
  private var drawnWidth = 0
  private var lastLogged = 0

  init(after first: Int = 0, steps: Int, every: Int) {
    self.first = first
    self.steps = steps
    self.every = every
  }

  mutating func record(_ report: StepReport) {
    if isTerminal {
      redraw(report)
    } else if report.step == first + 1 || report.step % every == 0 || report.step == steps {
      say(TrainingLog.line(report))
    }
  }

  /// Leaves the progress line standing.
  func end() {
    if drawnWidth > 0 { say("") }
  }

  /// At most ten times a second: more is not read, and costs training.
  private mutating func redraw(_ report: StepReport) {
    let now = ContinuousClock.now
    if let drawn, now - drawn < .milliseconds(100), report.step < steps { return }
    drawn = now
    let width = terminalWidth() - 1
    let line = TrainingLog.progress(report, after: first, of: steps, elapsed: now - start, width: width)
    // Spaces over what the last line leaves, rather than a control sequence that some terminals do not know.
    StandardOutput.write("\r" + line + String(repeating: " ", count: max(0, min(drawnWidth, width) - line.cellWidth)))
    drawnWidth = line.cellWidth
  }

  /// `[step     20] loss=4731.204590  sigma∈[0.002,1.98]  lr=3.00e-4`
  static func line(_ report: StepReport) -> String {
    let step = String(report.step)
    let padding = String(repeating: " ", count: max(0, 6 - step.count))
    return "[step \(padding)\(step)] loss=\(report.loss.formatted(decimals: 6))  "
      + "sigma∈[\(report.sigmaRange.lowerBound.formatted(significant: 4)),"
      + "\(report.sigmaRange.upperBound.formatted(significant: 4))]  lr=\(report.learningRate.scientific(significant: 3))"
  }

  /// `step 120/400  loss 4731  12.3/s  0:23 left  lr 3.00e-4  sigma 0.002-1.98`, without the last parts where
  /// they do not fit: a line that wraps cannot be rewritten in place.
  static func progress(_ report: StepReport, after first: Int = 0, of steps: Int, elapsed: Duration, width: Int)
    -> String
  {
    let seconds = max(elapsed / .seconds(1), 1e-9)
    let rate = Double(report.step - first) / seconds
    let range = report.sigmaRange
    let parts = [
      "step \(report.step)/\(steps)",
      "loss \(report.loss.formatted(significant: 4, padded: true))",
      "\(rate.formatted(significant: 3, padded: true))/s",
      "\(clockTime(Double(steps - report.step) / rate)) left",
      "lr \(report.learningRate.scientific(significant: 3))",
      "sigma \(range.lowerBound.formatted(significant: 2))-\(range.upperBound.formatted(significant: 3))",
    ]
    return parts.reduce(into: "") { line, part in
      let longer = line.isEmpty ? part : line + "  " + part
      if longer.cellWidth <= width { line = longer }
    }
  }

  /// `0:07`, `12:34`, `1:02:03`.
  static func clockTime(_ seconds: Double) -> String {
    let total = Int(min(max(seconds, 0), 1e9).rounded(.up))
    let twoDigits = { (value: Int) in value < 10 ? "0\(value)" : "\(value)" }
    let (hours, minutes) = (total / 3600, total / 60 % 60)
    return (hours > 0 ? "\(hours):\(twoDigits(minutes))" : "\(minutes)") + ":" + twoDigits(total % 60)
  }

  private func terminalWidth() -> Int {
    var size = winsize()
    return ioctl(STDOUT_FILENO, UInt(TIOCGWINSZ), &size) == 0 && size.ws_col > 0 ? Int(size.ws_col) : 80
  }
}
