import Diffusion
import Testing

@Suite("AdamW")
struct AdamWTests {
  @Test("ten steps match PyTorch's AdamW", arguments: ["adam", "adamw"])
  func constantRate(name: String) throws {
    let reference = try Reference("optimizers")
    let model = try SmallModel(Reference("small_model"), activation: .gelu, eps0: 1e-3)
    let expected = reference[name]
    var network = model.network
    let settings = OptimizerSettings(
      AdamW.self, ["weight-decay": expected["weight_decay"].double, "epsilon": reference["epsilon"].double])
    var optimizer = AdamW(settings, network: network)
    var gradient = LossGradient(network, workers: Workers(count: 1))
    for step in 1...10 {
      let loss = gradient.evaluate(network, input: model.input, target: model.target, weight: model.weight, rows: 16)
      #expect(abs(loss / expected["loss_before_step"][step - 1].double - 1) < 1e-5)
      #expect(abs(gradient.norm / expected["grad_norm_before_step"][step - 1].double - 1) < 1e-5)
      optimizer.update(
        &network.parameters, gradient: gradient.values, scale: clippingScale(norm: gradient.norm, maximum: 1),
        rate: reference["lr"].double, workers: Workers(count: 1))
      guard step == 1 || step == 10 else { continue }
      let after = expected["after_\(step)"]
      #expect(maximumError(network.parameters, after["parameters"].flat(like: network)) < 1e-6)
      #expect(maximumError(optimizer.moment1, after["m"].flat(like: network)) < 5e-7)
      #expect(maximumError(optimizer.moment2, after["v"].flat(like: network)) < 5e-7)
    }
  }

  @Test("ten steps of the seed program match PyTorch: weighted loss, clipping, cosine rate")
  func seedProgram() throws {
    let reference = try Reference("seed_program")["step"]
    let model = SmallModel(reference, activation: .silu, eps0: 1e-4)
    var network = model.network
    var optimizer = AdamW(Experiment.seed.optimizer, network: network)
    var gradient = LossGradient(network, workers: Workers(count: 1))
    for step in 0..<10 {
      let loss = gradient.evaluate(network, input: model.input, target: model.target, weight: model.weight, rows: 16)
      #expect(abs(loss / reference["per_step"][step]["loss"].double - 1) < 1e-5)
      let rate = 3e-4 * Experiment.seed.learningRateSchedule.factor(step: step, of: 400)
      #expect(abs(rate / reference["lr_of_step_1_to_10"][step].double - 1) < 1e-8)
      optimizer.update(
        &network.parameters, gradient: gradient.values, scale: clippingScale(norm: gradient.norm, maximum: 1),
        rate: rate, workers: Workers(count: 1))
      if step == 0 {
        #expect(maximumError(network.parameters, reference["parameters_after_1"].flat(like: network)) < 1e-6)
      }
    }
    #expect(maximumError(network.parameters, reference["parameters_after_10"].flat(like: network)) < 1e-5)
  }
}

@Suite("Learning-rate schedule")
struct LearningRateScheduleTests {
  @Test("cosine to a tenth matches PyTorch")
  func cosineFloor() throws {
    let reference = try Reference("seed_program")["cosine", "lr_at"]
    for step in [0, 1, 2, 50, 100, 200, 300, 399, 400] {
      let rate = 3e-4 * LearningRateSchedule.cosine(floor: 0.1).factor(step: step, of: 400)
      #expect(abs(rate - reference["\(step)"].double) < 1e-12, "step \(step)")
    }
  }

  @Test("cosine to zero matches PyTorch")
  func cosine() throws {
    let reference = try Reference("optimizers")["cosine_lr"]
    let schedule = LearningRateSchedule.cosine(floor: 0)
    for step in 0...10 {
      let expected = reference["lr_at_step_0_to_10"][step].double
      #expect(abs(1e-3 * schedule.factor(step: step, of: 100) - expected) < 1e-15)
    }
    #expect(abs(1e-3 * schedule.factor(step: 99, of: 100) - reference["lr_at_step_99"].double) < 1e-15)
  }

  @Test("a run that goes on stays at the floor")
  func held() {
    #expect(LearningRateSchedule.cosine(floor: 0.1).factor(step: 900, of: 400) == 0.1)
  }

  @Test("one-cycle matches PyTorch's OneCycleLR")
  func oneCycle() {
    let expected = [
      (0, 0.04), (1, 0.05203460215272471), (7, 0.52), (14, 1), (15, 0.9979871550490316), (30, 0.5671183644422961),
      (49, 4e-6),
    ]
    for (step, factor) in expected {
      #expect(abs(LearningRateSchedule.oneCycle.factor(step: step, of: 50) - factor) < 1e-12, "step \(step)")
    }
  }

  @Test("a run of one step, and a run that goes on, have finite rates", arguments: LearningRateSchedule.all)
  func extremes(schedule: LearningRateSchedule) {
    for (step, total) in [(0, 1), (1, 1), (900, 400), (0, 2), (5, 3)] {
      let factor = schedule.factor(step: step, of: total)
      #expect(factor >= 0 && factor <= 1, "step \(step) of \(total)")
    }
  }

  @Test("linear stays at 1 for half a run, and ends in a line at its floor")
  func linear() {
    let factors = (0...10).map { LearningRateSchedule.linear(floor: 0.2).factor(step: $0, of: 8) }
    let expected = [1, 1, 1, 1, 1, 0.8, 0.6, 0.4, 0.2, 0.2, 0.2]
    #expect(zip(factors, expected).allSatisfy { abs($0 - $1) < 1e-12 })
  }

  @Test("the warm-up rises in equal steps to 1 and stays there")
  func warmUp() {
    #expect((0..<6).map { warmUpFactor(step: $0, length: 4) } == [0.25, 0.5, 0.75, 1, 1, 1])
    #expect(warmUpFactor(step: 0, length: 0) == 1)
  }
}

@Suite("Moving average")
struct MovingAverageTests {
  @Test("follows its definition")
  func definition() {
    var average = MovingAverage(decay: 0.5, of: [4])
    var expected: Float = 4
    for (t, parameter) in [Float(1), 2, 3, 10, -1, 0, 7, -8, -9, 1, 2].enumerated() {
      average.update(towards: [parameter], instructionSet: .best, workers: .single)
      let decay = min(0.5, (1 + Float(t)) / (10 + Float(t)))
      expected = decay * expected + (1 - decay) * parameter
      #expect(abs(average.parameters[0] - expected) < 1e-5)
    }
    #expect(average.updates == 11)
  }

  @Test("a run keeps one only where the experiment asks for it, and it lags the network")
  func run() throws {
    var experiment = Experiment.standard
    (experiment.hidden, experiment.batchSize, experiment.averageDecay) = ([8], 16, nil)
    let dataset = experiment.loadData()
    #expect(Run(experiment, dataset: dataset, seed: 0, threads: 1).averageDenoiser == nil)
    experiment.averageDecay = 0.9
    var run = Run(experiment, dataset: dataset, seed: 0, threads: 1)
    #expect(run.averageDenoiser?.network.parameters == run.network.parameters)
    for _ in 0..<5 { try run.step() }
    #expect(run.averageDenoiser?.network.parameters != run.network.parameters)
  }
}
