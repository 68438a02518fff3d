import Testing

@testable import Diffusion

/// Each optimizer beside its paper's formulas in double precision and plain loops, ten steps on a network of five layers.
@Suite("Optimizers by their papers' formulas")
struct PublishedOptimizersTests {
  @Test("lion")
  func lion() throws {
    var m = [Double]()
    try compare(OptimizerSettings(Lion.self, ["weight-decay": 0.1]), rate: 1e-2) { p, g, _ in
      if m.isEmpty { m = g.map { _ in 0 } }
      for i in p.indices {
        let c = 0.9 * m[i] + 0.1 * g[i]
        p[i] -= 1e-2 * ((c > 0 ? 1 : -1) + 0.1 * p[i])
        m[i] = 0.99 * m[i] + 0.01 * g[i]
      }
    }
  }

  @Test("muon: orthogonal steps between hidden layers, AdamW elsewhere")
  func muon() throws {
    var (m, v, step) = ([Double](), [Double](), 0)
    let settings = OptimizerSettings(Muon.self, ["weight-decay": 0.1, "adamw-share": 0.5])
    try compare(settings, rate: 0.02) { p, g, network in
      if m.isEmpty { (m, v) = (g.map { _ in 0 }, g.map { _ in 0 }) }
      step += 1
      for tensor in network.tensors {
        let isHidden = tensor.shape.count == 2 && !["net.0.weight", "net.8.weight"].contains(tensor.name)
        let range = tensor.range
        for i in range { m[i] = (isHidden ? 0.95 : 0.9) * m[i] + (isHidden ? 0.05 : 0.1) * g[i] }
        if isHidden {
          let (rows, columns) = (tensor.shape[0], tensor.shape[1])
          let o = Self.newtonSchulz(range.map { 0.05 * g[$0] + 0.95 * m[$0] }, rows, columns)
          let length = max(1, Double(rows) / Double(columns)).squareRoot()
          for (k, i) in range.enumerated() { p[i] -= 0.02 * (length * o[k] + 0.1 * p[i]) }
        } else {
          for i in range {
            v[i] = 0.99 * v[i] + 0.01 * g[i] * g[i]
            p[i] *= 1 - 0.01 * 0.1
            let (first, second) = (1 - Self.power(0.9, step), 1 - Self.power(0.99, step))
            p[i] -= 0.01 * (m[i] / first) / ((v[i] / second).squareRoot() + 1e-8)
          }
        }
      }
    }
  }

  @Test("schedule-free AdamW: the gradient at y, the network at x, under a rate that rises and falls")
  func scheduleFree() throws {
    let settings = OptimizerSettings(ScheduleFree.self, ["weight-decay": 0.1])
    let test = try TestBatch()
    var network = test.network
    var x = network.parameters.map(Double.init)
    var (z, v, sum, most) = (x, x.map { _ in 0.0 }, 0.0, 0.0)
    var optimizer = settings.optimizer(for: network)
    var gradient = LossGradient(network, workers: .single)
    for step in 1...10 {
      let rate = step < 5 ? 1e-3 * Double(step) : 3e-3
      var other = network
      other.parameters = zip(x, z).map { Float(0.9 * $0 + 0.1 * $1) }
      let g = test.gradient(&gradient, at: other)
      most = max(most, rate)
      sum += most * most
      for i in x.indices {
        v[i] = 0.999 * v[i] + 0.001 * g[i] * g[i]
        let normalized = g[i] / ((v[i] / (1 - Self.power(0.999, step))).squareRoot() + 1e-8)
        z[i] -= rate * (normalized + 0.1 * (0.9 * x[i] + 0.1 * z[i]))
        x[i] += most * most / sum * (z[i] - x[i])
      }
      _ = try optimizer.step(
        &network, batch: test.batch, gradient: &gradient, rate: rate, clipNorm: nil, workers: .single,
        gradientIsKnown: {})
      check(network, x, test.network)
    }
  }

