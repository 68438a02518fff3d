import Expect
import RealModule

/// A noise schedule: the noise levels that training draws from, and samplers reach through (see `SamplingGrid`).
///
/// There is one noise axis, `x = x0 + sigma·epsilon` (variance exploding). A variance-preserving schedule with
/// cumulative alphaBar is the same thing seen at `sigma = √(1 − alphaBar) / √alphaBar`, and flow matching at time t is
/// `sigma = t / (1 − t)`.
package struct Schedule: Equatable, Sendable {
  /// Noise levels in ascending order, `[N]`, positive, in data units. Of a continuous schedule so many that stand for all.
  package let sigmas: [Float]
  /// The distribution that levels are drawn from; nil where each of `sigmas` is drawn as often.
  package let continuous: ContinuousLevels?
  /// The least and the greatest level: what samplers go through.
  package let range: ClosedRange<Float>

  /// From the least to the greatest, all positive.
  package init(sigmas: [Float]) {
    self.init(sigmas: sigmas, continuous: nil, range: sigmas[0]...sigmas[sigmas.count - 1])
  }

  /// - Parameter count: Levels that stand for all.
  package init(_ continuous: ContinuousLevels, count: Int = 1000) {
    let range = continuous.range
    self.init(
      sigmas: continuous.quantiles(count), continuous: continuous,
      range: Float(range.lowerBound)...Float(range.upperBound))
  }

  private init(sigmas: [Float], continuous: ContinuousLevels?, range: ClosedRange<Float>) {
    expect(!sigmas.isEmpty && sigmas.allSatisfy { $0 > 0 && $0.isFinite }, "a schedule needs positive sigmas")
    (self.sigmas, self.continuous, self.range) = (sigmas, continuous, range)
  }

  /// N levels equally spaced in log sigma, both ends included.
  package static func logLinear(_ count: Int, _ sigma: ClosedRange<Double>) -> Schedule {
    let low = Double.log(sigma.lowerBound)
    let high = Double.log(sigma.upperBound)
    return Schedule(
      sigmas: (0..<count).map { i in
        Float(Double.exp(low + (high - low) * Double(i) / Double(max(count - 1, 1))))
      })
  }
}

extension Schedule {
  /// The schedule of a variance-preserving chain with these betas:
  ///
  ///     alphaBarᵢ = Πⱼ≤ᵢ (1 − betaⱼ),   sigmaᵢ = √(1 / alphaBarᵢ − 1)
  init(betas: [Double]) {
    self.init(sigmas: Schedule.variances(betas: betas).map { Float($0.squareRoot()) })
  }

  /// sigmaᵢ² of these betas.
  static func variances(betas: [Double]) -> [Double] {
    var alphaBar = 1.0
    // 1/ᾱ − 1 loses digits where ᾱ is near 1; the sum betaᵢ/ᾱᵢ telescopes to the same and loses none.
    var variance = 0.0
    return betas.map { beta in
      alphaBar *= 1 - beta
      variance += beta / alphaBar
      return variance
    }
  }

  /// The schedule of flow matching at these times, `sigma = t / (1 − t)`.
  init(times: [Double]) {
    self.init(sigmas: times.map { Float($0 / (1 - $0)) })
  }

  /// alphaBar(u) = cos²((u + 0.008) / 1.008 · π/2), its betas capped: Nichol and Dhariwal 2021, equation 17.
  static func cosineBetas(_ count: Int, largest: Double) -> [Double] {
    func alphaBar(_ u: Double) -> Double {
      let c = Double.cos((u + 0.008) / 1.008 * .pi / 2)
      return c * c
    }
    return (0..<count).map { i in
      min(1 - alphaBar(Double(i + 1) / Double(count)) / alphaBar(Double(i) / Double(count)), largest)
    }
  }
}
