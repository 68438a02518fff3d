import Foundation
import Testing

@testable import Diffusion

@Suite("Natural gradient")
struct NaturalTests {
  @Test("steps follow the formulas in double precision, with a Jacobian by finite differences")
  func oracle() throws {
    var experiment = Experiment.tiny
    experiment.batchSize = 20
    experiment.averageDecay = nil
    experiment.optimizer["damping"] = 0.05
    var run = Run(experiment, dataset: experiment.loadData(), seed: 3, threads: 2)
    var oracle = NaturalOracle(run.network, damping: 0.05)
    for step in 0..<6 {
      let rows = try #require(NaturalOracle.batch(experiment, step: step, seed: 3))
      oracle.step(rows, momentum: 0.6, rate: 0.2)
      _ = try run.step()
      let error = zip(run.network.parameters, oracle.parameters).reduce(0) { max($0, abs(Double($1.0) - $1.1)) }
      let moved = zip(oracle.parameters, oracle.start).reduce(0) { max($0, abs($1.0 - $1.1)) }
      #expect(error < 2e-3 * moved)
      let damping = try #require(run.checkpoint.optimizer.numbers["damping"])
      // The slope of cross-validation comes from single precision.
      #expect(abs(damping / oracle.damping - 1) < 1e-4)
    }
  }

  @Test("a step that doubles the batch's loss is taken back, and the damping grows")
  func takesBack() throws {
    var experiment = Experiment.tiny
    experiment.learningRate = 1e6
    var run = Run(experiment, dataset: experiment.loadData(), seed: 0, threads: 1)
    let before = run.network.parameters
    _ = try run.step()
    let damping = run.checkpoint.optimizer.numbers["damping"]
    for _ in 0..<2 { _ = try run.step() }
    let numbers = run.checkpoint.optimizer.numbers
    #expect(run.network.parameters == before)
    #expect(numbers["refusals"] == 3)
    let first = try #require(damping)
    #expect(numbers["damping"] == 16 * first)
  }

  @Test("any number of threads gives the same bits, and a resumed run goes on with them")
  func deterministic() throws {
    let experiment = Experiment.tiny
    let dataset = experiment.loadData()
    var (one, two) = (
      Run(experiment, dataset: dataset, seed: 1, threads: 1), Run(experiment, dataset: dataset, seed: 1, threads: 2)
    )
    for _ in 0..<5 {
      let report = try one.step()
      #expect(try two.step() == report)
    }
    var resumed = try Run(resuming: two.checkpoint, dataset: dataset, threads: 1)
    for _ in 0..<5 {
      let report = try one.step()
      #expect(try resumed.step() == report)
    }
    #expect(one.network.parameters == resumed.network.parameters)
    #expect(one.checkpoint == resumed.checkpoint)
  }

  @Test(
    "it stays finite on every data set, with every formulation and batch",
    arguments: Shape.allCases, [1, 7, 48])
  func finite(shape: Shape, rows: Int) throws {
    for (index, parameterization) in Parameterization.allCases.enumerated() {
      var experiment = Experiment.tiny
      experiment.data = .shape(shape, count: rows == 1 ? 1 : 200)
      experiment.batchSize = rows
      experiment.formulation.parameterization = parameterization
      experiment.formulation.weighting = Weighting.all[index % Weighting.all.count]
      experiment.target = TrainingTarget.all[index % TrainingTarget.all.count]
      experiment.drawKind = DrawKind.allCases[index % DrawKind.allCases.count]
      experiment.learningRate = 0.15
      var run = Run(experiment, dataset: experiment.loadData(), seed: 2, threads: 1)
      for _ in 0..<60 { #expect(try run.step().loss.isFinite) }
      let isFinite = run.network.parameters.allSatisfy { $0.isFinite }
      #expect(isFinite)
    }
  }
}

extension Experiment {
  /// A network that takes no time.
  fileprivate static var tiny: Experiment {
    var experiment = Experiment.seed
    experiment.data = .swissRoll(count: 300)
    experiment.hidden = [9, 11]
    experiment.batchSize = 32
    experiment.stopsBatchAtEpochEnd = false
    experiment.formulation.weighting = .inverseVariance(eps0: 1)
    experiment.optimizer = OptimizerSettings(Natural.self)
    experiment.learningRate = 0.2
    experiment.learningRateSchedule = .constant
    experiment.runs = [1000]
    return experiment
  }
}

/// The formulas in double precision, for a network of one activation. The Jacobian comes from finite differences, the
/// system is solved by Gauss's elimination: nothing is shared with the kernels.
private struct NaturalOracle {
  typealias Rows = (input: [[Double]], target: [[Double]], weight: [Double])

  let widths: [Int]
  let start: [Double]
  private(set) var parameters: [Double]
  private(set) var damping: Double
  private var isFirst = true
  private var direction: [Double]

  init(_ network: MLP, damping: Double) {
    widths = network.widths
    start = network.parameters.map(Double.init)
    parameters = start
    self.damping = damping
    direction = start.map { _ in 0 }
  }

