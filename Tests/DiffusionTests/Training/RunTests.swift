import Diffusion
import Testing

/// The default experiment, made small enough for tests.
private func smallExperiment() -> Experiment {
  var experiment = Experiment.standard
  experiment.data = .swissRoll(count: 500)
  experiment.hidden = [32, 32]
  experiment.batchSize = 64
  return experiment
}

private func makeRun(_ experiment: Experiment, seed: UInt64 = 1, threads: Int = 1) -> Run {
  Run(experiment, dataset: experiment.loadData(), seed: seed, threads: threads)
}

@Suite("Run")
struct RunTests {
  @Test("the loss falls")
  func learns() throws {
    var experiment = smallExperiment()
    // Without them the roll begins with a plateau.
    experiment.formulation.features.octaves = 3
    var run = makeRun(experiment)
    let losses = try (0..<1000).map { _ in try run.step().loss }
    #expect(losses.suffix(100).reduce(0, +) < 0.95 * losses.prefix(100).reduce(0, +))
    #expect(run.stepCount == 1000)
  }

  @Test("the first loss of the seed program is near what predicting zero scores")
  func firstLoss() throws {
    var run = makeRun(.seed)
    #expect(abs(try run.step().loss - 4729) < 600)
  }

  @Test("the same seed gives the same bits with one thread and with two; another seed does not")
  func deterministic() throws {
    var (one, two, other) = (
      makeRun(smallExperiment()), makeRun(smallExperiment(), threads: 2), makeRun(smallExperiment(), seed: 2)
    )
    for _ in 0..<20 {
      let report = try one.step()
      #expect(try two.step() == report)
      #expect(try other.step().loss != report.loss)
    }
    #expect(one.network.parameters == two.network.parameters)
  }

  @Test(
    "AVX2 and AVX-512 train to the same bits",
    .enabled(if: InstructionSet.avx512.isAvailable && InstructionSet.avx2.isAvailable))
  func instructionSets() throws {
    var runs = [InstructionSet.avx2, .avx512].map {
      Run(
        smallExperiment(), dataset: smallExperiment().loadData(), seed: 1, threads: 2, instructionSet: $0)
    }
    for _ in 0..<100 {
      for index in runs.indices { try runs[index].step() }
    }
    #expect(runs[0].network.parameters == runs[1].network.parameters && runs[0].losses == runs[1].losses)
    let moments = runs.map(\.moment)
    let x = [Point(0.3, -0.2), Point(0, 1)]
    let predictions = moments.map { $0.average?.epsilon(x: x, sigma: 0.1) }
    #expect(predictions[0] == predictions[1] && predictions[0] != nil)
  }

  @Test("each run begins with a fresh schedule; a changed base rate acts at once and the schedule goes on")
  func learningRate() throws {
    var experiment = smallExperiment()
    experiment.runs = [4, 8]
    experiment.learningRate = 1
    var run = makeRun(experiment)
    let rates = try (0..<6).map { _ in try run.step().learningRate }
    let cosine = LearningRateSchedule.cosine(floor: 0.1)
    #expect(rates[..<4] == ArraySlice((0..<4).map { cosine.factor(step: $0, of: 4) }))
    #expect(rates[4...] == ArraySlice((0..<2).map { cosine.factor(step: $0, of: 8) }))
    experiment.learningRate = 2
    try run.change(to: experiment)
    #expect(try run.step().learningRate == 2 * cosine.factor(step: 2, of: 8))
  }

