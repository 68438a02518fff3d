import Testing

@testable import Diffusion

@Suite("SOAP")
struct SOAPTests {
  private static let settings = OptimizerSettings(SOAP.self, ["basis-steps": 4, "weight-decay": 0.1])
  private static let network: MLP = {
    var random = Random(seed: 3)
    return MLP(widths: [5, 24, 8, 2], activation: .silu, using: &random)
  }()

  @Test("fourteen steps, in which the bases turn thrice, follow the paper's formulas in double precision")
  func oracle() {
    let network = Self.network
    var parameters = network.parameters
    var optimizer = SOAP(Self.settings, network: network)
    var layers = network.tensors.map { Oracle(network.parameters[$0.range].map(Double.init), $0.shape) }
    for step in 1...14 {
      let gradient = Self.gradient(step)
      optimizer.update(&parameters, gradient: gradient, scale: 0.5, rate: 1e-2, workers: .single)
      for (index, tensor) in network.tensors.enumerated() {
        layers[index].step(gradient[tensor.range].map { 0.5 * Double($0) }, rate: 1e-2, number: step)
        let error = zip(parameters[tensor.range], layers[index].w.joined()).map { abs(Double($0) - $1) }.max() ?? 0
        // A step moves each parameter by about its rate.
        #expect(error < 1e-4 * 1e-2 * Double(step), "\(tensor.name) after step \(step)")
      }
    }
  }

  @Test("any number of threads gives the same bits")
  func threads() {
    var random = Random(seed: 1)
    let network = MLP(widths: [4, 70, 90, 2], activation: .silu, using: &random)
    var (one, two) = (SOAP(Self.settings, network: network), SOAP(Self.settings, network: network))
    var (first, second) = (network.parameters, network.parameters)
    for _ in 0..<6 {
      let gradient = first.map { _ in random.uniform() - 0.5 }
      one.update(&first, gradient: gradient, scale: 1, rate: 1e-2, workers: .single)
      two.update(&second, gradient: gradient, scale: 1, rate: 1e-2, workers: Workers(count: 3))
    }
    #expect(first == second)
    #expect(one.state == two.state)
  }

  @Test("squares that overflow leave the bases as they are, and all finite")
  func overflow() throws {
    var parameters = Self.network.parameters
    var optimizer = SOAP(Self.settings, network: Self.network)
    for step in 1...8 {
      let gradient = Self.gradient(step).map { step < 5 ? $0 : 1e30 * $0 }
      optimizer.update(&parameters, gradient: gradient, scale: 1, rate: 1e-2, workers: .single)
    }
    #expect(parameters.allSatisfy { $0.isFinite })
    var other = SOAP(Self.settings, network: Self.network)
    try other.restore(optimizer.state, network: Self.network)
    #expect(other.state == optimizer.state)
  }

  @Test("a state that lacks a basis is refused, with nothing changed")
  func lacks() throws {
    var parameters = Self.network.parameters
    var optimizer = SOAP(Self.settings, network: Self.network)
    optimizer.update(&parameters, gradient: Self.gradient(1), scale: 1, rate: 1e-2, workers: .single)
    var state = optimizer.state
    state.tensors.removeAll { $0.name == "right_basis.net.4.weight" }
    var other = SOAP(Self.settings, network: Self.network)
    let before = other.state
    #expect(throws: CheckpointError.missing("right_basis.net.4.weight")) {
      try other.restore(state, network: Self.network)
    }
    #expect(other.state == before)
  }

  private static func gradient(_ step: Int) -> [Float] {
    var random = Random(seed: UInt64(step))
    return network.parameters.map { _ in random.uniform() - 0.5 }
  }
}

/// Algorithm 3 of the paper as it stands there, for one weight or (a row of one) bias, whose M is kept outside the basis; QR
/// by Gram and Schmidt.
private struct Oracle {
  private(set) var w: [[Double]]
  private let isBias: Bool
  private var m: [[Double]]
  private var v: [[Double]]
  private var (l, r, ql, qr): ([[Double]], [[Double]], [[Double]], [[Double]])

  init(_ values: [Double], _ shape: [Int]) {
    let columns = shape.last ?? 0
    isBias = shape.count == 1
    w = stride(from: 0, to: values.count, by: columns).map { Array(values[$0..<$0 + columns]) }
    m = w.map { $0.map { _ in 0 } }
    v = m
    func square(_ size: Int, _ diagonal: Double) -> [[Double]] {
      (0..<size).map { i in (0..<size).map { i == $0 ? diagonal : 0 } }
    }
    (l, r, ql, qr) = (square(w.count, 0), square(columns, 0), square(w.count, 1), square(columns, 1))
  }

  mutating func step(_ gradient: [Double], rate: Double, number: Int) {
    let columns = w[0].count
    let g = w.indices.map { Array(gradient[$0 * columns..<($0 + 1) * columns]) }
    let turned = product(product(transposed(ql), g), qr)
    m = combined(0.95, m, 0.05, g)
    v = combined(0.95, v, 0.05, turned.map { $0.map { $0 * $0 } })
    let (first, second) = (1 - power(0.95, number), 1 - power(0.95, number))
    let direction = zip(product(product(transposed(ql), m), qr), v).map { m, v in
      zip(m, v).map { $0 / first / (($1 / second).squareRoot() + 1e-8) }
    }
    w = combined(1 - rate * 0.1, w, -rate, product(product(ql, direction), transposed(qr)))
    guard !isBias else { return }
    l = combined(0.95, l, 0.05, product(g, transposed(g)))
    r = combined(0.95, r, 0.05, product(transposed(g), g))
    guard number % 4 == 0 else { return }
    // The first weight, [24, 5], has a basis of its shorter side alone.
    if w.count <= 4 * columns { ql = orthonormal(product(l, ql)) }
    if columns <= 4 * w.count { qr = orthonormal(product(r, qr)) }
  }

  private func power(_ base: Double, _ exponent: Int) -> Double {
    (0..<exponent).reduce(1) { product, _ in product * base }
  }

  private func transposed(_ a: [[Double]]) -> [[Double]] { a[0].indices.map { column in a.map { $0[column] } } }

  private func product(_ a: [[Double]], _ b: [[Double]]) -> [[Double]] {
    a.map { row in b[0].indices.map { column in row.indices.reduce(0) { $0 + row[$1] * b[$1][column] } } }
  }

  private func combined(_ a: Double, _ x: [[Double]], _ b: Double, _ y: [[Double]]) -> [[Double]] {
    zip(x, y).map { zip($0, $1).map { a * $0 + b * $1 } }
  }

  private func orthonormal(_ a: [[Double]]) -> [[Double]] {
    var columns: [[Double]] = []
    for column in transposed(a) {
      var rest = column
      for _ in 0..<2 {
        for other in columns {
          let dot = zip(rest, other).reduce(0) { $0 + $1.0 * $1.1 }
          rest = zip(rest, other).map { $0 - dot * $1 }
        }
      }
      let norm = rest.reduce(0) { $0 + $1 * $1 }.squareRoot()
      columns.append(rest.map { $0 / norm })
    }
    return transposed(columns)
  }
}
