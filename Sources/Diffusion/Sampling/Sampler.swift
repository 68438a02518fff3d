import Expect
import RealModule

/// How a sampler steps from one noise level to the next. One rule covers the common samplers:
///
///     name         gamma  mu   churn  second order
///     ddpm           1    0.5    0    no    Ho et al. 2020, with noise in every step
///     ddim           1    0      0    no    Song et al. 2021, deterministic
///     accelerated    2    0      0    no    Permenter and Yuan 2024, extrapolates the last two predictions
///     heun           1    0      0    yes   Karras et al. 2022 (EDM), algorithm 1
///     heun-churn     1    0     40    yes   Karras et al. 2022 (EDM), algorithm 2 with S_noise = 1
package struct Sampler: Codable, Equatable, Sendable {
  package let name: String
  /// Weight of the newest prediction against the one before, whose weight is 1 − gamma.
  package let gamma: Float
  /// How much of the step is noise, 0 ≤ mu < 1.
  package let mu: Double
  /// Noise added before each step, in steps' worth (S_churn).
  package let churn: Double
  /// Whether each step is corrected with a second evaluation at its end (Heun's method).
  package let isSecondOrder: Bool

  package static let ddpm = Sampler(name: "ddpm", gamma: 1, mu: 0.5, churn: 0, isSecondOrder: false)
  package static let ddim = Sampler(name: "ddim", gamma: 1, mu: 0, churn: 0, isSecondOrder: false)
  package static let accelerated = Sampler(name: "accelerated", gamma: 2, mu: 0, churn: 0, isSecondOrder: false)
  package static let heun = Sampler(name: "heun", gamma: 1, mu: 0, churn: 0, isSecondOrder: true)
  package static let heunChurn = Sampler(name: "heun-churn", gamma: 1, mu: 0, churn: 40, isSecondOrder: true)

  package static let all = [ddpm, ddim, accelerated, heun, heunChurn]

  /// One line for help and menus.
  package var summary: String {
    switch self {
    case .ddpm: "noise in every step (Ho et al. 2020)"
    case .ddim: "deterministic (Song et al. 2021)"
    case .accelerated: "extrapolates the last two predictions (Permenter and Yuan 2024)"
    case .heun: "corrects each step at its end, two evaluations a step (Karras et al. 2022, algorithm 1)"
    case .heunChurn: "the same after a little noise (Karras et al. 2022, algorithm 2, S_noise = 1)"
    default: name
    }
  }

  /// Draws `count` points, in `steps` steps from pure noise. The same generator gives the same start and the same noise
  /// at each step to every sampler and denoiser, so that they can be compared point by point.
  ///
  /// - Parameters:
  ///   - count: How many points to draw, B.
  ///   - steps: Steps through the schedule's levels, spaced as `Schedule.sampleSigmas(steps:)` says.
  ///   - schedule: The noise levels.
  ///   - denoiser: What predicts the noise.
  ///   - random: The source of the start and of the noise.
  /// - Returns: The finished sampling: points `[B, 2]` and the count of evaluations.
  package func sample(
    count: Int, steps: Int, schedule: Schedule, denoiser: some Denoiser, using random: inout Random
  ) -> Sampling {
    var sampling = Sampling(self, sigmas: schedule.sampleSigmas(steps: steps), noise: random.normals(count))
    while !sampling.isFinished { sampling.step(denoiser, using: &random) }
    return sampling
  }
}

/// Points on their way from noise to data, advanced one step at a time.
package struct Sampling: Sendable {
  package let sampler: Sampler
  /// The noise levels, from large to small, `[steps + 1]`.
  package let sigmas: [Float]
  /// The points after `steps` steps, `[B, 2]`, at noise level `sigmas[steps]`.
  package private(set) var x: [Point]
  /// Steps taken.
  package private(set) var steps = 0
  /// How often the network has been evaluated (the number of function evaluations): under guidance twice for each
  /// prediction.
  package private(set) var evaluations = 0
  /// The prediction of the last step, `[B, 2]`.
  private var previous: [Point]?

  /// - Parameters:
  ///   - sampler: How to step.
  ///   - sigmas: Noise levels from large to small, at least 2.
  ///   - noise: Standard normals, `[B, 2]`; the points start at `sigmas[0]` times these.
  package init(_ sampler: Sampler, sigmas: [Float], noise: [Point]) {
    expect(sigmas.count >= 2, "sampling needs 2 or more levels, not \(sigmas.count)")
    self.sampler = sampler
    self.sigmas = sigmas
    x = noise.map { sigmas[0] * $0 }
  }

  package var isFinished: Bool { steps == sigmas.count - 1 }

  /// The present noise level.
  package var sigma: Float { sigmas[steps] }

  /// Takes one step with noise from the generator, which moves on by as much whether or not the sampler uses it.
  package mutating func step(_ denoiser: some Denoiser, using random: inout Random) {
    if sampler.mu > 0 || sampler.churn > 0 {
      step(denoiser, noise: random.normals(x.count))
    } else {
      random.advance(by: x.count)
      step(denoiser, noise: [])
    }
  }

  /// Takes one step from sigma s to s′. With the prediction e(x, s), and z the noise:
  ///
  ///     p = (s′ / s^mu)^(1 / (1 − mu)),   eta = √(s′² − p²)
  ///     x′ = x − (s − p)·(gamma·e + (1 − gamma)·ePrevious) + eta·z
  ///
  /// (Permenter and Yuan 2024, "Interpreting and improving diffusion models from an optimization perspective",
  /// algorithm 2.) Churn first raises s, adding noise to x; the second order replaces e by its mean over both ends.
  ///
  /// - Parameters:
  ///   - denoiser: What predicts the noise.
  ///   - noise: Standard normals, `[B, 2]`; not used, and may be empty, if the sampler is deterministic.
  package mutating func step(_ denoiser: some Denoiser, noise: [Point]) {
    expect(!isFinished, "all \(steps) steps have been taken")
    let end = sigmas[steps + 1]
    let start = addChurn(noise)
    let predicted = denoiser.epsilon(x: x, sigma: start)
    evaluations += denoiser.evaluations
    let direction = previous.map { previous in
      zip(predicted, previous).map { sampler.gamma * $0 + (1 - sampler.gamma) * $1 }
    }
    let mu = sampler.mu
    let p = Float(Double.pow(Double(end) / .pow(Double(start), mu), 1 / (1 - mu)))
    let eta = max(0, end * end - p * p).squareRoot()
    var next = zip(x, direction ?? predicted).map { $0 - (start - p) * $1 }
    if eta > 0 { next = zip(next, noise).map { $0 + eta * $1 } }
    if sampler.isSecondOrder && end > 0 {
      let corrected = denoiser.epsilon(x: next, sigma: end)
      evaluations += denoiser.evaluations
      next = x.indices.map { x[$0] + (end - start) / 2 * (predicted[$0] + corrected[$0]) }
    }
    x = next
    previous = predicted
    steps += 1
  }

  /// Adds the noise that raises the present level by the sampler's churn, and returns the level so reached.
  private mutating func addChurn(_ noise: [Point]) -> Float {
    guard sampler.churn > 0 else { return sigma }
    let raise = min(sampler.churn / Double(sigmas.count - 1), 2.0.squareRoot() - 1)
    let raised = sigma * Float(1 + raise)
    let spread = (raised * raised - sigma * sigma).squareRoot()
    x = zip(x, noise).map { $0 + spread * $1 }
    return raised
  }
}
