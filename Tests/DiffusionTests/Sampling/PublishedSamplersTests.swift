import Testing

@testable import Diffusion

/// Against what the code of the papers' authors, k-diffusion and diffusers draw from the same noise.
@Suite("Published samplers")
struct PublishedSamplersTests {
  /// Sampler and its vectors' name; the part after a space says what is set.
  static let cases: [(Sampler, String)] = [
    (.heun, "heun"), (.heunChurn, "heun-churn"), (.heunChurn, "heun-churn saturated"), (.ddpm, "ddpm"),
    (.ddim, "ddim eta 0.6"), (.dpmSolver, "dpm++2m"), (.dpmSolverSDE, "dpm++2m-sde"),
    (.dpmSolverSDE, "dpm++2m-sde eta 0.4"), (.eulerMaruyama, "euler-maruyama"),
  ]

  @Test("points follow the published code, step by step", arguments: cases)
  func parity(sampler: Sampler, name: String) throws {
    let reference = try Reference("published_samplers")
    let run = reference["samplers", name]
    let values = run["values"].numbers.filter { sampler.has($0.key) }
    let grid = try #require(run["grid"].text)
    let sigmas = reference[grid].floats
    var sampling = Sampling(sampler.with(values), sigmas: sigmas, noise: reference["start"].points)
    let denoiser = IdealDenoiser(points: try Fixture.smalldiffusionRoll())
    var path: [[Point]] = []
    for k in 0..<sigmas.count - 1 { path.append(sampling.step(denoiser, noise: reference["noise"][k].points).points) }
    // EDM's code shows only where it ends.
    let expected = (0..<run["points"].count).map { run["points"][$0].points }
    for (found, expected) in zip(path.suffix(expected.count), expected) {
      #expect(maximumError(found, expected) < 3e-5)
    }
    #expect(expected.count == 1 || expected.count == path.count)
  }

  @Test("grids have the published levels")
  func grids() throws {
    let reference = try Reference("published_samplers")
    let bounds = reference["bounds"].doubles
    let schedule = ScheduleSettings(.logLinear, bounds: bounds[0]...bounds[1])
    for (name, spacing) in [("karras7", SamplingGrid.Spacing.karras(rho: 7)), ("exponential", .logSNR)] {
      let expected = reference[name].floats
      let found = SamplingGrid(spacing).sigmas(steps: expected.count - 1, schedule)
      #expect(zip(found, expected).allSatisfy { abs($0 - $1) <= 1e-6 * $1 })
    }
  }
}
