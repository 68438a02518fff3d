import CKernels

/// A random network with a random batch, to call the kernels on.
struct TestNetwork {
  var widths: [Int32]
  var activation: kernel_activation
  var parameters: [Float]
  let input: [Float]  // [B, in]
  let target: [Float]  // [B, out]
  let weight: [Float]  // [B]

  var rows: Int { weight.count }
  var layers: Int32 { Int32(widths.count - 1) }

  init(widths: [Int32], rows: Int, activation: kernel_activation) {
    self.widths = widths
    self.activation = activation
    var state: UInt32 = 1
    func random(_ count: Int, _ scale: Float) -> [Float] {
      (0..<count).map { _ in
        state = state &* 1_664_525 &+ 1_013_904_223
        return scale * (Float(state >> 8) * 0x1p-23 - 1)
      }
    }
    parameters = []
    for (fanIn, out) in zip(widths, widths.dropFirst()) {
      parameters += random(Int((fanIn + 1) * out), 1.5 / Float(fanIn).squareRoot())
    }
    input = random(rows * Int(widths.first ?? 0), 2)
    target = random(rows * Int(widths.last ?? 0), 1)
    weight = random(rows, 0.5).map { ($0 + 1) / Float(rows) }
  }

  func referenceGradient() -> (loss: Double, gradient: [Float]) {
    var gradient = [Float](repeating: 0, count: parameters.count)
    let loss = kernel_reference_gradient(
      widths, layers, activation, parameters, input, target, weight, rows, &gradient)
    return (loss, gradient)
  }
}
