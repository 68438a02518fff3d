@testable import Diffusion
import RealModule
import Testing

@Suite("Rows spread evenly")
struct EvenDrawsTests {
  @Test("unscrambled, Sobol's points are those of Joe and Kuo")
  func directionNumbers() {
    // The first eight points of their generator, dimensions 1 to 4, in eighths: in Gray's order, 0 1 3 2 6 7 5 4.
    let expected = [
      [0, 4, 6, 2, 3, 7, 5, 1], [0, 4, 2, 6, 3, 7, 1, 5], [0, 4, 2, 6, 5, 1, 7, 3], [0, 4, 2, 6, 7, 3, 5, 1],
    ]
    for (dimension, points) in expected.enumerated() {
      #expect((0..<8).map { Int(Sobol.bits(dimension, of: $0) >> 29) } == points)
    }
  }

  @Test("of 2^m points each 2^m-th of every coordinate has one, from any multiple of 2^m on", arguments: [1, 4, 8])
  func strata(power: Int) {
    let sobol = Sobol(seed: 5)
    let count = 1 << power
    for dimension in 0..<Sobol.dimensions {
      for start in [0, 3 * count] {
        let strata = (start..<start + count).map { Int(sobol.coordinate(dimension, of: $0) * Double(count)) }
        #expect(Set(strata).count == count)
      }
    }
  }

  @Test(
    "two coordinates together fill a square: 256 points have one in each elementary rectangle of 2 by 128 to 128 by 2")
  func rectangles() {
    let sobol = Sobol(seed: 8)
    for m in 1..<8 {
      let (columns, rows) = (Double(1 << m), Double(1 << (8 - m)))
      let cells = (0..<256).map { i in
        [Int(sobol.coordinate(0, of: i) * columns), Int(sobol.coordinate(1, of: i) * rows)]
      }
      #expect(Set(cells).count == 256)
    }
  }

  @Test("points are taken in the order of a line where that is shorter than Hilbert's curve, and else along the curve")
  func path() {
    let roll = Dataset.swissRoll(count: 500).points
    #expect(pathOrder(roll) == Array(0..<500))
    var random = Random(seed: 2)
    let cloud = random.normals(500)
    #expect(pathOrder(cloud) == hilbertOrder(cloud) && Set(pathOrder(cloud)).count == 500)
    #expect(pathOrder([Point(1, 2)]) == [0])
  }

  @Test("another seed scrambles otherwise, and each point is uniform over seeds")
  func scrambled() {
    #expect(Sobol(seed: 1).coordinate(0, of: 0) != Sobol(seed: 2).coordinate(0, of: 0))
    let values = (0..<4000).map { Sobol(seed: UInt64($0)).coordinate(2, of: 77) }
    let mean = values.reduce(0, +) / 4000
    let square = values.reduce(0) { $0 + $1 * $1 } / 4000
    #expect(abs(mean - 0.5) < 0.02 && abs(square - 1.0 / 3) < 0.02)
  }

  @Test("of 64 stratified rows one is in each 64th")
  func stratified() throws {
    let draws = try #require(EvenDraws(.stratified, seed: 3))
    for dimension in 0..<4 {
      let strata = draws.coordinates(dimension, from: 128, count: 64).map { Int($0 * 64) }
      #expect(Set(strata).count == 64)
    }
  }

  @Test(
    "the normal quantile inverts the distribution function", arguments: [1e-300, 1e-20, 1e-9, 0.01, 0.07, 0.3, 0.5])
  func quantile(u: Double) {
    let x = normalQuantile(u)
    #expect(abs(Double.erfc(-x / 2.0.squareRoot()) / 2 / u - 1) < 1e-12)
    if u > 1e-9 { #expect(abs(normalQuantile(1 - u) + x) < 1e-9) }
  }

  @Test("levels are drawn in proportion to the power of their weight, and weighted back")
  func levels() {
    let levels = [1.0, 2, 4].map {
      NoiseLevel(sigma: Float($0), formulation: Formulation(weighting: .inverseVariance(eps0: 1e-12)), sigmaData: 1)
    }
    let shares = LevelShares(levels, power: 0.5)
    // Weights 1, 1/4, 1/16, so shares 4, 2, 1 of 7.
    #expect((0..<7).map { shares.level(at: (Double($0) + 0.5) / 7) } == [0, 0, 0, 0, 1, 1, 2])
    for (factor, expected) in zip(shares.factors, [7.0 / 12, 7.0 / 6, 7.0 / 3]) {
      #expect(abs(Double(factor) - expected) < 1e-6)
    }
    #expect(LevelShares(levels, power: 0).factors == [1, 1, 1])
  }

  @Test("the mean of the gradient is the same however rows are drawn and whatever the target")
  func unbiased() throws {
    var experiment = Experiment.seed
    experiment.data = .swissRoll(count: 300)
    experiment.hidden = [8]
    experiment.batchSize = 256
    experiment.stopsBatchAtEpochEnd = false
    experiment.formulation.weighting = .inverseVariance(eps0: 0.1)
    let plain = try meanGradient(experiment)
    for (kind, power, target) in [
      (DrawKind.stratified, 0, TrainingTarget.sample), (.sobol, 0, .sample), (.shuffled, 0.5, .sample),
      (.sobol, 0.5, .posterior), (.shuffled, 0, .posterior), (.shuffled, 0, .references(1000)),
    ] {
      (experiment.drawKind, experiment.levelPower, experiment.target) = (kind, power, target)
      let other = try meanGradient(experiment)
      for i in plain.mean.indices {
        let error = (plain.variance[i] + other.variance[i]).squareRoot()
        #expect(abs(plain.mean[i] - other.mean[i]) < 5 * error + 1e-9)
      }
      let variance = other.variance.reduce(0, +) / plain.variance.reduce(0, +)
      if target == .posterior && kind == .sobol { #expect(variance < 0.2) }
    }
  }

  /// The mean of the gradient over 200 batches, and the variance of that mean.
  private func meanGradient(_ experiment: Experiment) throws -> (mean: [Double], variance: [Double]) {
    let dataset = experiment.loadData()
    let levels = experiment.noiseLevels(for: dataset)
    var random = Random(seed: 1)
    let network = MLP(widths: [4] + experiment.hidden + [2], activation: .silu, using: &random)
    var gradient = LossGradient(network, workers: .single)
    var draws = Draws(seed: 4, points: dataset.points, kind: experiment.drawKind)
    let posterior = PosteriorTargets(
      experiment.target, dataset: dataset, seed: 4, instructionSet: .best, workers: .single)
    var batch = Batch(for: experiment, dataset: dataset)
    let shares = LevelShares(levels, power: experiment.levelPower)
    var (sum, squares) = ([Double](repeating: 0, count: network.parameters.count), [Double]())
    squares = sum
    let count = 200
    for k in 0..<count {
      batch.draw(
        rows: k * 256, stopsAtEpochEnd: false, of: dataset, levels: levels, shares: shares, features: .plain,
        labelDropout: 0, instructionSet: .best, posterior: posterior, using: &draws)
      _ = gradient.evaluate(
        network, input: batch.input, target: batch.target, weight: batch.weight, rows: batch.rows)
      for (i, value) in gradient.values.enumerated() {
        sum[i] += Double(value)
        squares[i] += Double(value) * Double(value)
      }
    }
    let mean = sum.map { $0 / Double(count) }
    return (mean, zip(squares, mean).map { ($0 / Double(count) - $1 * $1) / Double(count - 1) })
  }
}
