import Diffusion
import Plot

/// What came of a run, in numbers that runs of other seeds have, too.
struct Outcome {
  let seed: UInt64
  /// The mean loss of the last steps, a hundred at most.
  let loss: Double
  /// Of samples when training had ended; nil if nobody waited for them.
  var quality: SampleQuality?
  /// Why the run is not what was asked for; nil if it is.
  var problem: Failure?

  init(seed: UInt64, losses: [Double]) {
    self.seed = seed
    let last = losses.suffix(100)
    loss = last.reduce(0, +) / Double(last.count)
  }

  /// The numbers by name.
  fileprivate var numbers: [(name: String, value: Double)] {
    [("loss", loss)]
      + (quality.map {
        [
          ("distance", Double($0.meanDistance)), ("sliced Wasserstein", Double($0.slicedWasserstein)),
          ("coverage", Double($0.coverage)), ("copies", Double($0.copies)),
        ]
      } ?? [])
  }

  /// `seed 3: loss 3012, distance 0.0121, …`
  var text: String {
    "seed \(seed): " + numbers.map { "\($0.name) \($0.value.formatted(significant: 4))" }.joined(separator: ", ")
  }
}

/// What came of several runs: each, and mean and standard deviation of what all of them have.
struct Outcomes: Encodable {
  /// The numbers of a run, or those of all.
  private struct Row: Encodable {
    var seed: UInt64?
    let loss, distance, slicedWasserstein, coverage, copies: Double?

    /// - Parameter numbers: In the order of `Outcome.numbers`, as many as there are. What is not finite is left out.
    init(seed: UInt64? = nil, _ numbers: [Double]) {
      func number(_ index: Int) -> Double? { index < numbers.count ? finite(numbers[index]) : nil }
      self.seed = seed
      (loss, distance, slicedWasserstein) = (number(0), number(1), number(2))
      (coverage, copies) = (number(3), number(4))
    }
  }

  private let event = "summary"
  private let each: [Row]
  private let mean, standardDeviation: Row
  /// Lines for people.
  let text: String

  private enum CodingKeys: CodingKey { case event, each, mean, standardDeviation }

  /// - Parameter outcomes: Of 1 run or more.
  init(_ outcomes: [Outcome]) {
    let rows = outcomes.map(\.numbers)
    let names = rows.min { $0.count < $1.count }?.map(\.name) ?? []
    let statistics = names.indices.map { column in
      let values = rows.map { $0[column].value }
      let mean = values.reduce(0, +) / Double(values.count)
      let squares = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
      return (mean: mean, deviation: values.count > 1 ? (squares / Double(values.count - 1)).squareRoot() : .nan)
    }
    each = outcomes.map { Row(seed: $0.seed, $0.numbers.map(\.value)) }
    mean = Row(statistics.map(\.mean))
    standardDeviation = Row(statistics.map(\.deviation))
    let parts = zip(names, statistics).map { name, of in
      let spread = of.deviation.isFinite ? " ± \(of.deviation.formatted(significant: 2))" : ""
      return "\(name) \(of.mean.formatted(significant: 4))\(spread)"
    }
    let head = "\(outcomes.count) seed\(outcomes.count == 1 ? "" : "s"), mean ± standard deviation: "
    text = (outcomes.map(\.text) + [head + parts.joined(separator: ", ")]).joined(separator: "\n")
  }
}
