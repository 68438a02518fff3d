import ArgumentParser
import Diffusion
import Foundation
import Plot

/// How `roulade train` says what happens.
enum LogFormat: String, CaseIterable, ExpressibleByArgument {
  /// For people.
  case text
  /// For programs: an object a line.
  case json
}

/// What `roulade train` says while it trains: a line for the first step, for every so many and for the last, and a line
/// for each event. On a terminal a bar shows the steps instead.
final class TrainingLog {
  private let format: LogFormat
  private let every: Int
  private let seed: UInt64
  /// Which of several runs it is, in words; nil for one alone.
  private let run: String?
  private let first: Int
  private let steps: Int
  /// Nil for standard output.
  private let file: LogFile?
  private var progress: ProgressBar?
  private let start = ContinuousClock.now
  private var step: Int

  /// - Parameters:
  ///   - format: Of the lines.
  ///   - every: Steps between lines.
  ///   - seed: Of the run.
  ///   - isOneOfSeveral: Whether lines for people say whose they are; those for programs always do.
  ///   - first: Steps that were taken before.
  ///   - steps: At which training ends.
  ///   - file: Where the lines go; nil for standard output.
  init(
    _ format: LogFormat = .text, every: Int, seed: UInt64, isOneOfSeveral: Bool = false, after first: Int = 0,
    of steps: Int, to file: LogFile? = nil
  ) {
    (self.format, self.every, self.seed, self.first, self.steps) = (format, every, seed, first, steps)
    self.file = file
    run = isOneOfSeveral ? "seed \(seed)" : nil
    step = first
    progress = ProgressBar(after: first, of: steps, run: run)
  }

  func record(_ report: StepReport) {
    step = report.step
    progress?.show(report, elapsed: elapsed)
    guard report.step == first + 1 || report.step % every == 0 || report.step == steps else { return }
    // Who watches the bar has seen the step.
    if file == nil, format == .text, progress != nil, isatty(STDOUT_FILENO) == 1 { return }
    write(format == .json ? JSONLine(report, seed: seed, seconds: elapsed).jsonLine : Self.line(report, run: run))
  }

  /// Says what has happened: in the log, and as a result on standard output.
  func tell(_ event: TrainingEvent) {
    let text = event.text.map { text in run.map { "\($0): \(text)" } ?? text }
    if format == .json {
      write(JSONLine(event, step: step, seed: seed, seconds: elapsed).jsonLine)
    } else if let text {
      write(text)
    }
    if file != nil, let text {
      progress?.clear()
      say(text)
    }
  }

  /// Removes the bar, so that something else can be said.
  func clearProgress() { progress?.clear() }

  /// Leaves the bar standing: no step follows.
  func endProgress() {
    progress?.end()
    progress = nil
  }

  /// Why the log's file lacks lines, in words.
  var problem: String? { file?.problem }

  private var elapsed: Double { (ContinuousClock.now - start) / .seconds(1) }

  private func write(_ line: String) {
    if let file { return file.write(line + "\n") }
    progress?.clear()
    say(line)
  }

  /// `[step     20] loss=4731.204590  sigma∈[0.002,1.98]  lr=3.00e-4`, after `seed 1 ` for that run of several.
  static func line(_ report: StepReport, run: String? = nil) -> String {
    let step = String(report.step).paddedLeft(to: 6)
    return (run.map { $0 + " " } ?? "") + "[step \(step)] loss=\(report.loss.formatted(decimals: 6))  "
      + "sigma∈[\(report.sigmaRange.lowerBound.formatted(significant: 4)),"
      + "\(report.sigmaRange.upperBound.formatted(significant: 4))]  lr=\(report.learningRate.scientific(significant: 3))"
  }
}

/// A log in a file. That its disk is full ends no training: it is told at the end.
final class LogFile {
  private let path: String
  private let descriptor: Int32
  private var error: Int32 = 0

  /// - Parameter isContinued: Whether the lines go behind those that are there.
  /// - Throws: `Failure` with code 73 if there can be no such file.
  init(_ path: String, isContinued: Bool) throws {
    self.path = path
    descriptor = open(path, O_WRONLY | O_CREAT | O_CLOEXEC | O_APPEND | (isContinued ? 0 : O_TRUNC), 0o666)
    guard descriptor >= 0 else {
      let reason = String(cString: strerror(errno)).lowercased()
      throw Failure("--log: cannot create \(path): \(reason)", code: Failure.cannotCreate)
    }
  }

  deinit { close(descriptor) }

  /// Why lines are missing, in words; nil if none is, or if they went into a pipe whose reader has gone.
  var problem: String? {
    error == 0 || error == EPIPE ? nil : "cannot write \(path): \(String(cString: strerror(error)).lowercased())"
  }

  func write(_ text: String) {
    if error == 0 { error = writeAll(text, to: descriptor) }
  }
}
