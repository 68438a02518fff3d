import CKernels
import Foundation
import Testing

@Suite("Kernels for each instruction set")
struct VariantTests {
  static let widths: [[Int32]] = [
    [1, 1, 1], [4, 2], [5, 17, 1], [17, 5, 128, 2], [4, 300, 17, 3], [128, 33, 300],
    [4] + [Int32](repeating: 17, count: 12) + [2], [2, 1024, 2],
  ]

  @Test("outputs, loss and gradient match plain loops", arguments: widths, [1, 7, 33, 1000])
  func network(widths: [Int32], rows: Int) {
    for activation in [KERNEL_SILU, KERNEL_GELU] {
      let test = TestNetwork(widths: widths, rows: rows, activation: activation)
      let output = test.referenceOutput()
      let expected = test.referenceGradient()
      for isa in availableISAs {
        #expect(relativeError(test.output(isa), output) < 5e-6)
        let result = test.gradient(isa, shared: false)
        #expect(test.gradient(isa, shared: true).gradient == result.gradient)
        #expect(abs(result.loss / expected.loss - 1) < 2e-6)
        #expect(relativeError(result.gradient, expected.gradient) < 5e-6)
        let squares = expected.gradient.reduce(0.0) { $0 + Double($1) * Double($1) }
        #expect(abs(result.squares / squares - 1) < 1e-5)
      }
    }
  }

  @Test(
    "AVX2 and AVX-512 give the same bits", .enabled(if: kernel_isa_available(KERNEL_AVX512)), arguments: widths,
    [1, 7, 33, 1000])
  func sameBits(widths: [Int32], rows: Int) {
    for activation in [KERNEL_SILU, KERNEL_GELU] {
      let test = TestNetwork(widths: widths, rows: rows, activation: activation)
      #expect(test.output(KERNEL_AVX2) == test.output(KERNEL_AVX512))
      let (avx2, avx512) = (test.gradient(KERNEL_AVX2, shared: false), test.gradient(KERNEL_AVX512, shared: false))
      #expect(avx2.gradient == avx512.gradient && avx2.loss == avx512.loss && avx2.squares == avx512.squares)
    }
  }

  @Test(
    "AVX2 and AVX-512 draw, update and average to the same bits", .enabled(if: kernel_isa_available(KERNEL_AVX512)),
    arguments: [1, 7, 33, 1000])
  func sameBits(count: Int) {
    var numbers = TestNumbers()
    let (start, gradient) = (numbers.next(count, within: 1), numbers.next(count, within: 3))
    func results(_ isa: kernel_isa) -> [[Float]] {
      var (parameters, moment1, moment2, average) = (start, gradient, gradient.map { $0 * $0 }, start)
      let step = kernel_adamw_step(
        scale: 0.7, rate: 0.01, beta1: 0.9, beta2: 0.999, epsilon: 1e-8, weight_decay: 0.1, bias1: 0.3, bias2: 0.02)
      kernel_adamw(isa, step, &parameters, &moment1, &moment2, gradient, count, false)
      kernel_average(isa, 0.3, &average, parameters, count)
      var normals = [Float](repeating: 0, count: 2 * count)
      kernel_normals(isa, 99, &normals, count)
      return [parameters, moment1, moment2, average, normals]
    }
    #expect(results(KERNEL_AVX2) == results(KERNEL_AVX512))
  }

  @Test("an empty batch has no output")
  func empty() {
    for isa in availableISAs {
      #expect(TestNetwork(widths: [4, 17, 2], rows: 0, activation: KERNEL_SILU).output(isa) == [])
    }
  }

  @Test("activations far out are finite and right", arguments: [KERNEL_SILU, KERNEL_GELU])
  func activations(activation: kernel_activation) {
    // The network is y = activation(x), and the gradient of its bias is the derivative.
    var test = TestNetwork(widths: [1, 1, 1], rows: 1, activation: activation)
    test.parameters = [1, 0, 1, 0]
    let inputs = (-2000...2000).map { Float($0) * 0.05 }
    for isa in availableISAs {
      for x in inputs {
        test.input = [x]
        let (output, expected) = (test.output(isa)[0], test.referenceOutput()[0])
        #expect(abs(output - expected) <= 4e-7 * max(abs(expected), 1))
      }
    }
  }

  @Test("AdamW matches plain loops", arguments: [1, 7, 33, 1000])
  func adamw(count: Int) {
    var numbers = TestNumbers()
    let start = numbers.next(count, within: 1)
    let gradients = (0..<3).map { _ in numbers.next(count, within: 3) }
    typealias Update = (kernel_adamw_step, inout [Float], inout [Float], inout [Float], [Float]) -> Void
    func run(_ update: Update) -> [[Float]] {
      var (parameters, moment1, moment2) = (start, start.map { _ in Float(0) }, start.map { _ in Float(0) })
      var (bias1, bias2): (Float, Float) = (1, 1)
      for gradient in gradients {
        (bias1, bias2) = (bias1 * 0.9, bias2 * 0.999)
        let step = kernel_adamw_step(
          scale: 0.5, rate: 0.01, beta1: 0.9, beta2: 0.999, epsilon: 1e-8, weight_decay: 0.1, bias1: 1 - bias1,
          bias2: 1 - bias2)
        update(step, &parameters, &moment1, &moment2, gradient)
      }
      return [parameters, moment1, moment2]
    }
    let expected = run { kernel_reference_adamw($0, &$1, &$2, &$3, $4, count) }
    for isa in availableISAs {
      for shared in [false, true] {
        let results = run { kernel_adamw(isa, $0, &$1, &$2, &$3, $4, count, shared) }
        for (result, expected) in zip(results, expected) { #expect(relativeError(result, expected) < 1e-6) }
      }
    }
  }

  @Test("the average moves its share of the way to the parameters", arguments: [1, 7, 33, 1000])
  func average(count: Int) {
    var numbers = TestNumbers()
    let (start, parameters) = (numbers.next(count, within: 1), numbers.next(count, within: 3))
    for isa in availableISAs {
      var average = start + [7]
      kernel_average(isa, 0.25, &average, parameters, count)
      let expected = zip(start, parameters).map { $0 + 0.25 * ($1 - $0) }
      #expect(relativeError(Array(average.dropLast()), expected) < 1e-6)
      #expect(average[count] == 7, "wrote beyond the end")
    }
  }

  @Test("normals are those of the SplitMix64 counter, by Box and Muller", arguments: [1, 7, 33, 1000])
  func normals(count: Int) {
    let gamma: UInt64 = 0x9E37_79B9_7F4A_7C15
    let state: UInt64 = 12345
    let expected = (1...count).flatMap { k -> [Float] in
      var z = state &+ UInt64(k) &* gamma
      z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
      z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
      z = z ^ (z >> 31)
      let radius = (-2 * log((Double(z >> 40) + 0.5) * 0x1p-24)).squareRoot()
      let angle = 2 * Double.pi * Double((z & 0xffff_ffff) >> 8) * 0x1p-24
      return [Float(radius * cos(angle)), Float(radius * sin(angle))]
    }
    for isa in availableISAs {
      var pairs = [Float](repeating: .nan, count: 2 * count + 1)
      kernel_normals(isa, state, &pairs, count)
      #expect(zip(pairs, expected).allSatisfy { abs($0 - $1) < 2e-6 })
      #expect(pairs[2 * count].isNaN, "wrote beyond the end")
    }
  }

  @Test("peak counts the FLOPs of its repetitions")
  func peak() {
    for isa in availableISAs { #expect(kernel_peak(isa, 20) == 2 * kernel_peak(isa, 10)) }
  }
}
