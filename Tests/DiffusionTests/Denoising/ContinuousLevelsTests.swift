import Foundation
import RealModule
import TestExperiments
import Testing

@testable import Diffusion

@Suite("Continuous levels")
struct ContinuousLevelsTests {
  static let kinds = ScheduleKind.allCases.filter(\.canBeContinuous)

  @Test("quantiles are those of the distribution")
  func quantiles() {
    let normal = ContinuousLevels(.logNormal(mean: -1.2, deviation: 1.2), within: 0.002...80)
    #expect(abs(normal.sigma(at: 0.5) - Double.exp(-1.2)) < 1e-12)
    // scipy.stats.norm.ppf(0.975)
    #expect(abs(normal.sigma(at: 0.975) - Double.exp(-1.2 + 1.2 * 1.959_963_984_540_054)) < 1e-9)
    #expect(normal.sigma(at: 0) == 0.002 && normal.sigma(at: 1) == 80)
    // Times 0.2 and 0.8: the middle is 0.5.
    #expect(abs(ContinuousLevels(.uniformTime, within: 0.25...4).sigma(at: 0.5) - 1) < 1e-12)
    #expect(abs(ContinuousLevels(.logUniform, within: 0.01...1).sigma(at: 0.25) - 0.031_622_776_6) < 1e-9)
  }

  /// The levels of rows of training.
  private func drawn(_ experiment: Experiment, batches: [Int]) -> [Float] {
    let dataset = DataSource.swissRoll(count: 500).load()
    let levels = experiment.noiseLevels(for: dataset)
    let shares = LevelShares(levels, power: experiment.levelPower)
    var draws = Draws(seed: 3, points: dataset.points, kind: experiment.drawKind)
    var (row, sigmas) = (0, [Float]())
    for size in batches {
      var batch = Batch(capacity: size, inputs: experiment.formulation.features.width(classCount: 0))
      batch.draw(
        rows: row, stopsAtEpochEnd: false, of: dataset, levels: levels, shares: shares,
        continuous: experiment.continuousDraws(for: dataset), features: experiment.formulation.features,
        labelDropout: 0, instructionSet: .best, posterior: nil, using: &draws)
      sigmas += batch.sigma[..<size]
      row += size
    }
    return sigmas
  }

  @Test("EDM's levels have P_mean and P_std, and no two rows the same", arguments: DrawKind.allCases)
  func edm(kind: DrawKind) {
    var experiment = Experiment.edm
    experiment.drawKind = kind
    (experiment.schedule.mean, experiment.schedule.deviation) = (-0.8, 1.4)
    let logs = drawn(experiment, batches: [20_000]).map { Double.log(Double($0)) }
    let mean = logs.reduce(0, +) / 20_000
    let deviation = (logs.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / 20_000).squareRoot()
    #expect(abs(mean + 0.8) < 0.04 && abs(deviation - 1.4) < 0.03)
    #expect(Set(logs).count > 19_900)
  }

  @Test("rows have the same levels whatever their batches")
  func batches() {
    #expect(drawn(.edm, batches: [90]) == drawn(.edm, batches: [32, 1, 57]))
  }

  @Test("levels drawn by importance are the same levels, more often where they count more")
  func importance() {
    var experiment = Experiment.edm
    experiment.formulation.weighting = .inverseVariance(eps0: 1)
    experiment.levelPower = 1
    let shares = LevelShares(experiment.noiseLevels(for: .swissRoll(count: 10)), power: 1)
    let places = (0..<1000).map { shares.place(at: (Double($0) + 0.5) / 1000) }
    #expect(zip(places, places.dropFirst()).allSatisfy { $0 <= $1 } && places[0] >= 0 && places[999] < 1)
    for (k, place) in places.enumerated() {
      #expect(
        Int(place * 1000) == shares.level(at: (Double(k) + 0.5) / 1000)
          || abs(place * 1000 - (place * 1000).rounded()) < 1e-6)
    }
    let (even, uneven) = (
      drawn(.edm, batches: [4000]).sorted()[2000], drawn(experiment, batches: [4000]).sorted()[2000]
    )
    // Of EDM's answers those at much noise count more.
    #expect(uneven > 1.5 * even)
  }

  @Test("the levels that stand for all have the loss of all", arguments: kinds)
  func strata(kind: ScheduleKind) {
    let levels = ScheduleSettings(kind, count: nil).schedule
    #expect(levels.sigmas.count == 1000 && levels.continuous != nil)
    #expect(levels.range.contains(levels.sigmas[0]) && levels.range.contains(levels.sigmas[999]))
    // The mean of 1 / (1 + sigma²), by ten times as many.
    func mean(_ sigmas: [Float]) -> Double {
      sigmas.reduce(0) { $0 + 1 / (1 + Double($1) * Double($1)) } / Double(sigmas.count)
    }
    #expect(abs(mean(levels.sigmas) / mean(levels.continuous!.quantiles(10_000)) - 1) < 1e-4)
  }

  @Test("a chain of betas has a list of levels: the papers' thousand, which end at their sigma")
  func chains() {
    for (kind, greatest) in [(ScheduleKind.ddpm, 157.4), (.ldm, 14.61), (.sigmoid, 158.7)] {
      let schedule = ScheduleSettings(kind).schedule
      #expect(schedule.sigmas.count == 1000 && abs(Double(schedule.range.upperBound) - greatest) < 0.1)
      #expect(ScheduleSettings(kind, count: nil).problem?.contains("chain of betas") == true)
    }
    // Another kind has its own number of levels, unless somebody chose one.
    #expect(ScheduleSettings(.logLinear).of(.ddpm).count == 1000 && ScheduleSettings(.ddpm).of(.flow).count == nil)
    #expect(ScheduleSettings(.ddpm, count: 50).of(.flow).count == 50)
    #expect(ScheduleSettings(.logLinear, count: nil).of(.ddpm).problem == nil)
  }

  @Test("settings survive coding, and those that were kept without a distribution mean a list")
  func coding() throws {
    var settings = ScheduleSettings(.logNormal)
    (settings.mean, settings.deviation) = (-1, 2)
    #expect(try recoded(settings) == settings)
    let old = #"{"kind":"logit-normal","count":400,"bounds":[0.001,0.999]}"#
    let decoded = try JSONDecoder().decode(ScheduleSettings.self, from: Data(old.utf8))
    #expect(decoded == ScheduleSettings(.logitNormal, count: 400, bounds: 0.001...0.999))
    #expect(decoded.schedule.continuous == nil && decoded.schedule.sigmas.count == 400)
  }

  @Test("EDM whole is trained: its loss falls towards its floor")
  func training() throws {
    var experiment = Experiment.edm
    (experiment.hidden, experiment.batchSize) = ([32, 32], 128)
    #expect(experiment.problem == nil)
    var run = Run(experiment, dataset: DataSource.swissRoll(count: 500).load(), seed: 0, threads: 1)
    // With sigmaData the spread of both coordinates, the target has variance 1 at every level.
    let zero = LossFloor.predictingZero(run.levels, dataset: run.dataset)
    let first = try (0..<20).reduce(0.0) { sum, _ in sum + Double(try run.step().loss) } / 20
    for _ in 0..<300 { try run.step() }
    let last = try (0..<50).reduce(0.0) { sum, _ in sum + Double(try run.step().loss) } / 50
    #expect(abs(zero - 2) < 1e-3 && first > last)
    // A resumed run draws the same levels.
    var (on, resumed) = (run, try Run(resuming: run.checkpoint, dataset: run.dataset, threads: 1))
    #expect(try on.step() == resumed.step())
  }
}
