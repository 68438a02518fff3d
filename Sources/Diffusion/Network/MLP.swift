import Expect
import CKernels

/// A multilayer perceptron: linear layers with an activation after each but the last.
///
/// All parameters live in one flat buffer, layer by layer, weight `[out, in]` before bias `[out]`: the order and the names
/// (`net.0.weight`, `net.0.bias`, `net.2.weight`, …) of PyTorch's `nn.Sequential` of `Linear` and activation.
package struct MLP: Equatable, Sendable {
  /// One named slice of the parameter buffer.
  package struct Tensor: Equatable, Sendable {
    /// PyTorch's: `net.0.weight`.
    package let name: String
    /// `[out, in]` of weights, `[out]` of biases.
    package let shape: [Int]
    /// Its place in `parameters`.
    package let range: Range<Int>
  }

  /// Sizes of the input, the hidden layers and the output.
  package let widths: [Int]
  /// Of the hidden layers; the last layer has none.
  package let activation: Activation
  /// What its outputs and gradients are computed with.
  package var instructionSet = InstructionSet.best
  /// Where each layer's weights and biases are, in PyTorch's order.
  package let tensors: [Tensor]
  /// All weights and biases, in the order of `tensors`.
  package var parameters: [Float]

  /// A network whose parameters are all zero.
  package init(widths: [Int], activation: Activation) {
    expect(
      (2...KERNEL_MAX_LAYERS + 1).contains(widths.count) && widths.allSatisfy { $0 > 0 },
      "an MLP of widths \(widths)")
    self.widths = widths
    self.activation = activation
    var tensors: [Tensor] = []
    var end = 0
    for (layer, (inputs, outputs)) in zip(widths, widths.dropFirst()).enumerated() {
      for (kind, shape) in [("weight", [outputs, inputs]), ("bias", [outputs])] {
        let range = end..<end + shape.reduce(1, *)
        tensors.append(Tensor(name: "net.\(2 * layer).\(kind)", shape: shape, range: range))
        end = range.upperBound
      }
    }
    self.tensors = tensors
    parameters = [Float](repeating: 0, count: end)
  }

  /// A network with PyTorch's default initialisation of `nn.Linear`: weights and biases uniform in ±1/√fanIn.
  package init(widths: [Int], activation: Activation, using random: inout Random) {
    self.init(widths: widths, activation: activation)
    for (index, tensor) in tensors.enumerated() {
      let bound = 1 / Float(widths[index / 2]).squareRoot()
      for i in tensor.range { parameters[i] = bound * (2 * random.uniform() - 1) }
    }
  }

  /// Numbers that it sees of a row.
  package var inputs: Int { widths[0] }
  /// Numbers that it answers a row with.
  package var outputs: Int { widths[widths.count - 1] }

  /// Floating-point operations of one row forward, multiplication and addition counted as two.
  package var forwardFlops: Int { zip(widths, widths.dropFirst()).reduce(0) { $0 + 2 * $1.0 * $1.1 } }
  /// Those of one row forward and backward; the input needs no gradient.
  package var trainingFlops: Int { 3 * forwardFlops - 2 * widths[0] * widths[1] }

  /// The network's output for a batch.
  ///
  /// - Parameters:
  ///   - input: `[B, inputs]`, row-major.
  ///   - workers: Threads that share the rows.
  /// - Returns: `[B, outputs]`, row-major.
  package func forward(_ input: [Float], workers: Workers = .shared) -> [Float] {
    let rows = input.count / inputs
    expect(input.count == rows * inputs, "input of \(input.count) floats; expected [B, \(inputs)]")
    let kernels = kernels
    var output = [Float](repeating: 0, count: rows * outputs)
    var scratch = [Float](repeating: 0, count: kernel_scratch_size(kernels) * workers.count)
    forward(kernels, workers, parameters, input, rows, &output, &scratch)
    return output
  }

  // Called with arrays for pointers: that keeps them in place until it returns.
  private func forward(
    _ kernels: kernel_network, _ workers: Workers, _ parameters: UnsafePointer<Float>, _ input: UnsafePointer<Float>,
    _ rows: Int, _ output: UnsafeMutablePointer<Float>, _ scratch: UnsafeMutablePointer<Float>
  ) {
    let tile = Int(KERNEL_TILE)
    // Several tiles an iteration, unless that left threads without work.
    let chunk = tile * min(max(rows / (2 * tile * workers.count), 1), 4)
    let forward = Forward(
      kernels: kernels, parameters: parameters, input: input, inputs: inputs, output: output, outputs: outputs,
      rows: rows, chunk: chunk, scratch: scratch)
    workers.run((rows + chunk - 1) / chunk, forward)
  }

  /// The name of the first parameter that is not finite, or else of the first layer whose output is not: "output of
  /// net.2". Nil if all are.
  ///
  /// - Parameter input: `[B, inputs]`, row-major.
  package func nonFiniteTensor(input: [Float]) -> String? {
    for tensor in tensors where !parameters[tensor.range].allSatisfy(\.isFinite) { return tensor.name }
    for layers in 1..<widths.count {
      var first = MLP(widths: Array(widths[...layers]), activation: activation)
      first.instructionSet = instructionSet
      first.parameters = Array(parameters[..<first.parameters.count])
      if !first.forward(input).allSatisfy(\.isFinite) { return "output of net.\(2 * (layers - 1))" }
    }
    return nil
  }

  /// The network's output for a batch, and how it changes as the input moves (forward-mode differentiation).
  ///
  /// - Parameters:
  ///   - input: `[B, inputs]`, row-major.
  ///   - tangents: Two directions for each row, `[2, B, inputs]`.
  /// - Returns: `[B, outputs]`, and the derivatives along the directions, `[2, B, outputs]`.
  package func forward(
    _ input: [Float], tangents: [Float], workers: Workers = .shared
  ) -> (output: [Float], derivatives: [Float]) {
    let rows = input.count / inputs
    expect(
      input.count == rows * inputs && tangents.count == 2 * input.count,
      "\(input.count) inputs and \(tangents.count) tangents; expected [B, \(inputs)] and twice that")
    let tile = Int(KERNEL_TILE)
    var output = [Float](repeating: 0, count: rows * outputs)
    var derivatives = [Float](repeating: 0, count: 2 * rows * outputs)
    var scratch = [Float](repeating: 0, count: kernel_tangent_scratch_size(kernels) * workers.count)
    // Called with arrays for pointers: that keeps them in place until it returns.
    func forward(
      _ parameters: UnsafePointer<Float>, _ input: UnsafePointer<Float>, _ tangents: UnsafePointer<Float>,
      _ output: UnsafeMutablePointer<Float>, _ derivatives: UnsafeMutablePointer<Float>,
      _ scratch: UnsafeMutablePointer<Float>
    ) {
      let pass = ForwardTangents(
        kernels: kernels, parameters: parameters, input: input, tangents: tangents, output: output,
        derivatives: derivatives, rows: rows, tile: tile, scratch: scratch)
      workers.run((rows + tile - 1) / tile, pass)
    }
    forward(parameters, input, tangents, &output, &derivatives, &scratch)
    return (output, derivatives)
  }

  /// The network as the kernels want it.
  var kernels: kernel_network {
    let activation =
      switch activation {
      case .silu: KERNEL_SILU
      case .gelu: KERNEL_GELU
      }
    return kernel_network_make(instructionSet.kernel, activation, widths.map(Int32.init), Int32(widths.count - 1))
  }
}

