import CKernels

/// A random network with a random batch, to call the kernels on.
struct TestNetwork {
  var widths: [Int32]
  var activation: kernel_activation
  var parameters: [Float]
  var input: [Float]  // [B, in]
  let target: [Float]  // [B, out]
  let weight: [Float]  // [B]

  var rows: Int { weight.count }

  init(widths: [Int32], rows: Int, activation: kernel_activation) {
    self.widths = widths
    self.activation = activation
    var numbers = TestNumbers()
    parameters = []
    for (fanIn, out) in zip(widths, widths.dropFirst()) {
      parameters += numbers.next(Int((fanIn + 1) * out), within: 1.5 / Float(fanIn).squareRoot())
    }
    input = numbers.next(rows * Int(widths.first ?? 0), within: 2)
    target = numbers.next(rows * Int(widths.last ?? 0), within: 1)
    weight = numbers.next(rows, within: 0.5).map { ($0 + 1) / Float(rows) }
  }

  func network(_ isa: kernel_isa = KERNEL_BASELINE) -> kernel_network {
    kernel_network_make(isa, activation, widths, Int32(widths.count - 1))
  }

  func referenceOutput() -> [Float] {
    let network = network()
    var output = [Float](repeating: .nan, count: target.count)
    kernel_reference_forward(network, parameters, input, rows, &output)
    return output
  }

  func referenceGradient() -> (loss: Double, gradient: [Float]) {
    let network = network()
    var gradient = [Float](repeating: .nan, count: parameters.count)
    let loss = kernel_reference_gradient(network, parameters, input, target, weight, rows, &gradient)
    return (loss, gradient)
  }

  func output(_ isa: kernel_isa) -> [Float] {
    let network = network(isa)
    var scratch = [Float](repeating: .nan, count: kernel_scratch_size(network))
    var output = [Float](repeating: .nan, count: target.count)
    kernel_forward(network, parameters, input, rows, &output, &scratch)
    return output
  }

  /// Loss, gradient, and the sum of its squares, round by round. Memory starts as NaN: nothing may be read unwritten.
  func gradient(_ isa: kernel_isa, shared: Bool) -> (loss: Double, gradient: [Float], squares: Double) {
    let network = network(isa)
    var scratch = [Float](repeating: .nan, count: kernel_scratch_size(network))
    var tape = [Float](repeating: .nan, count: kernel_tape_size(network))
    var losses = [Double](repeating: .nan, count: rows)
    var gradient = [Float](repeating: .nan, count: parameters.count)
    var squares = 0.0
    let (inputs, outputs) = (Int(widths[0]), Int(widths[widths.count - 1]))
    for first in stride(from: 0, to: rows, by: KERNEL_ROUND) {
      parameters.withUnsafeBufferPointer { parameters in
        input.withUnsafeBufferPointer { input in
          target.withUnsafeBufferPointer { target in
            weight.withUnsafeBufferPointer { weight in
              tape.withUnsafeMutableBufferPointer { tape in
                losses.withUnsafeMutableBufferPointer { losses in
                  let round = kernel_round(
                    parameters: parameters.baseAddress, input: input.baseAddress.map { $0 + first * inputs },
                    target: target.baseAddress.map { $0 + first * outputs },
                    weight: weight.baseAddress.map { $0 + first },
                    rows: min(KERNEL_ROUND, weight.count - first), shared: shared, tape: tape.baseAddress,
                    loss: losses.baseAddress.map { $0 + first })
                  for tile in 0..<kernel_tiles(round) {
                    kernel_backward(network, round, tile, &scratch)
                  }
                  squares = (0..<kernel_blocks(network)).reduce(0) {
                    $0 + kernel_weight_gradient(network, round, $1, first > 0, &gradient)
                  }
                }
              }
            }
          }
        }
      }
    }
    return (losses.reduce(0, +), gradient, squares)
  }
}

/// Numbers that look random, the same in every run.
struct TestNumbers {
  private var state: UInt32 = 1

  mutating func next(_ count: Int, within limit: Float) -> [Float] {
    (0..<count).map { _ in
      state = state &* 1_664_525 &+ 1_013_904_223
      return limit * (Float(state >> 8) * 0x1p-23 - 1)
    }
  }
}

/// The largest difference, relative to the largest expected magnitude.
func relativeError(_ numbers: [Float], _ expected: [Float]) -> Float {
  guard numbers.count == expected.count else { return .infinity }
  let scale = expected.reduce(0) { max($0, abs($1)) }
  return zip(numbers, expected).reduce(0) { worst, pair in
    let error = abs(pair.0 - pair.1) / scale
    return error <= worst ? worst : error  // A NaN is an error too.
  }
}

let availableISAs = [KERNEL_BASELINE, KERNEL_AVX2, KERNEL_AVX512].filter { kernel_isa_available($0) }
