/// A step of Euler's method along the probability flow, part of which may be replaced by fresh noise. With the prediction
/// e(x, s) of the noise, and z the noise of the step:
///
///     up = eta·s′·√(1 − s′²/s²),   down = √(s′² − up²)
///     x′ = x − (s − down)·e + up·z
///
/// Song et al. 2021, "Denoising diffusion implicit models", equations 12 and 16, on the axis where x = x0 + sigma·epsilon.
/// eta = 1 is the ancestral sampling of Ho et al. 2020.
struct DDIM: SamplingRule {
  private let eta: Double

  init(_ sampler: Sampler) { eta = sampler["eta"] }

  var isStochastic: Bool { eta > 0 }

  mutating func points(after step: SamplingStep, epsilon: ([Point], Float) -> [Point]) -> [Point] {
    let (start, end) = (Double(step.start), Double(step.end))
    let ratio = end / start
    let up = eta * end * max(1 - ratio * ratio, 0).squareRoot()
    let down = max(end * end - up * up, 0).squareRoot()
    let stride = Float(start - down)
    return zip(step.x, epsilon(step.x, step.start)).map { $0 - stride * $1 }.adding(Float(up), step.noise)
  }
}

extension Sampler {
  package static let ddpm = Sampler(DDIM.self, "ddpm", "noise in every step (Ho et al. 2020)", fixed: ["eta": 1])

  package static let ddim = Sampler(
    DDIM.self, "ddim", "deterministic, or with a share eta of that noise (Song et al. 2021)",
    [.eta(standard: 0)])
}

extension Hyperparameter {
  static func eta(standard: Double) -> Hyperparameter {
    Hyperparameter(
      "eta", "eta", "Share of noise in the steps of ddim (Song et al. 2021) and dpm++2m-sde (Lu et al. 2022)",
      standard: standard, .from(0, to: 1), stops: [0, 0.2, 0.5, 0.8, 1])
  }
}
