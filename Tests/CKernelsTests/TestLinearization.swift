import CKernels

/// A direction and coefficients for a linearization of a test network.
private func arguments(_ test: TestNetwork) -> (direction: [Float], coefficients: [Float]) {
  var numbers = TestNumbers()
  return (numbers.next(test.parameters.count, within: 0.3), numbers.next(test.target.count, within: 1))
}

/// What the kernels say of a test network, in their tiles turned back into rows: number (n, o) at [n·O + o].
struct Linearization {
  var (loss, square) = (0.0, 0.0)
  var residual: [Float] = []
  var tangent: [Float] = []
  /// `[N, N]`, the lower triangle, zero above.
  var gram: [Float] = []
  var gradient: [Float]

  /// Memory starts as NaN: nothing may be read unwritten.
  init(_ test: TestNetwork, isa: kernel_isa) {
    let network = test.network(isa)
    let outputs = Int(test.widths.last ?? 0)
    let count = kernel_linearization_numbers(network, test.rows)
    func memory(_ count: Int) -> UnsafeMutablePointer<Float> {
      let memory = UnsafeMutablePointer<Float>.allocate(capacity: count)
      memory.initialize(repeating: .nan, count: count)
      return memory
    }
    let losses = UnsafeMutablePointer<Double>.allocate(capacity: test.rows)
    let (direction, coefficients) = arguments(test)
    gradient = [Float](repeating: .nan, count: test.parameters.count)
    var at = kernel_linearization()
    at.round.rows = test.rows
    at.round.loss = losses
    at.round.tape = memory(kernel_linearization_tape_size(network, test.rows))
    at.tiles = memory(kernel_linearization_size(network, test.rows))
    at.residual = memory(count)
    at.tangent = memory(count)
    at.gram = memory(count * count)
    var scratch = [Float](repeating: .nan, count: kernel_scratch_size(network))
    var tiled = [Float](repeating: 0, count: count)
    for row in 0..<test.rows {
      for o in 0..<outputs { tiled[Self.place(row, o, outputs)] = coefficients[row * outputs + o] }
    }
    test.parameters.withUnsafeBufferPointer { parameters in
      test.input.withUnsafeBufferPointer { input in
        test.target.withUnsafeBufferPointer { target in
          test.weight.withUnsafeBufferPointer { weight in
            direction.withUnsafeBufferPointer { direction in
              at.round.parameters = parameters.baseAddress
              at.round.input = input.baseAddress
              at.round.target = target.baseAddress
              at.round.weight = weight.baseAddress
              at.direction = direction.baseAddress
              let tiles = kernel_tiles(at.round)
              for tile in 0..<tiles { kernel_linearize(network, at, tile, &scratch) }
              for pair in 0..<kernel_gram_pairs(tiles) { kernel_gram(network, at, pair) }
              for tile in 0..<tiles { kernel_combine(network, at, tiled, tile) }
              for block in 0..<kernel_blocks(network) {
                _ = kernel_weight_gradient(network, at.round, block, false, &gradient)
              }
            }
          }
        }
      }
    }
    square = kernel_quadratic_form(isa, at.gram, count, tiled)
    for row in 0..<test.rows {
      loss += losses[row]
      for o in 0..<outputs {
        let i = Self.place(row, o, outputs)
        residual.append(at.residual[i])
        tangent.append(at.tangent[i])
        for other in 0..<test.rows {
          for q in 0..<outputs {
            let k = Self.place(other, q, outputs)
            gram.append(i >= k ? at.gram[CKernelsTests.place(i, k, count)] : 0)
          }
        }
      }
    }
    losses.deallocate()
    for memory in [at.round.tape, at.tiles, at.residual, at.tangent, at.gram] { memory?.deallocate() }
  }

  /// Where the kernels have number (row, output).
  static func place(_ row: Int, _ output: Int, _ outputs: Int) -> Int {
    (row / 16 * outputs + output) * 16 + row % 16
  }
}

/// The same from the Jacobian, written down.
struct ReferenceLinearization {
  let residual: [Float]
  let tangent: [Float]
  let gram: [Float]
  let gradient: [Float]
  let square: Double

  /// - Parameter coefficients: Nil stands for the residuals.
  init(_ test: TestNetwork, coefficients given: [Float]? = []) {
    let (outputs, parameters) = (Int(test.widths.last ?? 0), test.parameters.count)
    let count = test.rows * outputs
    var jacobian = [Double](repeating: .nan, count: count * parameters)
    kernel_reference_jacobian(test.network(), test.parameters, test.input, test.weight, test.rows, &jacobian)
    let output = test.referenceOutput()
    residual = (0..<count).map { test.weight[$0 / outputs].squareRoot() * (output[$0] - test.target[$0]) }
    let (direction, drawn) = arguments(test)
    let coefficients = given == nil ? residual : drawn
    func row(_ i: Int) -> ArraySlice<Double> { jacobian[(i * parameters)..<((i + 1) * parameters)] }
    tangent = (0..<count).map { i in Float(zip(row(i), direction).reduce(0.0) { $0 + $1.0 * Double($1.1) }) }
    var gram: [Float] = []
    for i in 0..<count {
      for k in 0..<count {
        let (first, second) = (Self.place(i, outputs), Self.place(k, outputs))
        gram.append(first < second ? 0 : Float(zip(row(i), row(k)).reduce(0.0) { $0 + $1.0 * $1.1 }))
      }
    }
    self.gram = gram
    var sum = [Double](repeating: 0, count: parameters)
    for i in 0..<count { for p in 0..<parameters { sum[p] += jacobian[i * parameters + p] * Double(coefficients[i]) } }
    gradient = sum.map { Float($0) }
    square = sum.reduce(0) { $0 + $1 * $1 }
  }

  private static func place(_ i: Int, _ outputs: Int) -> Int { Linearization.place(i / outputs, i % outputs, outputs) }
}
