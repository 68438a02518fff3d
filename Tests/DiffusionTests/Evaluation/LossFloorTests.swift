import Testing

@testable import Diffusion

@Suite("Loss floor")
struct LossFloorTests {
  static let schedule = ScheduleSettings(.logLinear).schedule

  static func levels(
    _ weighting: Weighting, _ parameterization: Parameterization = .epsilon, sigmaData: Float = 0.45
  ) -> [NoiseLevel] {
    let formulation = Formulation(parameterization: parameterization, weighting: weighting)
    return schedule.sigmas.map { NoiseLevel(sigma: $0, formulation: formulation, sigmaData: sigmaData) }
  }

  static func floor(_ dataset: Dataset, draws: Int, labelDropout: Double = 1) -> LossFloor {
    var floor = LossFloor(
      dataset, schedule: schedule, ideal: IdealDenoiser(dataset), labelDropout: labelDropout, seed: 1)
    while floor.draws < draws { floor.refine(rows: 1000) }
    return floor
  }

  @Test("the seed program's floor is 2,353, and 0.475 for the plain mean squared error")
  func seed() throws {
    let floor = LossFloorTests.floor(.swissRoll(count: 20_000), draws: 8000)
    let seed = try #require(floor.value(LossFloorTests.levels(.inverseVariance(eps0: 1e-4))))
    #expect(abs(seed.floor - 2353) < 33 && seed.standardError < 10)
    let plain = try #require(floor.value(LossFloorTests.levels(.uniform)))
    #expect(abs(plain.floor - 0.475) < 0.005)
  }

  @Test("smalldiffusion's roll has the floors measured with a million draws")
  func smalldiffusion() throws {
    let floor = LossFloorTests.floor(.smalldiffusionRoll(count: 100), draws: 60_000)
    for (eps0, expected) in [(1, 0.605), (0.1, 4.69), (0.01, 26.5), (0.001, 104.3)] as [(Double, Float)] {
      let value = try #require(floor.value(LossFloorTests.levels(.inverseVariance(eps0: eps0))))
      #expect(abs(value.floor - expected) < max(4 * value.standardError, 0.003 * expected))
    }
    let plain = try #require(floor.value(LossFloorTests.levels(.uniform)))
    #expect(abs(plain.floor - 0.3293) < 0.004)
  }

  @Test("there is no floor before every level has been seen, and refining in pieces gives the same")
  func pieces() throws {
    let data = Dataset.smalldiffusionRoll(count: 100)
    let ideal = IdealDenoiser(data)
    var whole = LossFloor(data, schedule: LossFloorTests.schedule, ideal: ideal, labelDropout: 1, seed: 5)
    whole.refine(rows: 799)
    #expect(whole.value(LossFloorTests.levels(.uniform)) == nil)
    whole.refine(rows: 1)
    #expect(whole.value(LossFloorTests.levels(.uniform)) != nil && whole.draws == 800)
    whole.refine(rows: 0)
    #expect(whole.draws == 800)
  }

  @Test("labels lower the floor, the less they are hidden the more")
  func labels() throws {
    let data = DataSource.shape(.mixture, count: 2000).load()
    let levels = LossFloorTests.levels(.uniform)
    let floors = try [1, 0.5, 0].map {
      try #require(LossFloorTests.floor(data, draws: 20_000, labelDropout: $0).value(levels)).floor
    }
    #expect(floors[0] > floors[1] * 1.05 && floors[1] > floors[2] * 1.05)
    #expect(abs(floors[1] - (floors[0] + floors[2]) / 2) < 0.01)
  }

  @Test("predicting zero scores 4,729 under the seed program's loss, and what the targets' variance says")
  func predictingZero() {
    let data = Dataset.swissRoll(count: 20_000)
    let zero = LossFloor.predictingZero(LossFloorTests.levels(.inverseVariance(eps0: 1e-4)), dataset: data)
    #expect(abs(zero - 4729) < 2)
    // EDM's target has variance 1 in both coordinates.
    let edm = LossFloor.predictingZero(LossFloorTests.levels(.edm, .edm, sigmaData: data.sigmaData), dataset: data)
    #expect(abs(edm - 2) < 1e-4)
    #expect(LossFloor.progress(loss: 3.5, floor: 3, zero: 5) == 0.75)
  }

  @Test("a network of zeros has the loss of predicting zero, the ideal denoiser that of the floor")
  func expectedLoss() throws {
    let data = Dataset.swissRoll(count: 2000)
    let levels = LossFloorTests.levels(.inverseVariance(eps0: 0.1))
    var random = Random(seed: 1)
    let zeros = NetworkDenoiser(network: MLP(widths: [4, 8, 2], activation: .silu))
    let zero = ExpectedLoss(of: zeros, dataset: data, levels: levels, drawsPerLevel: 100, using: &random)
    let expected = LossFloor.predictingZero(levels, dataset: data)
    #expect(abs(zero.value - expected) < 4 * zero.standardError && zero.standardError < 0.01 * expected)
    let ideal = ExpectedLoss(
      of: IdealDenoiser(data), dataset: data, levels: levels, drawsPerLevel: 100, using: &random)
    let floor = try #require(LossFloorTests.floor(data, draws: 20_000).value(levels))
    #expect(abs(ideal.value - floor.floor) < 4 * (ideal.standardError + floor.standardError))
  }
}

@Suite("Loss by noise level")
struct LossByNoiseTests {
  @Test("the ideal denoiser learns all there is, a network of zeros scores 2 wherever there is noise")
  func extremes() {
    let data = Dataset.swissRoll(count: 2000)
    let ideal = IdealDenoiser(data)
    let probe = LossByNoise(data, schedule: LossFloorTests.schedule, ideal: ideal, perBin: 400, seed: 1)
    let levels = LossFloorTests.levels(.uniform)
    let best = probe.bins(ideal, levels: levels)
    #expect(best.count == 16)
    #expect(best.allSatisfy { abs($0.learned - $0.ideal) < 1e-6 })
    #expect(abs(best[0].sigma.lowerBound - 0.002) < 1e-6 && abs(best[15].sigma.upperBound - 2) < 1e-5)
    #expect(best[0].ideal > 0.7 && best[15].ideal < 0.2)
    let zeros = probe.bins(NetworkDenoiser(network: MLP(widths: [4, 8, 2], activation: .silu)), levels: levels)
    #expect(zeros.allSatisfy { abs($0.learned - 2) < 0.3 })
    #expect(zip(zeros, best).allSatisfy { $0.ideal == $1.ideal })
  }

  @Test("the seed program's loss has 93 % of its weight below sigma = 0.02")
  func mass() {
    let data = Dataset.smalldiffusionRoll(count: 100)
    let probe = LossByNoise(data, schedule: LossFloorTests.schedule, ideal: IdealDenoiser(data), bins: 3, seed: 1)
    let bins = probe.bins(IdealDenoiser(data), levels: LossFloorTests.levels(.inverseVariance(eps0: 1e-4)))
    #expect(abs(bins[0].mass - 0.93) < 0.02)
    #expect(abs(bins.reduce(0) { $0 + $1.mass } - 1) < 1e-5)
    let even = probe.bins(IdealDenoiser(data), levels: LossFloorTests.levels(.uniform))
    #expect(even.allSatisfy { abs($0.mass - 1 / 3) < 0.01 })
  }
}
