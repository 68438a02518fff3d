import RealModule

/// Noise levels that are drawn from a distribution rather than from a list.
package struct ContinuousLevels: Equatable, Sendable {
  package enum Distribution: Equatable, Sendable {
    /// log sigma is uniform.
    case logUniform
    /// The time of flow matching, t = sigma / (1 + sigma), is uniform (Lipman et al. 2023).
    case uniformTime
    /// log sigma is normal (Karras et al. 2022, table 1). As log sigma is the logit of t, t is logit-normal (Esser et al.
    /// 2024, equation 19).
    case logNormal(mean: Double, deviation: Double)
  }

  package let distribution: Distribution
  /// The least and the greatest level; what a distribution has beyond them is at these.
  package let range: ClosedRange<Double>

  package init(_ distribution: Distribution, within range: ClosedRange<Double>) {
    (self.distribution, self.range) = (distribution, range)
  }

  /// The level below which a share u of all lies, 0 ≤ u ≤ 1: the quantile function.
  package func sigma(at u: Double) -> Double {
    let (low, high) = (range.lowerBound, range.upperBound)
    switch distribution {
    case .logUniform: return .exp(.log(low) + (.log(high) - .log(low)) * u)
    case .uniformTime:
      let (first, last) = (low / (1 + low), high / (1 + high))
      let t = first + (last - first) * u
      return t / (1 - t)
    case .logNormal(let mean, let deviation):
      // The ends of the normal distribution are infinite.
      if u <= 0 { return low }
      if u >= 1 { return high }
      return min(max(.exp(mean + deviation * normalQuantile(u)), low), high)
    }
  }

  /// Levels that stand for all, each for as large a share, `[count]`: the middles of as many strata.
  package func quantiles(_ count: Int) -> [Float] {
    (0..<count).map { Float(sigma(at: (Double($0) + 0.5) / Double(count))) }
  }
}

/// What training needs of a level that is drawn from a distribution.
struct ContinuousDraws: Sendable {
  let levels: ContinuousLevels
  let formulation: Formulation
  let sigmaData: Float

  /// The level at a place, 0 ≤ u < 1.
  func level(at u: Double) -> NoiseLevel {
    // The quantile at 0 is the end of the range, which has no share of its own.
    NoiseLevel(sigma: Float(levels.sigma(at: max(u, 0x1p-33))), formulation: formulation, sigmaData: sigmaData)
  }
}
