import RealModule
import TestExperiments
import Testing

@testable import Diffusion

@Suite("Sampling grid")
struct SamplingGridTests {
  static let schedules = ScheduleKind.allCases.map { ScheduleSettings($0) }

  @Test(
    "every grid leads from the greatest level, or from a sufficient one, down to the least, and on to 0",
    arguments: schedules)
  func ends(schedule: ScheduleSettings) {
    let range = schedule.schedule.range
    for spacing in SamplingGrid.Spacing.all + [.karras(rho: 1), .uniformTime(shift: 5)] {
      let greatest = spacing == .automatic ? min(range.upperBound, 10) : range.upperBound
      for steps in [1, 2, 3, 20, 1000] {
        let whole = SamplingGrid(spacing).sigmas(steps: steps, schedule)
        #expect(whole.count == steps + 1 && whole[0] == greatest && whole[steps] == 0)
        if steps > 1 { #expect(whole[steps - 1] == range.lowerBound) }
        let left = SamplingGrid(spacing, endsAtZero: false).sigmas(steps: steps, schedule)
        #expect(left.count == steps + 1 && left[0] == greatest && left[steps] == range.lowerBound)
        for grid in [whole, left] {
          #expect(zip(grid, grid.dropFirst()).allSatisfy { $0 >= $1 }, "\(spacing)")
          if spacing != .training { #expect(zip(grid, grid.dropFirst()).allSatisfy { $0 > $1 }, "\(spacing)") }
        }
      }
    }
  }

  /// The middle of three levels from 9 to 1.
  private func middle(_ spacing: SamplingGrid.Spacing) -> Float {
    SamplingGrid(spacing, endsAtZero: false).sigmas(steps: 2, ScheduleSettings(.logLinear, bounds: 1...9))[1]
  }

  @Test("levels are equally spaced along what the grid's name says")
  func spacing() {
    #expect(middle(.karras(rho: 1)) == 5 && middle(.karras(rho: 2)) == 4)
    #expect(abs(middle(.logSNR) - 3) < 1e-6)
    // Times 0.9 and 0.5 have the middle 0.7; with shift 3, 0.75 and 0.25 have 0.5.
    #expect(abs(middle(.uniformTime(shift: 1)) - 7 / 3) < 1e-6)
    #expect(abs(middle(.uniformTime(shift: 3)) - 3) < 1e-6)
  }

  @Test("where every level is above the sufficient one, sampling begins at the greatest")
  func noisy() {
    #expect(SamplingGrid().sigmas(steps: 3, ScheduleSettings(.logLinear, bounds: 20...80)) == [80, 40, 20, 0])
  }

  @Test("EDM's own levels: rho 7 from 80 to 0.002, then 0")
  func edm() {
    let sigmas = SamplingGrid(.karras(rho: 7)).sigmas(steps: 18, ScheduleSettings(.logLinear, bounds: 0.002...80))
    // numpy: (80 ** (1/7) + np.arange(18) / 17 * (0.002 ** (1/7) - 80 ** (1/7))) ** 7
    let expected: [Float] = [80, 57.585_985, 40.785_574]
    #expect(zip(sigmas, expected).allSatisfy { abs($0 - $1) < 1e-4 })
  }

  @Test("smalldiffusion's preset samples through levels of training, and ends at the least")
  func smalldiffusion() {
    let settings = Configuration(.smalldiffusion).sampling
    let schedule = Experiment.smalldiffusion.schedule
    #expect(
      settings.grid.sigmas(steps: settings.steps, schedule) == schedule.schedule.trailingSigmas(steps: settings.steps))
    #expect(Configuration(.standard).sampling.grid == SamplingGrid(.automatic, endsAtZero: true))
  }

  @Test("with the exact denoiser, 20 steps of any schedule end on the data", arguments: schedules)
  func defaults(schedule: ScheduleSettings) {
    let dataset = DataSource.swissRoll(count: 2000).load()
    let meter = QualityMeter(dataset.points, count: 200, seed: 0)
    for sampler in Sampler.all {
      var random = Random(seed: 0)
      var sampling = Sampling(
        SampleSettings(sampler: sampler, margin: nil), schedule: schedule, dataset: dataset, noise: random.normals(200))
      let states = sampling.states(IdealDenoiser(dataset), using: &random)
      #expect(states != nil && meter.measure(sampling.x).meanDistance <= 0.004, "\(sampler.name)")
    }
  }
}