  @Test("a matrix of any shape is made nearly orthogonal", arguments: [(3, 3), (5, 2), (2, 5), (40, 24)])
  func orthogonal(rows: Int, columns: Int) {
    var random = Random(seed: 4)
    let matrix = Matrix(rows, columns, (0..<rows * columns).map { _ in random.uniform() - 0.5 })
    let o = orthogonalized(matrix, InstructionSet.best.kernel, .single)
    let size = min(rows, columns)
    var square = Matrix(size, size)
    square.multiply(o, transposed: rows > columns, o, transposed: rows <= columns, InstructionSet.best.kernel, .single)
    // The trace is the sum of the squares of the singular values.
    let trace = (0..<size).reduce(0) { $0 + square.values[$1 * size + $1] } / Float(size)
    #expect((0.4...1.5).contains(trace))
  }

  /// Ten steps of the optimizer beside ten of the formulas, which are given the parameters, the gradient at them, and the
  /// network's layout.
  private func compare(
    _ settings: OptimizerSettings, rate: Double, formulas: (inout [Double], [Double], MLP) -> Void
  ) throws {
    let test = try TestBatch()
    var network = test.network
    var expected = network.parameters.map(Double.init)
    var optimizer = settings.optimizer(for: network)
    var gradient = LossGradient(network, workers: .single)
    for _ in 0..<10 {
      var other = network
      other.parameters = expected.map { Float($0) }
      formulas(&expected, test.gradient(&gradient, at: other), network)
      _ = try optimizer.step(
        &network, batch: test.batch, gradient: &gradient, rate: rate, clipNorm: nil, workers: .single,
        gradientIsKnown: {})
      check(network, expected, test.network)
    }
  }

  private func check(_ network: MLP, _ expected: [Double], _ start: MLP) {
    let error = zip(network.parameters, expected).reduce(0) { max($0, abs(Double($1.0) - $1.1)) }
    let moved = zip(start.parameters, expected).reduce(0) { max($0, abs(Double($1.0) - $1.1)) }
    #expect(error < 2e-3 * moved)
  }

  private static func power(_ base: Double, _ exponent: Int) -> Double {
    (0..<exponent).reduce(1) { product, _ in product * base }
  }

  /// Jordan's five steps, in double.
  private static func newtonSchulz(_ g: [Double], _ rows: Int, _ columns: Int) -> [Double] {
    let norm = g.reduce(0) { $0 + $1 * $1 }.squareRoot()
    var x = (0..<rows).map { r in (0..<columns).map { g[r * columns + $0] / norm } }
    for _ in 0..<5 {
      func product(_ a: [[Double]], _ b: [[Double]]) -> [[Double]] {
        a.map { row in b[0].indices.map { c in row.indices.reduce(0) { $0 + row[$1] * b[$1][c] } } }
      }
      let transposed = x[0].indices.map { c in x.map { $0[c] } }
      let square = product(x, transposed)
      let (first, second) = (product(square, x), product(product(square, square), x))
      for r in x.indices {
        for c in x[r].indices { x[r][c] = 3.4445 * x[r][c] - 4.775 * first[r][c] + 2.0315 * second[r][c] }
      }
    }
    return x.flatMap { $0 }
  }
}

/// A batch of 32 rows and a network at its start.
private struct TestBatch {
  private(set) var batch: Batch
  let network: MLP

  init() throws {
    var experiment = Experiment.seed
    experiment.data = .swissRoll(count: 300)
    (experiment.hidden, experiment.batchSize, experiment.stopsBatchAtEpochEnd) = ([6, 9, 9, 5], 32, false)
    let dataset = experiment.loadData()
    var random = Random(seed: 3)
    network = MLP(widths: [4, 6, 9, 9, 5, 2], activation: .silu, using: &random)
    batch = Batch(for: experiment, dataset: dataset)
    let levels = experiment.noiseLevels(for: dataset)
    var draws = Draws(seed: 1, points: dataset.points)
    batch.draw(
      rows: 0, stopsAtEpochEnd: false, of: dataset, levels: levels, shares: LevelShares(levels, power: 0),
      features: .plain, labelDropout: 0, instructionSet: .best, posterior: nil, using: &draws)
  }

  func gradient(_ gradient: inout LossGradient, at network: MLP) -> [Double] {
    _ = gradient.evaluate(network, input: batch.input, target: batch.target, weight: batch.weight, rows: batch.rows)
    return gradient.values.map(Double.init)
  }
}
