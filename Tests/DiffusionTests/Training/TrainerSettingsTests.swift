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

private func trainer(_ experiment: Experiment, seed: UInt64 = 1) -> Trainer {
  Trainer(experiment, dataset: experiment.data.load(), seed: seed, threads: 1)
}

@Suite("Training under other settings")
struct TrainerSettingsTests {
  @Test("every formulation learns more than predicting zero", arguments: Parameterization.allCases)
  func formulations(parameterization: Parameterization) throws {
    for features in [.plain, InputFeatures(scaling: .unitVariance, octaves: 2)] {
      for weighting in [Weighting.uniform, .minSNR(gamma: 5), .edm] {
        var experiment = small()
        experiment.formulation = Formulation(
          parameterization: parameterization, features: features, weighting: weighting)
        var trainer = trainer(experiment)
        let losses = try (0..<400).map { _ in try trainer.step().loss }
        let zero = LossFloor.predictingZero(trainer.levels, dataset: trainer.dataset)
        #expect(losses.suffix(50).reduce(0, +) / 50 < 0.9 * zero, "\(features.name) \(weighting.name)")
      }
    }
  }

  @Test("the running loss starts at predicting zero and stays above the floor")
  func floor() throws {
    var trainer = trainer(small())
    var floor = LossFloor(
      trainer.dataset, schedule: trainer.schedule, ideal: IdealDenoiser(trainer.dataset), labelDropout: 0.1, seed: 0)
    floor.refine(rows: 4000)
    let losses = try (0..<400).map { _ in try trainer.step().loss }
    let value = try #require(floor.value(trainer.levels)).floor
    let zero = LossFloor.predictingZero(trainer.levels, dataset: trainer.dataset)
    #expect(abs(losses[..<5].reduce(0, +) / 5 / zero - 1) < 0.2)
    #expect(losses.suffix(100).reduce(0, +) / 100 > value)
  }

  @Test("a network told the class predicts each class better, and guidance makes samples purer")
  func conditional() throws {
    var experiment = small()
    experiment.hidden = [64, 64, 64]
    experiment.runs = [2500]
    var trainer = trainer(experiment)
    for _ in 0..<2500 { try trainer.step() }
    var denoiser = trainer.denoiser
    func purity(_ guidance: Float) -> Int {
      denoiser.labels = Array(0..<8)
      denoiser.guidance = guidance
      var random = Random(seed: 2)
      let samples = Sampler.ddim.sample(
        count: 400, steps: 20, schedule: trainer.schedule, denoiser: denoiser, using: &random)
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
    var trainer = trainer(small())
    for _ in 0..<10 { try trainer.step() }
    let parameters = trainer.network.parameters
    var other = trainer.experiment
    other.formulation.weighting = .edm
    other.schedule = ScheduleSettings(.flow, count: 50)
    other.learningRateSchedule = .oneCycle
    other.warmUpSteps = 100
    other.batchSize = 7
    other.clipNorm = nil
    other.averageDecay = 0.9
    other.optimizer.weightDecay = 0
    other.labelDropout = 0.5
    try trainer.change(to: other)
    #expect(trainer.network.parameters == parameters && trainer.stepCount == 10)
    #expect(trainer.schedule.sigmas.count == 50 && trainer.averageDenoiser != nil)
    let report = try trainer.step()
    #expect(report.step == 11 && report.sigmaRange.upperBound > 2 && !report.isClipped)
    other.averageDecay = nil
    other.learningRate = 0.25
    try trainer.change(to: other)
    #expect(trainer.averageDenoiser == nil)
    #expect(try trainer.step().learningRate == 0.25 * trainer.experiment.learningRateFactor(ofStep: 11))
  }

  @Test("settings that would leave the weights without meaning are refused in words, and nothing changes")
  func obstacles() throws {
    var trainer = trainer(small())
    let before = trainer.experiment
    let changes: [(inout Experiment) -> Void] = [
      { $0.hidden = [8] }, { $0.activation = .gelu }, { $0.formulation.parameterization = .v },
      { $0.formulation.features.octaves = 1 }, { $0.data = .shape(.moons, count: 800) },
    ]
    for change in changes {
      var other = before
      change(&other)
      #expect(throws: TrainingError.self) { try trainer.change(to: other) }
      #expect(trainer.experiment == before)
    }
    var other = before
    other.formulation.parameterization = .v
    #expect(
      throws: TrainingError.needsReset("a network trained to say epsilon does not say v")
    ) { try trainer.change(to: other) }
  }

  @Test("presets survive coding, and nothing is wrong with them")
  func coding() throws {
    for preset in Experiment.presets {
      #expect(try recoded(preset) == preset)
      #expect(preset.data.problem == nil && preset.schedule.problem == nil)
    }
  }
}