  @Test("a step that is not finite stops training, names tensor and step, and keeps the last good parameters")
  func failFast() throws {
    var experiment = smallExperiment()
    var run = makeRun(experiment)
    for _ in 0..<3 { try run.step() }
    experiment.learningRate = 1e30
    try run.change(to: experiment)
    try run.step()
    let parameters = run.network.parameters
    #expect(parameters.allSatisfy { $0.isFinite })
    #expect {
      try run.step()
    } throws: { error in
      guard case .nonFinite(let tensor, step: 5)? = error as? TrainingError else { return false }
      return tensor.contains(" of net.")
    }
    #expect(run.network.parameters == parameters)
    #expect(run.stepCount == 4)
  }

  @Test("an infinite input is named")
  func nonFiniteInput() throws {
    var experiment = smallExperiment()
    experiment.data = .swissRoll(count: 4)
    let points = [Point(3e38, 0), Point(3e38, 0)]
    experiment.schedule = ScheduleSettings(.logLinear, count: 2, bounds: 1e38...3e38)
    var run = Run(experiment, dataset: Dataset(name: "far", points: points), seed: 0, threads: 1)
    #expect(throws: TrainingError.nonFinite(tensor: "x", step: 1)) { try run.step() }
  }

  @Test("a snapshot does not change when training goes on")
  func snapshot() throws {
    var run = makeRun(smallExperiment())
    let before = run.denoiser
    let x = [Point(0.1, 0.2)]
    let epsilon = before.epsilon(x: x, sigma: 0.5)
    try run.step()
    #expect(before.epsilon(x: x, sigma: 0.5) == epsilon)
    #expect(run.denoiser.epsilon(x: x, sigma: 0.5) != epsilon)
  }

  @Test("given weights are those that a run begins with again, until the network is another")
  func given() throws {
    let experiment = smallExperiment()
    let weights = makeRun(experiment, seed: 9).network
    var run = Run(experiment, dataset: experiment.loadData(), seed: 0, threads: 1, network: weights)
    try run.step()
    func again(_ other: Experiment, seed: UInt64 = 0) -> Run {
      run.restarted(other, dataset: other.loadData(), seed: seed, id: 1, threads: 1)
    }
    #expect(again(experiment).network == weights && again(experiment).stepCount == 0)
    #expect(again(experiment, seed: 3).network == weights)
    var changed = experiment
    changed.learningRate *= 2
    changed.data = .swissRoll(count: 5)
    #expect(again(changed).network == weights)
    changed.hidden = [experiment.hidden[0] + 1]
    let wider = again(changed)
    #expect(wider.network == Run(changed, dataset: changed.loadData(), seed: 0, threads: 1).network)
    let back = wider.restarted(experiment, dataset: experiment.loadData(), seed: 0, id: 2, threads: 1)
    #expect(back.network == weights)
  }
}

@Suite("Random")
struct RandomTests {
  @Test("normals in bulk are those drawn one by one, up to rounding")
  func bulk() {
    var (one, many) = (Random(seed: 4), Random(seed: 4))
    let points = many.normals(1001)
    #expect(points.allSatisfy { (one.normal() - $0).lengthSquared < 1e-11 })
    #expect(one == many)
  }

  @Test("normals have mean 0, variance 1 and a fourth moment of 3")
  func normals() {
    var random = Random(seed: 7)
    let values = random.normals(100_000).flatMap { [Double($0.x), Double($0.y)] }
    let mean = values.reduce(0, +) / Double(values.count)
    let variance = values.reduce(0) { $0 + $1 * $1 } / Double(values.count)
    let fourth = values.reduce(0) { $0 + $1 * $1 * $1 * $1 } / Double(values.count)
    #expect(abs(mean) < 0.01)
    #expect(abs(variance - 1) < 0.015)
    #expect(abs(fourth - 3) < 0.1)
  }

  @Test("streams of one seed differ, and a stream can be skipped ahead")
  func streams() {
    var (a, b) = (Random(seed: 1, stream: .weights), Random(seed: 1, stream: .epochs))
    #expect(a.next() != b.next())
    var skipped = a
    skipped.advance(by: 3)
    #expect(skipped == a.advanced(to: 3))
    for _ in 0..<3 { _ = a.next() }
    #expect(a.next() == skipped.next())
  }
}

@Suite("Network denoiser")
struct NetworkDenoiserTests {
  @Test("embeds sigma as PyTorch does")
  func parity() throws {
    let reference = try Reference("small_model")
    let model = SmallModel(reference, activation: .gelu, eps0: 1e-3)
    let denoiser = NetworkDenoiser(network: model.network)
    let epsilon = denoiser.epsilon(x: reference["x"].points, sigma: reference["sigma"].floats)
    #expect(relativeError(flattened(epsilon), reference["eps_hat"].floats) < 1e-5)
  }
}
