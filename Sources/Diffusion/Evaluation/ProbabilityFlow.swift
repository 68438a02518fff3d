import Expect
import RealModule

/// The probability-flow ODE of a denoiser on the variance-exploding axis (Song et al. 2021, equation 13; Karras et al.
/// 2022, equation 1), and how densities change along it (the instantaneous change of variables, Chen et al. 2018):
///
///     dx/dsigma = epsilonHat(x, sigma),     d log p/dsigma = −∇·epsilonHat(x, sigma)
///
/// Integrated in log sigma by the classical Runge–Kutta method of fourth order, with the exact divergence.
package struct ProbabilityFlow<Field: DifferentiableDenoiser>: Sendable {
  /// What says where points flow.
  package let denoiser: Field
  /// From where to where points are carried, both positive; the second is the larger.
  package let sigmas: ClosedRange<Float>
  /// Steps of equal ratios of sigma.
  package let steps: Int

  /// - Parameters:
  ///   - denoiser: What says where points flow.
  ///   - low: The smaller noise level, positive, in data units.
  ///   - high: The larger.
  ///   - steps: Of equal ratios of sigma, at least 1.
  package init(_ denoiser: Field, from low: Float, to high: Float, steps: Int) {
    expect(low > 0 && low < high && steps >= 1, "\(steps) steps from \(low) to \(high)")
    self.denoiser = denoiser
    sigmas = low...high
    self.steps = steps
  }

  /// Where points and the logarithms of densities are led by the flow.
  package struct Result: Equatable, Sendable {
    /// The points at the larger noise level, `[B, 2]`.
    package var x: [Point]
    /// The integral of the divergence, `[B]`: log p at the start is log p at the end plus this.
    package var logVolume: [Double]
  }

  /// Carries points from the smaller noise level to the larger.
  ///
  /// - Parameter isWanted: Asked before each step; once it says no, there is no result.
  package func noise(_ x: [Point], isWanted: () -> Bool = { true }) -> Result? {
    let (low, high) = (Double.log(Double(sigmas.lowerBound)), Double.log(Double(sigmas.upperBound)))
    let step = (high - low) / Double(steps)
    var result = Result(x: x, logVolume: [Double](repeating: 0, count: x.count))
    for k in 0..<steps {
      guard isWanted() else { return nil }
      let start = low + Double(k) * step
      let k1 = slope(result.x, at: start)
      let k2 = slope(moved(result.x, k1, by: step / 2), at: start + step / 2)
      let k3 = slope(moved(result.x, k2, by: step / 2), at: start + step / 2)
      let k4 = slope(moved(result.x, k3, by: step), at: start + step)
      for row in x.indices {
        let x = k1[row].x + 2 * (k2[row].x + k3[row].x) + k4[row].x
        result.x[row] += Float(step / 6) * x
        let volume = k1[row].volume + 2 * (k2[row].volume + k3[row].volume) + k4[row].volume
        result.logVolume[row] += step / 6 * volume
      }
    }
    return result
  }

  /// Per unit of log sigma: sigma·epsilonHat, and sigma times its divergence.
  private func slope(_ x: [Point], at logSigma: Double) -> [(x: Point, volume: Double)] {
    let sigma = Double.exp(logSigma)
    return denoiser.epsilonAndDivergence(x: x, sigma: Float(sigma)).map {
      (Float(sigma) * $0.epsilon, sigma * Double($0.divergence))
    }
  }

  private func moved(_ x: [Point], _ slope: [(x: Point, volume: Double)], by step: Double) -> [Point] {
    zip(x, slope).map { $0 + Float(step) * $1.x }
  }
}
