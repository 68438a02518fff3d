/// A step of the Euler–Maruyama method along the reverse diffusion, whose only scale is the variance. With the
/// prediction e(x, s), and z the noise of the step:
///
///     x′ = x − (s² − s′²)/s·e + √(s² − s′²)·z,   at s′ = 0 without the noise
///
/// Song et al. 2021, "Score-based generative modeling through stochastic differential equations", equation 47 (the
/// reverse diffusion sampler of the variance-exploding case), the score being −e/s. The last step ends on its mean.
struct EulerMaruyama: SamplingRule {
  init(_ sampler: Sampler) {}

  let isStochastic = true

  mutating func points(after step: SamplingStep, epsilon: ([Point], Float) -> [Point]) -> [Point] {
    let variance = (step.start - step.end) * (step.start + step.end)
    let mean = zip(step.x, epsilon(step.x, step.start)).map { $0 - variance / step.start * $1 }
    return step.end > 0 ? mean.adding(variance.squareRoot(), step.noise) : mean
  }
}

extension Sampler {
  package static let eulerMaruyama = Sampler(
    EulerMaruyama.self, "euler-maruyama", "along the reverse diffusion, with as much noise (Song et al. 2021)")
}
