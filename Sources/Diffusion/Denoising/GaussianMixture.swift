import RealModule

/// A mixture of equal round Gaussians, whose density and whose best denoiser are known in closed form: what a likelihood,
/// a divergence and a flow can be held against.
///
/// At noise level sigma it is the mixture with the variance v = deviation² + sigma²,
///
///     log p_sigma(x) = log Σₖ exp(−‖x − cₖ‖² / (2·v)) − log(K·2π·v)
///     epsilonHat = sigma·(x − Σₖ wₖ cₖ) / v,   w = softmax(−‖x − cₖ‖² / (2·v))
package struct GaussianMixture: Equatable, Sendable {
  /// `[K, 2]`, in data units.
  package let centres: [Point]
  package let deviation: Double

  package init(centres: [Point], deviation: Double) {
    (self.centres, self.deviation) = (centres, deviation)
  }

  /// Eight on a circle: the shape `mixture`.
  package static let eight = GaussianMixture(
    centres: (0..<8).map { label in
      let angle = Float.pi / 4 * Float(label)
      return 0.8 * Point(.cos(angle), .sin(angle))
    }, deviation: 0.05)

  /// Draws from it with noise added.
  package func sample(_ count: Int, sigma: Float, using random: inout Random) -> [Point] {
    let spread = Float(variance(sigma).squareRoot())
    return (0..<count).map { _ in centres[random.index(below: centres.count)] + spread * random.normal() }
  }

  /// log p_sigma, in nats per square data unit, `[B]`.
  package func logDensity(x: [Point], sigma: Float) -> [Double] {
    let variance = variance(sigma)
    return x.map { point in
      let (_, greatest, sum, _) = posterior(point, variance)
      return greatest + .log(sum) - .log(Double(centres.count) * 2 * .pi * variance)
    }
  }

  private func variance(_ sigma: Float) -> Double { deviation * deviation + Double(sigma) * Double(sigma) }

  /// Mean and total variance of the centre that a point belongs to, and the greatest logarithm of a weight with the sum of
  /// all over it.
  private func posterior(
    _ point: Point, _ variance: Double
  ) -> (mean: SIMD2<Double>, greatest: Double, sum: Double, spread: Double) {
    let x = SIMD2<Double>(point)
    let logs = centres.map { centre in
      let offset = x - SIMD2<Double>(centre)
      return -(offset * offset).sum() / (2 * variance)
    }
    let greatest = logs.max() ?? 0
    var (sum, first, second) = (0.0, SIMD2<Double>.zero, 0.0)
    for (log, centre) in zip(logs, centres) {
      let (weight, wide) = (Double.exp(log - greatest), SIMD2<Double>(centre))
      sum += weight
      first += weight * wide
      second += weight * (wide * wide).sum()
    }
    let mean = first / sum
    return (mean, greatest, sum, second / sum - (mean * mean).sum())
  }
}

extension GaussianMixture: DifferentiableDenoiser {
  package func epsilon(x: [Point], sigma: [Float]) -> [Point] {
    zip(x, sigma).map { x, sigma in
      let variance = variance(sigma)
      return Point((SIMD2<Double>(x) - posterior(x, variance).mean) * Double(sigma) / variance)
    }
  }

  /// The mean of the centres changes by their posterior covariance over v, so
  ///
  ///     ∇·epsilonHat = sigma·(2 − Var/v) / v,   Var the sum over both coordinates
  package func epsilonAndDivergence(x: [Point], sigma: Float) -> [(epsilon: Point, divergence: Float)] {
    let variance = variance(sigma)
    return x.map { x in
      let (mean, _, _, spread) = posterior(x, variance)
      return (
        Point((SIMD2<Double>(x) - mean) * Double(sigma) / variance),
        Float(Double(sigma) * (2 - spread / variance) / variance)
      )
    }
  }
}
