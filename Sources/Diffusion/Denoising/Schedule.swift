import Expect
import RealModule

/// A noise schedule: the noise levels that training draws from, and between which samplers step.
///
/// There is one noise axis, `x = x0 + sigma·epsilon` (variance exploding). A variance-preserving schedule with
/// cumulative alphaBar is the same thing seen at `sigma = √(1 − alphaBar) / √alphaBar`, and flow matching at time t is
/// `sigma = t / (1 − t)`.
package struct Schedule: Equatable, Sendable {
  /// Noise levels in ascending order, `[N]`, positive, in data units.
  package let sigmas: [Float]

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

  /// The noise levels that a sampler steps through, from large to small, `[steps + 1]`.
  ///
  /// The spacing is "trailing" (Lin et al. 2024, "Common diffusion noise schedules and sample steps are flawed", table
  /// 2): indices `round(N·(1 − k/steps)) − 1` for k = 0..<steps, halves to even, and then index 0. With more steps than
  /// levels, some levels repeat and a step between equals changes nothing.
  package func sampleSigmas(steps: Int) -> [Float] {
    expect(steps >= 1, "a sampler takes at least 1 step, not \(steps)")
    let trailing = (0..<steps).map { k in
      let index = Double(sigmas.count) * (1 - Double(k) / Double(steps))
      return sigmas[max(Int(index.rounded(.toNearestOrEven)) - 1, 0)]
    }
    return trailing + [sigmas[0]]
  }
}
