import RealModule

/// The second-order multistep solver of the diffusion equation, which is linear in the estimate D of the clean point but
/// for how D changes: that is taken from the last two estimates. With lambda = −log sigma, h = lambda′ − lambda, r = the h
/// before over h, and z the noise of the step:
///
///     D̄ = D + (D − DPrevious) / (2·r)
///     x′ = e^(−(1 + eta)·h)·x + (1 − e^(−(1 + eta)·h))·D̄ + s′·√(1 − e^(−2·eta·h))·z
///
/// The first step has D alone, and so has one to s′ = 0, which ends on it. eta = 0 is DPM-Solver++(2M), eta = 1
/// SDE-DPM-Solver++(2M), in the midpoint form: Lu et al. 2022, "DPM-Solver++: fast solver for guided sampling of diffusion
/// probabilistic models", algorithm 2 and equation 18, on the axis where alpha = 1.
struct DPMSolver: SamplingRule {
  private let eta: Double
  /// The last estimate, and the h of its step.
  private var previous: (denoised: [Point], h: Double)?

  init(_ sampler: Sampler) { eta = sampler["eta"] }

  var isStochastic: Bool { eta > 0 }

  mutating func points(after step: SamplingStep, epsilon: ([Point], Float) -> [Point]) -> [Point] {
    let denoised = step.denoised(epsilon(step.x, step.start))
    guard step.end > 0 else { return denoised }
    let ratio = Double(step.end) / Double(step.start)
    let h = -Double.log(ratio)
    defer { previous = (denoised, h) }
    var estimate = denoised
    // Between equal levels nothing moves, and there is nothing to extrapolate over.
    if let previous, h > 0, previous.h > 0 {
      let weight = Float(h / (2 * previous.h))
      estimate = zip(denoised, previous.denoised).map { $0 + weight * ($0 - $1) }
    }
    let kept = Double.exp(-(1 + eta) * h)
    let spread = Double(step.end) * (-Double.expMinusOne(-2 * eta * h)).squareRoot()
    return zip(step.x, estimate).map { Float(kept) * $0 + Float(1 - kept) * $1 }.adding(Float(spread), step.noise)
  }
}

extension Sampler {
  package static let dpmSolver = Sampler(
    DPMSolver.self, "dpm++2m", "DPM-Solver++(2M): extrapolates the clean point (Lu et al. 2022)", fixed: ["eta": 0])

  package static let dpmSolverSDE = Sampler(
    DPMSolver.self, "dpm++2m-sde", "the same with noise in every step (Lu et al. 2022)", [.eta(standard: 1)])
}
