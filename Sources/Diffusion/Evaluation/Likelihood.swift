import RealModule

/// How likely a denoiser's own distribution makes given points: the density at a small noise level of what its
/// probability flow makes of pure noise (Song et al. 2021, section 4.3).
package struct Likelihood: Equatable, Sendable {
  /// Mean of −log p over the points, in nats.
  package let negativeLogLikelihood: Double
  /// Of that mean, over the points that were drawn.
  package let standardError: Double
  /// What the steps of the flow add to the mean: its difference from twice as large steps, an estimate from above.
  package let integrationError: Double

  /// In bits for each of the two dimensions; below 0 where the density is above 1.
  package var bitsPerDimension: Double { negativeLogLikelihood / (2 * Double.log(2)) }
  /// The standard error of `bitsPerDimension`.
  package var bitsPerDimensionError: Double { standardError / (2 * Double.log(2)) }
  package var bitsPerDimensionIntegrationError: Double { integrationError / (2 * Double.log(2)) }

  /// What the flow ends in.
  package enum Prior: Sendable {
    /// Pure noise, `N(0, sigma²)`, where samplers begin.
    case noise
    /// The exact density at the largest level: what remains is the error of the integration.
    case exact(IdealDenoiser)

    package func logDensity(_ x: [Point], sigma: Float) -> [Double] {
      switch self {
      case .exact(let ideal): return ideal.logDensity(x: x, sigma: sigma)
      case .noise:
        let variance = Double(sigma) * Double(sigma)
        return x.map { point in
          let wide = SIMD2<Double>(point)
          return -(wide * wide).sum() / (2 * variance) - .log(2 * .pi * variance)
        }
      }
    }
  }

  /// - Parameters:
  ///   - points: Of the smallest noise level, `[B, 2]`: data with that noise added. 1 or more.
  ///   - denoiser: Whose distribution is meant.
  ///   - sigmas: The smallest and the largest noise level.
  ///   - steps: Of the flow; even.
  ///   - isWanted: Asked before each step; once it says no, there is no answer.
  package init?(
    of points: [Point], under denoiser: some DifferentiableDenoiser, sigmas: ClosedRange<Float>,
    prior: Prior = .noise, steps: Int = 64, isWanted: () -> Bool = { true }
  ) {
    func mean(steps: Int) -> (mean: Double, standardError: Double)? {
      let flow = ProbabilityFlow(denoiser, from: sigmas.lowerBound, to: sigmas.upperBound, steps: steps)
      guard let end = flow.noise(points, isWanted: isWanted) else { return nil }
      let logs = zip(prior.logDensity(end.x, sigma: sigmas.upperBound), end.logVolume).map { -($0 + $1) }
      return meanAndStandardError(logs)
    }
    guard let fine = mean(steps: steps), let coarse = mean(steps: max(steps / 2, 1)) else { return nil }
    negativeLogLikelihood = fine.mean
    standardError = fine.standardError
    integrationError = abs(fine.mean - coarse.mean)
  }

  /// The entropy of the data at a noise level: the mean of −log p_sigma over points of that level. No distribution has
  /// a smaller negative log-likelihood of them, and what a denoiser's is above it is the Kullback–Leibler divergence.
  ///
  /// - Returns: The mean in nats and its standard error.
  package static func entropy(of points: [Point], sigma: Float, ideal: IdealDenoiser) -> (
    mean: Double, standardError: Double
  ) {
    meanAndStandardError(ideal.logDensity(x: points, sigma: sigma).map { -$0 })
  }

  /// The Kullback–Leibler divergence from the exact distribution at a noise level to a denoiser's, with the standard
  /// error of the difference, point by point: what both find hard does not count.
  ///
  /// - Parameters:
  ///   - points: Drawn from the exact distribution at the smaller level, `[B, 2]`.
  ///   - exact: Its log density at them, `[B]`, in nats.
  /// - Returns: In nats; nil once nobody wants it.
  package static func divergence(
    of points: [Point], under denoiser: some DifferentiableDenoiser, exact: [Double], sigmas: ClosedRange<Float>,
    steps: Int = 64, isWanted: () -> Bool = { true }
  ) -> (mean: Double, standardError: Double)? {
    let flow = ProbabilityFlow(denoiser, from: sigmas.lowerBound, to: sigmas.upperBound, steps: steps)
    guard let end = flow.noise(points, isWanted: isWanted) else { return nil }
    let prior = Prior.noise.logDensity(end.x, sigma: sigmas.upperBound)
    return meanAndStandardError(points.indices.map { exact[$0] - prior[$0] - end.logVolume[$0] })
  }
}

/// The mean of values and its standard error; of one value, that is infinite.
private func meanAndStandardError(_ values: [Double]) -> (mean: Double, standardError: Double) {
  let count = Double(values.count)
  let mean = values.reduce(0, +) / count
  let squares = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
  return (mean, (squares / (count - 1) / count).squareRoot())
}
