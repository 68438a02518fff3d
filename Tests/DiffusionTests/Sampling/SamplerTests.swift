import Testing

@testable import Diffusion

@Suite("Sampler")
struct SamplerTests {
  /// The greatest error along a whole trajectory from the reference's start, with the reference's noise.
  static func error(_ sampler: Sampler, _ denoiser: some Denoiser, _ expected: Reference, _ reference: Reference)
    -> Float
  {
    let sigmas = ScheduleSettings(.logLinear).schedule.sampleSigmas(steps: 20)
    var sampling = Sampling(sampler, sigmas: sigmas, noise: reference["x_start"].points.map { $0 / sigmas[0] })
    var worst: Float = 0
    for k in 0..<20 {
      sampling.step(denoiser, noise: reference["noise"][k].points)
      worst = max(worst, maximumError(sampling.x, expected[k].points))
    }
    #expect(sampling.isFinished && sampling.evaluations == 20)
    return worst
  }

  @Test("trajectories match smalldiffusion", arguments: [Sampler.ddpm, .ddim, .accelerated])
  func parity(sampler: Sampler) throws {
    let reference = try Reference("samplers")
    let run = reference["samplers", sampler.name]
    let ideal = IdealDenoiser(points: try Fixture.smalldiffusionRoll())
    #expect(SamplerTests.error(sampler, ideal, run["ideal_denoiser"], reference) < 2e-5)
    let network = NetworkDenoiser(network: try Fixture.defaultModel())
    #expect(SamplerTests.error(sampler, network, run["default_model"], reference) < 2e-6)
  }

  /// A Gaussian of standard deviation 1 about the origin: its exact denoiser is linear, and following it from s to s′
  /// shrinks x by √((1 + s′²) / (1 + s²)).
  struct Gaussian: Denoiser {
    func epsilon(x: [Point], sigma: [Float]) -> [Point] { zip(x, sigma).map { $0 * $1 / (1 + $1 * $1) } }
  }

  @Test("more steps come closer to the exact flow, Heun's error falling with the square of the step")
  func convergence() {
    let schedule = ScheduleSettings(.logLinear, count: 10_000, bounds: 0.01...5).schedule
    func error(_ sampler: Sampler, _ steps: Int) -> Float {
      var random = Random(seed: 1)
      let sampling = sampler.sample(count: 1, steps: steps, schedule: schedule, denoiser: Gaussian(), using: &random)
      var again = Random(seed: 1)
      let exact = 5 * again.normal() * ((1 + Float(1e-4)) / 26).squareRoot()
      #expect(sampling.evaluations == (sampler.isSecondOrder ? 2 : 1) * steps)
      return ((sampling.x[0] - exact).lengthSquared / exact.lengthSquared).squareRoot()
    }
    #expect(error(.heun, 40) < 0.3 * error(.heun, 20))
    #expect(error(.heun, 20) < 0.2 * error(.ddim, 20))
    #expect(error(.accelerated, 20) < error(.ddim, 20))
    #expect(error(.ddim, 1000) < 0.005)
  }

  @Test("samplers with noise give the right spread", arguments: [Sampler.ddpm, .heunChurn])
  func spread(sampler: Sampler) {
    var random = Random(seed: 2)
    let schedule = ScheduleSettings(.logLinear, bounds: 0.01...20).schedule
    let sampling = sampler.sample(count: 20_000, steps: 200, schedule: schedule, denoiser: Gaussian(), using: &random)
    let variance = sampling.x.reduce(0) { $0 + Double($1.lengthSquared) } / 40_000
    #expect(abs(variance - 1) < 0.03)
  }

  @Test("every sampler starts from the same noise, and leaves the generator in the same place")
  func sharedNoise() {
    let schedule = ScheduleSettings(.logLinear).schedule
    let states = Sampler.all.map { sampler in
      var random = Random(seed: 9)
      _ = sampler.sample(count: 5, steps: 7, schedule: schedule, denoiser: Gaussian(), using: &random)
      return random
    }
    #expect(states.allSatisfy { $0 == states[0] })
  }

  @Test("the ideal denoiser ends on data points")
  func memorises() throws {
    let data = try Fixture.smalldiffusionRoll()
    var random = Random(seed: 4)
    for sampler in Sampler.all {
      let sampling = sampler.sample(
        count: 64, steps: 20, schedule: ScheduleSettings(.logLinear).schedule, denoiser: IdealDenoiser(points: data),
        using: &random)
      let distances = sampling.x.map { x in data.map { ($0 - x).lengthSquared }.min() ?? .infinity }
      #expect(distances.allSatisfy { $0 < 0.02 * 0.02 })
    }
  }
}
