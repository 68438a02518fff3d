import Expect
import RealModule

/// A noise schedule: the noise levels that training draws from, and samplers reach through (see `SamplingGrid`).
///
/// There is one noise axis, `x = x0 + sigma·epsilon` (variance exploding). A variance-preserving schedule with
/// cumulative alphaBar is the same thing seen at `sigma = √(1 − alphaBar) / √alphaBar`, and flow matching at time t is
/// `sigma = t / (1 − t)`.
package struct Schedule: Equatable, Sendable {
  /// Noise levels in ascending order, `[N]`, positive, in data units.
  package let sigmas: [Float]

  /// From the least to the greatest, all positive.
  package init(sigmas: [Float]) {
    expect(!sigmas.isEmpty && sigmas.allSatisfy { $0 > 0 && $0.isFinite }, "a schedule needs positive sigmas")
    self.sigmas = sigmas
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
