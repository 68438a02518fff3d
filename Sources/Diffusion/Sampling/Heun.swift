/// Heun's method: a step of Euler's, corrected by the prediction at its end; before it noise may be added, so that the
/// step begins at a higher level ŝ. With the prediction e(x, s), z the noise of the step, and N steps:
///
///     ŝ = s + s·min(S_churn / N, √2 − 1)  if S_tmin ≤ s ≤ S_tmax,  else s
///     x̂ = x + S_noise·√(ŝ² − s²)·z
///     x′ = x̂ + (s′ − ŝ)·½·(e(x̂, ŝ) + e(x̂ + (s′ − ŝ)·e(x̂, ŝ), s′)),   at s′ = 0 without the correction
///
/// Karras et al. 2022, "Elucidating the design space of diffusion-based generative models", algorithms 1 and 2.
struct Heun: SamplingRule {
  private let churn, least, greatest, inflation: Double

  init(_ sampler: Sampler) {
    churn = sampler["s-churn"]
    (least, greatest, inflation) = (sampler["s-tmin"], sampler["s-tmax"], sampler["s-noise"])
  }

  var isStochastic: Bool { churn > 0 }

  mutating func points(after step: SamplingStep, epsilon: ([Point], Float) -> [Point]) -> [Point] {
    let level = Double(step.start)
    let isRaised = churn > 0 && (least...max(least, greatest)).contains(level)
    let raised = isRaised ? level * (1 + min(churn / Double(step.steps), 2.0.squareRoot() - 1)) : level
    let start = Float(raised)
    let spread = inflation * max(raised * raised - level * level, 0).squareRoot()
    let x = step.x.adding(Float(spread), step.noise)
    let slope = epsilon(x, start)
    let stride = step.end - start
    let end = zip(x, slope).map { $0 + stride * $1 }
    guard step.end > 0 else { return end }
    let corrected = epsilon(end, step.end)
    return x.indices.map { x[$0] + stride / 2 * (slope[$0] + corrected[$0]) }
  }
}

extension Sampler {
  package static let heun = Sampler(
    Heun.self, "heun", "corrects each step at its end, two evaluations a step (Karras et al. 2022, algorithm 1)",
    fixed: ["s-churn": 0, "s-tmin": 0, "s-tmax": .infinity, "s-noise": 1])

  package static let heunChurn = Sampler(
    Heun.self, "heun-churn", "the same after a little noise (Karras et al. 2022, algorithm 2)",
    [
      Hyperparameter(
        "s-churn", "S_churn", "Noise that heun-churn adds before its steps, shared among them (Karras et al. 2022)",
        standard: 10, .from(0, to: 1000), stops: [0, 1, 3, 5, 10, 20, 40, 80]),
      Hyperparameter(
        "s-tmin", "S_tmin", "The least sigma at which heun-churn adds noise (Karras et al. 2022)", standard: 0,
        .from(0, to: 1e6),
        stops: [0, 0.01, 0.05, 0.1]),
      Hyperparameter(
        "s-tmax", "S_tmax", "The greatest sigma at which heun-churn adds noise (Karras et al. 2022)", standard: 1e6,
        .from(0, to: 1e6), stops: [1, 10, 50, 1e6]),
      Hyperparameter(
        "s-noise", "S_noise",
        "Standard deviation of the noise that heun-churn adds, in units of what the level asks for (Karras et al. 2022)",
        standard: 1, .from(0.5, to: 2), stops: [1, 1.003, 1.007]),
    ])
}
