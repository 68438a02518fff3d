import Foundation

/// Seconds that something took, in several runs.
struct Timing: Codable, Equatable {
  let median: Double
  let fastest: Double
  let slowest: Double

  init(_ times: [Double]) {
    let sorted = times.sorted()
    median = sorted[sorted.count / 2]
    fastest = sorted[0]
    slowest = sorted[sorted.count - 1]
  }
}

/// What `roulade bench` found.
struct BenchmarkResult: Codable {
  struct Batch: Codable {
    let rows: Int
    let step: Timing
    /// Billions of floating-point operations a second, multiplication and addition counted as two.
    let gflops: Double
    /// What the parts of a step take of it, by name.
    let shares: [String: Double]
  }

  let threads: Int
  let instructionSet: String
  /// The machine's peak on that many threads.
  var peakGflops = 0.0
  var batches: [Batch] = []
  /// Drawing 2,048 points in 20 steps.
  var sampling: Timing?
  /// From the start of the process to the end of its first step.
  var start: Timing?

  init(threads: Int, instructionSet: String) {
    self.threads = threads
    self.instructionSet = instructionSet
  }

  var json: String {
    get throws {
      let encoder = JSONEncoder()
      encoder.outputFormatting = [.prettyPrinted, .sortedKeys]
      encoder.keyEncodingStrategy = .convertToSnakeCase
      return String(decoding: try encoder.encode(self), as: UTF8.self)
    }
  }

  var text: String {
    var lines = [
      "\(instructionSet), \(threads) thread\(threads == 1 ? "" : "s"), peak \(peakGflops.formatted(0)) GFLOP/s", "",
      " batch  ms/step  fastest  slowest  steps/s GFLOP/s  peak  draw   fwd   bwd   opt",
    ]
    for batch in batches {
      let columns: [(String, Int)] = [
        ("\(batch.rows)", 6), (batch.step.median.milliseconds, 9), (batch.step.fastest.milliseconds, 9),
        (batch.step.slowest.milliseconds, 9), ((1 / batch.step.median).formatted(1), 9), (batch.gflops.formatted(1), 8),
        ((batch.gflops / peakGflops).percent, 6), (batch.shares["drawing", default: 0].percent, 6),
        (batch.shares["forward", default: 0].percent, 6), (batch.shares["backward", default: 0].percent, 6),
        (batch.shares["optimizer", default: 0].percent, 6),
      ]
      lines.append(columns.map { String(repeating: " ", count: max($1 - $0.cellWidth, 1)) + $0 }.joined())
    }
    lines += [
      "", "Times in ms; peak is the share of the machine's, the rest what drawing, forward",
      "and backward pass, and the optimizer take of a step.", "",
    ]
    if let sampling { lines.append("sampling 2048 points in 20 steps: \(sampling.milliseconds) ms") }
    if let start { lines.append("from the start of the process to its first step: \(start.milliseconds) ms") }
    return lines.joined(separator: "\n")
  }
}

extension Timing {
  fileprivate var milliseconds: String {
    "\(median.milliseconds) (\(fastest.milliseconds) to \(slowest.milliseconds))"
  }
}

extension Double {
  fileprivate var milliseconds: String { (1000 * self).formatted(self < 0.01 ? 3 : 1) }
  fileprivate var percent: String { (100 * self).formatted(self < 0.0995 ? 1 : 0) + "%" }
  fileprivate func formatted(_ digits: Int) -> String { String(format: "%.\(digits)f", self) }
}
