import RealModule

/// How often each noise level is drawn: in proportion to a power of what an error of the noise counts there. Rows are
/// weighted by the inverse, so that the loss means the same.
///
///     q ∝ wᵖ,   weight of a row = w / (L·q),   L levels
struct LevelShares: Equatable, Sendable {
  /// The sums of q up to and with each level; empty if all levels are drawn alike.
  private let sums: [Double]
  /// 1 / (L·q), `[L]`.
  let factors: [Float]

  /// - Parameter power: p, 0 draws all alike.
  init(_ levels: [NoiseLevel], power: Double) {
    guard power > 0 else {
      (sums, factors) = ([], [Float](repeating: 1, count: levels.count))
      return
    }
    let most = levels.reduce(0) { max($0, Double($1.epsilonWeight)) }
    // None is so rare that its rows would weigh a thousand times as much as others.
    let shares = levels.map { max(Double.pow(Double($0.epsilonWeight) / most, power), 1e-3) }
    let total = shares.reduce(0, +)
    var sum = 0.0
    sums = shares.map { share in
      sum += share / total
      return sum
    }
    factors = shares.map { Float(total / ($0 * Double(levels.count))) }
  }

  var isEven: Bool { sums.isEmpty }

  /// Where u is among all levels, 0 ≤ place < 1, if these are strata of a continuum: within its level as within the
  /// level's share.
  func place(at u: Double) -> Double {
    guard !sums.isEmpty else { return u }
    let level = level(at: u)
    let start = level > 0 ? sums[level - 1] : 0
    return (Double(level) + min(max((u - start) / (sums[level] - start), 0), 1)) / Double(sums.count)
  }

  /// The level at u, 0 ≤ u < 1: the inverse of the distribution function.
  func level(at u: Double) -> Int {
    guard !sums.isEmpty else { return min(Int(u * Double(factors.count)), factors.count - 1) }
    var (low, high) = (0, sums.count - 1)
    while low < high {
      let middle = (low + high) / 2
      if sums[middle] > u { high = middle } else { low = middle + 1 }
    }
    return low
  }
}
