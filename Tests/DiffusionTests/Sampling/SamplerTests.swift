import Testing

@testable import Diffusion

@Suite("Sampler")
struct SamplerTests {
  /// The greatest error along a whole trajectory from the reference's start, with the reference's noise.
  static func error(_ sampler: Sampler, _ denoiser: some Denoiser, _ expected: Reference, _ reference: Reference)
    -> Float
  {
    let sigmas = ScheduleSettings(.logLinear).schedule.trailingSigmas(steps: 20)
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
      let sampling = sampler.sample(
        count: 1, sigmas: schedule.trailingSigmas(steps: steps), denoiser: Gaussian(), using: &random)
      var again = Random(seed: 1)
      let exact = 5 * again.normal() * ((1 + Float(1e-4)) / 26).squareRoot()
      #expect(sampling.evaluations == (sampler == .heun ? 2 : 1) * steps)
      return ((sampling.x[0] - exact).lengthSquared / exact.lengthSquared).squareRoot()
    }
    #expect(error(.heun, 40) < 0.3 * error(.heun, 20))
    #expect(error(.heun, 20) < 0.2 * error(.ddim, 20))
    #expect(error(.accelerated, 20) < error(.ddim, 20))
    #expect(error(.dpmSolver, 40) < 0.35 * error(.dpmSolver, 20))
    #expect(error(.dpmSolver, 20) < 0.5 * error(.ddim, 20))
    #expect(error(.ddim, 1000) < 0.005)
  }

  @Test(
    "samplers with noise give the right spread",
    arguments: [
      Sampler.ddpm, .ddim.with(["eta": 0.5]), .accelerated.with(["gamma": 1, "mu": 0.3]), .heunChurn, .dpmSolverSDE,
      .dpmSolverSDE.with(["eta": 0.4]), .eulerMaruyama,
    ])
  func spread(sampler: Sampler) {
    var random = Random(seed: 2)
    let schedule = ScheduleSettings(.logLinear, bounds: 0.01...5).schedule
    let sampling = sampler.sample(
      count: 4000, sigmas: schedule.trailingSigmas(steps: 200), denoiser: Gaussian(), using: &random)
    let variance = sampling.x.reduce(0) { $0 + Double($1.lengthSquared) } / 8000
    // Its standard error is 0.016; Euler and Maruyama err by the step.
    #expect(abs(variance - (sampler == .eulerMaruyama ? 1.03 : 1)) < 0.05)
  }

  @Test("every sampler starts from the same noise, and leaves the generator in the same place")
  func sharedNoise() {
    let schedule = ScheduleSettings(.logLinear).schedule
    let states = Sampler.all.map { sampler in
      var random = Random(seed: 9)
      _ = sampler.sample(count: 5, sigmas: schedule.trailingSigmas(steps: 7), denoiser: Gaussian(), using: &random)
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
        count: 64, sigmas: SamplingGrid().sigmas(steps: 20, ScheduleSettings(.logLinear)),
        denoiser: IdealDenoiser(points: data), using: &random)
      let distances = sampling.x.map { x in data.map { ($0 - x).lengthSquared }.min() ?? .infinity }
      #expect(distances.allSatisfy { $0 < 0.02 * 0.02 })
    }
  }

  @Test("a sampler has settings with standard values, keeps what its name fixes, and refuses what it has not")
  func settings() {
    #expect(Sampler.ddim["eta"] == 0 && Sampler.ddpm["eta"] == 1 && !Sampler.ddpm.has("eta"))
    #expect(Sampler.ddim.with(["eta": 1]) != .ddim && Sampler(name: "ddim") == .ddim && Sampler(name: "dd") == nil)
    #expect(Set(Sampler.all.map(\.name)).count == Sampler.all.count)
  }

  @Test("DDIM with all of its noise is DDPM, and so is gradient estimation with gamma 1 and mu ½")
  func sameRule() {
    let sigmas = SamplingGrid().sigmas(steps: 9, ScheduleSettings(.ddpm))
    func samples(_ sampler: Sampler) -> [Point] {
      var random = Random(seed: 7)
      return sampler.sample(count: 20, sigmas: sigmas, denoiser: Gaussian(), using: &random).x
    }
    #expect(samples(.ddim.with(["eta": 1])) == samples(.ddpm))
    #expect(maximumError(samples(.accelerated.with(["gamma": 1, "mu": 0.5])), samples(.ddpm)) < 1e-5)
    #expect(maximumError(samples(.accelerated.with(["gamma": 1])), samples(.ddim)) < 1e-6)
    #expect(samples(.heunChurn.with(["s-churn": 0])) == samples(.heun))
    #expect(maximumError(samples(.dpmSolverSDE.with(["eta": 0])), samples(.dpmSolver)) < 1e-6)
  }

  @Test("a sampling can be held, copied and stepped; its states are those of one that ran through")
  func states() throws {
    let settings = SampleSettings(sampler: .heun, steps: 6)
    var random = Random(seed: 3)
    let sigmas = settings.grid.sigmas(steps: settings.steps, ScheduleSettings(.cosine))
    let start = Sampling(settings.sampler, sigmas: sigmas, noise: random.normals(4))
    var (stepped, whole, again) = (start, start, random)
    let states = try #require(whole.states(Gaussian(), using: &again))
    #expect(states.count == 7 && states[0] == start.state)
    for k in 1...6 { #expect(stepped.step(Gaussian(), using: &random) == states[k]) }
    // The last step, to 0, has no correction.
    #expect(states.map(\.evaluations) == [0, 2, 4, 6, 8, 10, 11])
    #expect(states.map(\.step) == Array(0...6) && states.map(\.sigma) == start.sigmas && states[6].sigma == 0)
    var unwanted = start
    #expect(unwanted.states(Gaussian(), using: &random, isWanted: { false }) == nil)
  }

  @Test("steps between equal levels change nothing", arguments: Sampler.all)
  func equalLevels(sampler: Sampler) {
    func samples(_ sigmas: [Float]) -> [Point] {
      var random = Random(seed: 5)
      var sampling = Sampling(sampler, sigmas: sigmas, noise: random.normals(8))
      let noise = random.normals(8)
      while !sampling.isFinished { sampling.step(Gaussian(), noise: noise) }
      return sampling.x
    }
    guard sampler != .heunChurn else { return }  // raises the level before each step
    #expect(maximumError(samples([3, 3, 3]), samples([3, 3])) < 1e-6)
    #expect(samples([3, 3, 1, 1, 0]).allSatisfy { $0.isFinite })
  }

  @Test("S_churn is shared among the steps: EDM's 40 raises each of 256 levels by 40/256, each of 96 by √2 − 1")
  func sharedChurn() {
    for (churn, steps, raise) in [(40.0, 256, 40.0 / 256), (40, 97, 40.0 / 97), (40, 96, 2.0.squareRoot() - 1)] {
      var rule = Sampler.heunChurn.with(["s-churn": churn]).makeRule()
      var levels: [Float] = []
      let step = SamplingStep(x: [.zero], start: 2, end: 1.5, steps: steps, noise: [.zero])
      _ = rule.points(after: step) { x, sigma in
        levels.append(sigma)
        return x
      }
      #expect(levels == [Float(2 * (1 + raise)), 1.5])
    }
  }

  @Test("noise is added only between S_tmin and S_tmax")
  func churn() {
    func samples(_ values: [String: Double]) -> [Point] {
      var random = Random(seed: 5)
      return Sampler.heunChurn.with(values).sample(
        count: 8, sigmas: [4, 2, 1, 0.5, 0], denoiser: Gaussian(), using: &random
      ).x
    }
    let none = samples(["s-churn": 0])
    #expect(samples(["s-tmin": 5]) == none && samples(["s-tmax": 0.4]) == none)
    #expect(samples(["s-tmin": 1, "s-tmax": 1]) != none)
    #expect(samples(["s-churn": 1]) != samples(["s-churn": 1, "s-noise": 1.01]))
    // Four steps: from 4·(√2 − 1) on, more changes nothing.
    #expect(samples(["s-churn": 2]) == samples(["s-churn": 40]))
  }
}
