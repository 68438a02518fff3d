import RealModule

/// A step of Euler's method along a direction that the last two predictions are extrapolated to. With the prediction
/// e(x, s), and z the noise of the step:
///
///     p = (s′ / s^mu)^(1 / (1 − mu))
///     x′ = x − (s − p)·(gamma·e + (1 − gamma)·ePrevious) + √(s′² − p²)·z
///
/// Permenter and Yuan 2024, "Interpreting and improving diffusion models from an optimization perspective", algorithm 2
/// with gamma, and mu as in smalldiffusion: gamma 1 is DDIM, and with mu ½ DDPM.
struct GradientEstimation: SamplingRule {
  private let gamma: Float
  private let mu: Double
  private var previous: [Point]?

  init(_ sampler: Sampler) { (gamma, mu) = (Float(sampler["gamma"]), sampler["mu"]) }

  var isStochastic: Bool { mu > 0 }

  mutating func points(after step: SamplingStep, epsilon: ([Point], Float) -> [Point]) -> [Point] {
    let predicted = epsilon(step.x, step.start)
    let direction = previous.map { previous in
      zip(predicted, previous).map { gamma * $0 + (1 - gamma) * $1 }
    }
    previous = predicted
    let (start, end) = (Double(step.start), Double(step.end))
    let p = mu > 0 ? Double.pow(end / .pow(start, mu), 1 / (1 - mu)) : end
    let (stride, spread) = (Float(start - p), Float(max(0, end * end - p * p).squareRoot()))
    return zip(step.x, direction ?? predicted).map { $0 - stride * $1 }.adding(spread, step.noise)
  }
}

extension Sampler {
  package static let accelerated = Sampler(
    GradientEstimation.self, "accelerated", "extrapolates the last two predictions (Permenter and Yuan 2024)",
    [
      Hyperparameter(
        "gamma", "gamma",
        "Weight of the newest prediction in accelerated, against 1 − gamma of the one before (Permenter and Yuan 2024)",
        standard: 2, .from(1, to: 3), stops: [1, 1.5, 2, 2.5, 3]),
      Hyperparameter(
        "mu", "mu", "How much of a step of accelerated is noise: 0 for none, 0.5 as in ddpm (Permenter and Yuan 2024)",
        standard: 0, .from(0, toBelow: 1), stops: [0, 0.2, 0.5, 0.8]),
    ])
}