/// Some rows of the batch an iteration.
private struct Forward: ParallelLoop {
  let kernels: kernel_network
  let parameters: UnsafePointer<Float>
  let input: UnsafePointer<Float>
  let inputs: Int
  let output: UnsafeMutablePointer<Float>
  let outputs: Int
  let rows: Int
  let chunk: Int
  let scratch: UnsafeMutablePointer<Float>

  func run(_ index: Int, worker: Int) {
    let first = index * chunk
    kernel_forward(
      kernels, parameters, input + first * inputs, min(chunk, rows - first), output + first * outputs,
      scratch + worker * kernel_scratch_size(kernels))
  }
}

/// A tile of rows an iteration.
private struct ForwardTangents: ParallelLoop {
  let kernels: kernel_network
  let parameters: UnsafePointer<Float>
  let input: UnsafePointer<Float>
  let tangents: UnsafePointer<Float>
  let output: UnsafeMutablePointer<Float>
  let derivatives: UnsafeMutablePointer<Float>
  let rows: Int
  let tile: Int
  let scratch: UnsafeMutablePointer<Float>

  func run(_ index: Int, worker: Int) {
    let first = index * tile
    kernel_forward_tangents(
      kernels, parameters, input, tangents, rows, first, output, derivatives,
      scratch + worker * kernel_tangent_scratch_size(kernels))
  }
}