  /// The rows that step `step` of a run draws.
  static func batch(_ experiment: Experiment, step: Int, seed: UInt64) -> Rows? {
    let dataset = experiment.loadData()
    let levels = experiment.noiseLevels(for: dataset)
    var draws = Draws(seed: seed, points: dataset.points)
    let count = experiment.batchSize
    var (indices, noise) = ([Int32](repeating: 0, count: count), [Point](repeating: .zero, count: count))
    let shares = LevelShares(levels, power: 0)
    var levelDraws = [Double](repeating: 0, count: count)
    draws.points(from: step * count, count: count, into: &indices)
    draws.noise(from: step * count, count: count, into: &noise, instructionSet: .best)
    draws.levels(from: step * count, count: count, shares: shares, into: &levelDraws)
    var rows: Rows = ([], [], [])
    for row in 0..<count {
      let level = levels[shares.level(at: levelDraws[row])]
      let x = dataset.points[Int(indices[row])] + level.sigma * noise[row]
      rows.input.append([x.x, x.y, level.embedding.x, level.embedding.y].map(Double.init))
      rows.target.append([noise[row].x, noise[row].y].map(Double.init))
      rows.weight.append(Double(level.weight) / Double(count))
    }
    return rows
  }

  private func residuals(_ parameters: [Double], _ rows: Rows) -> [Double] {
    rows.input.indices.flatMap { row in
      var (h, at) = (rows.input[row], 0)
      for (layer, (fanIn, out)) in zip(widths, widths.dropFirst()).enumerated() {
        var next: [Double] = []
        for o in 0..<out {
          var sum = parameters[at + fanIn * out + o]
          for i in 0..<fanIn { sum += parameters[at + o * fanIn + i] * h[i] }
          next.append(layer + 2 < widths.count ? Activation.silu.value(sum) : sum)
        }
        (h, at) = (next, at + (fanIn + 1) * out)
      }
      return zip(h, rows.target[row]).map { rows.weight[row].squareRoot() * ($0 - $1) }
    }
  }

  mutating func step(_ rows: Rows, momentum: Double, rate: Double) {
    let r = residuals(parameters, rows)
    let columns = parameters.indices.map { i in
      var (up, down) = (parameters, parameters)
      up[i] += 1e-5
      down[i] -= 1e-5
      return zip(residuals(up, rows), residuals(down, rows)).map { ($0 - $1) / 2e-5 }
    }
    let n = r.count
    var matrix = (0..<n).map { i in (0..<n).map { k in columns.reduce(0) { $0 + $1[i] * $1[k] } } }
    if isFirst { damping *= (0..<n).reduce(0) { $0 + matrix[$1][$1] } / Double(n) }
    isFirst = false
    let lambda = damping
    for i in 0..<n { matrix[i][i] += lambda }
    let along = (0..<n).map { i in zip(columns, direction).reduce(0) { $0 + $1.0[i] * $1.1 } }
    let a = Self.solve(matrix, zip(r, along).map { $0 - momentum * $1 })
    var random = Random(seed: 0)
    let signs = (0..<n).map { _ in random.next() & 1 == 0 ? 1.0 : -1 }
    let seen = Self.solve(matrix, signs)
    func dot(_ a: [Double], _ b: [Double]) -> Double { zip(a, b).reduce(0) { $0 + $1.0 * $1.1 } }
    let slope = 2 * lambda * (dot(seen, seen) / dot(signs, seen) - dot(a, Self.solve(matrix, a)) / dot(a, a))
    direction = parameters.indices.map { i in
      momentum * direction[i] + zip(columns[i], a).reduce(0) { $0 + $1.0 * $1.1 }
    }
    let before = parameters
    parameters = zip(parameters, direction).map { $0 - rate * $1 }
    func square(_ values: [Double]) -> Double { values.reduce(0) { $0 + $1 * $1 } }
    let changed = (0..<n).map { i in r[i] - rate * zip(columns, direction).reduce(0) { $0 + $1.0[i] * $1.1 } }
    let loss = square(residuals(parameters, rows))
    let ratio = (square(r) - loss) / (square(r) - square(changed))
    if loss > 2 * square(r) {
      (parameters, damping) = (before, 4 * damping)
      direction = direction.map { _ in 0 }
    } else {
      damping *= exp(min(max(0.5 * (-0.05 - slope), -0.5), 0.5)) * (ratio < 0.5 ? 1.2 : 1)
    }
  }

  private static func solve(_ matrix: [[Double]], _ right: [Double]) -> [Double] {
    var (a, x) = (matrix, right)
    for c in a.indices {
      for row in (c + 1)..<max(a.count, c + 1) {
        let factor = a[row][c] / a[c][c]
        for k in c..<a.count { a[row][k] -= factor * a[c][k] }
        x[row] -= factor * x[c]
      }
    }
    for c in a.indices.reversed() {
      for k in (c + 1)..<max(a.count, c + 1) { x[c] -= a[c][k] * x[k] }
      x[c] /= a[c][c]
    }
    return x
  }
}
