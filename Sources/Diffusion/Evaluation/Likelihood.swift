import RealModule

/// How likely a denoiser's own distribution makes given points: the density at a small noise level of what its
/// probability flow makes of pure noise (Song et al. 2021, section 4.3).
package struct Likelihood: Equatable, Sendable {
  /// Mean of −log p over the points, in nats.
  package let negativeLogLikelihood: Double
  /// Of that mean, over the points that were drawn.
  package let standardError: Double
  /// The log density at each of the points, `[B]`, in nats.
  package let logDensities: [Double]
  /// What the steps of the flow add to the mean: its difference from twice as large steps, an estimate from above.
  package let integrationError: Double

  /// In bits for each of the two dimensions; below 0 where the density is above 1.
  package var bitsPerDimension: Double { negativeLogLikelihood / (2 * Double.log(2)) }
  /// The standard error of `bitsPerDimension`.
  package var bitsPerDimensionError: Double { standardError / (2 * Double.log(2)) }
  /// The integration error of `bitsPerDimension`.
  package var bitsPerDimensionIntegrationError: Double { integrationError / (2 * Double.log(2)) }

  /// What the flow ends in.
  package enum Prior: Sendable {
    /// Pure noise, `N(0, sigma²)`, where samplers begin.
    case noise
    /// The exact density at the largest level: what remains is the error of the integration.
    case exact(IdealDenoiser)

    /// Log density at points `[B, 2]` under noise of this level, `[B]`, in nats.
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
    func logs(_ steps: Int) -> [Double]? {
      Self.logDensity(of: points, under: denoiser, sigmas: sigmas, prior: prior, steps: steps, isWanted: isWanted)
    }
    guard let fine = logs(steps), let coarse = logs(max(steps / 2, 1)) else { return nil }
    logDensities = fine
    (negativeLogLikelihood, standardError) = meanAndStandardError(fine.map { -$0 })
    integrationError = abs(negativeLogLikelihood - meanAndStandardError(coarse.map { -$0 }).mean)
  }

  /// A denoiser's own density of points: that of the prior where its probability flow leads them, and how much the flow
  /// spreads on the way.
  ///
  /// - Parameters:
  ///   - points: Of the smaller noise level, `[B, 2]`.
  ///   - denoiser: Whose density is meant.
  ///   - sigmas: From where to where the flow leads; at the larger level the density is the prior's.
  ///   - steps: Of the flow.
  ///   - isWanted: Asked before each step; once it says no, there is no answer.
  /// - Returns: Natural logarithms, `[B]`.
  package static func logDensity(
    of points: [Point], under denoiser: some DifferentiableDenoiser, sigmas: ClosedRange<Float>,
    prior: Prior = .noise, steps: Int = 64, isWanted: () -> Bool = { true }
  ) -> [Double]? {
    let (low, high) = (sigmas.lowerBound, sigmas.upperBound)
    guard low < high else { return prior.logDensity(points, sigma: high) }
    let flow = ProbabilityFlow(denoiser, from: low, to: high, steps: steps)
    return flow.noise(points, isWanted: isWanted).map { end in
      zip(prior.logDensity(end.x, sigma: high), end.logVolume).map { $0 + $1 }
    }
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
  ///   - exact: The exact log density at points drawn from that distribution, `[B]`, in nats.
  ///   - logs: The denoiser's at the same points, `[B]`.
  /// - Returns: In nats.
  package static func divergence(
    from exact: [Double], to logs: [Double]
  ) -> (mean: Double, standardError: Double) {
    meanAndStandardError(zip(exact, logs).map { $0 - $1 })
  }
}

/// The mean of values and its standard error; of one value there is none: NaN.
private func meanAndStandardError(_ values: [Double]) -> (mean: Double, standardError: Double) {
  let count = Double(values.count)
  let mean = values.reduce(0, +) / count
  let squares = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
  return (mean, (squares / (count - 1) / count).squareRoot())
}
