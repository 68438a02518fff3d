import Testing

@testable import Diffusion

/// A small experiment on data with classes.
private func small(_ shape: Shape = .mixture) -> Experiment {
  var experiment = Experiment.standard
  experiment.data = .shape(shape, count: 800)
  experiment.hidden = [32, 32]
  experiment.batchSize = 64
  experiment.runs = [400]
  return experiment
}

private func makeRun(_ experiment: Experiment, seed: UInt64 = 1) -> Run {
  Run(experiment, dataset: experiment.loadData(), seed: seed, threads: 1)
}

@Suite("Training under other settings")
struct RunSettingsTests {
  @Test("every formulation learns more than predicting zero", arguments: Parameterization.allCases)
  func formulations(parameterization: Parameterization) throws {
    for features in [.plain, InputFeatures(scaling: .unitVariance, octaves: 2)] {
      for weighting in [Weighting.uniform, .minSNR(gamma: 5), .edm] {
        var experiment = small()
        experiment.formulation = Formulation(
          parameterization: parameterization, features: features, weighting: weighting)
        var run = makeRun(experiment)
        let losses = try (0..<400).map { _ in try run.step().loss }
        let zero = LossFloor.predictingZero(run.levels, dataset: run.dataset)
        #expect(losses.suffix(50).reduce(0, +) / 50 < 0.9 * zero, "\(features.name) \(weighting.name)")
      }
    }
  }

  @Test("the running loss starts at predicting zero and stays above the floor")
  func floor() throws {
    var run = makeRun(small())
    var floor = LossFloor(
      run.dataset, schedule: run.schedule, ideal: IdealDenoiser(run.dataset), labelDropout: 0.1, seed: 0)
    floor.refine(rows: 4000)
    let losses = try (0..<400).map { _ in try run.step().loss }
    let value = try #require(floor.value(run.levels)).floor
    let zero = LossFloor.predictingZero(run.levels, dataset: run.dataset)
    #expect(abs(losses[..<5].reduce(0, +) / 5 / zero - 1) < 0.2)
    #expect(losses.suffix(100).reduce(0, +) / 100 > value)
  }

  @Test("a network told the class predicts each class better, and guidance makes samples purer")
  func conditional() throws {
    var experiment = small()
    experiment.hidden = [64, 64, 64]
    experiment.runs = [2500]
    var run = makeRun(experiment)
    for _ in 0..<2500 { try run.step() }
    var denoiser = run.denoiser
    func purity(_ guidance: Float) -> Int {
      denoiser.labels = Array(0..<8)
      denoiser.guidance = guidance
      var random = Random(seed: 2)
      let samples = Sampler.ddim.sample(
        count: 400, sigmas: run.schedule.trailingSigmas(steps: 20), denoiser: denoiser, using: &random)
      return samples.x.enumerated().count { index, x in
        let angle = Float.pi / 4 * Float(index % 8)
        return (x - 0.8 * Point(.cos(angle), .sin(angle))).lengthSquared < 0.2 * 0.2
      }
    }
    let (plain, guided) = (purity(0), purity(1))
    #expect(plain > 280 && guided > plain)
  }

  @Test("settings that leave the weights their meaning change while training runs")
  func changes() throws {
    var run = makeRun(small())
    for _ in 0..<10 { try run.step() }
    let parameters = run.network.parameters
    var other = run.experiment
    other.formulation.weighting = .edm
    other.schedule = ScheduleSettings(.flow, count: 50)
    other.learningRateSchedule = .oneCycle
    other.warmUpSteps = 100
    other.batchSize = 37
    other.clipNorm = nil
    other.averageDecay = 0.9
    other.optimizer["weight-decay"] = 0
    other.labelDropout = 0.5
    try run.change(to: other)
    #expect(run.network.parameters == parameters && run.stepCount == 10)
    #expect(run.schedule.sigmas.count == 50 && run.averageDenoiser != nil)
    let report = try run.step()
    #expect(report.step == 11 && report.sigmaRange.upperBound > 2 && !report.isClipped)
    other.averageDecay = nil
    other.learningRate = 0.25
    try run.change(to: other)
    #expect(run.averageDenoiser == nil)
    #expect(try run.step().learningRate == 0.25 * run.experiment.learningRateFactor(ofStep: 11))
  }

  @Test("settings that would leave the weights without meaning are refused in words, and nothing changes")
  func obstacles() throws {
    var run = makeRun(small())
    let before = run.experiment
    let changes: [(inout Experiment) -> Void] = [
      { $0.hidden = [8] }, { $0.activation = .gelu }, { $0.formulation.parameterization = .v },
      { $0.formulation.features.octaves = 1 }, { $0.data = .shape(.moons, count: 800) },
    ]
    for change in changes {
      var other = before
      change(&other)
      #expect(throws: TrainingError.self) { try run.change(to: other) }
      #expect(run.experiment == before)
    }
    var other = before
    other.formulation.parameterization = .v
    #expect(
      throws: TrainingError.needsReset("a network trained to say epsilon does not say v")
    ) { try run.change(to: other) }
  }

  @Test("presets survive coding, and nothing is wrong with them")
  func coding() throws {
    for preset in Experiment.presets {
      #expect(try recoded(preset) == preset)
      #expect(preset.data.problem == nil && preset.schedule.problem == nil)
    }
  }
}
