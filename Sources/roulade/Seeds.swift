import Diffusion
import Plot

/// The seeds of several runs that follow one another, as in `0-9` or `0,3,7`.
struct Seeds {
  static let most = 1000
  let all: [UInt64]

  /// Nil for a text that names none.
  init?(argument: String) {
    var all: [UInt64] = []
    for part in argument.split(separator: ",", omittingEmptySubsequences: false) {
      let ends = part.split(separator: "-", omittingEmptySubsequences: false).map { UInt64($0) }
      guard (1...2).contains(ends.count), let first = ends[0], let last = ends[ends.count - 1], first <= last,
        last - first < UInt64(Self.most)
      else { return nil }
      all += first...last
    }
    guard !all.isEmpty, all.count <= Self.most, Set(all).count == all.count else { return nil }
    self.all = all
  }
}

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
  private var numbers: [(name: String, value: Double)] {
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

  /// Mean and standard deviation over the seeds of what all of them have: `3 seeds: loss 3012 ± 11, …`
  static func summary(_ outcomes: [Outcome]) -> String {
    let rows = outcomes.map(\.numbers)
    let names = rows.min { $0.count < $1.count }?.map(\.name) ?? []
    let parts = names.indices.map { column in
      let values = rows.map { $0[column].value }
      let mean = values.reduce(0, +) / Double(values.count)
      let squares = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
      let deviation = values.count > 1 ? (squares / Double(values.count - 1)).squareRoot() : .nan
      let spread = deviation.isFinite ? " ± \(deviation.formatted(significant: 2))" : ""
      return "\(names[column]) \(mean.formatted(significant: 4))\(spread)"
    }
    return "\(outcomes.count) seed\(outcomes.count == 1 ? "" : "s"), mean ± standard deviation: "
      + parts.joined(separator: ", ")
  }
}
