import CKernels

/// A multilayer perceptron: linear layers with an activation after each but the last.
///
/// All parameters live in one flat buffer, layer by layer, weight `[out, in]` before bias `[out]`: the order and the names
/// (`net.0.weight`, `net.0.bias`, `net.2.weight`, …) of PyTorch's `nn.Sequential` of `Linear` and activation.
package struct MLP: Equatable, Sendable {
  /// One named slice of the parameter buffer.
  package struct Tensor: Equatable, Sendable {
    package let name: String
    package let shape: [Int]
    package let range: Range<Int>
  }

  /// Sizes of the input, the hidden layers and the output.
  package let widths: [Int]
  package let activation: Activation
  package let tensors: [Tensor]
  package var parameters: [Float]

  /// A network whose parameters are all zero.
  package init(widths: [Int], activation: Activation) {
    precondition(widths.count >= 2 && widths.allSatisfy { $0 > 0 }, "an MLP of widths \(widths)")
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

  package var inputs: Int { widths[0] }
  package var outputs: Int { widths[widths.count - 1] }

  /// The network's output for a batch.
  ///
  /// - Parameter input: `[B, inputs]`, row-major.
  /// - Returns: `[B, outputs]`, row-major.
  package func forward(_ input: [Float]) -> [Float] {
    let rows = input.count / inputs
    precondition(input.count == rows * inputs, "input of \(input.count) floats; expected [B, \(inputs)]")
    var scratch = kernelScratch
    return [Float](unsafeUninitializedCapacity: rows * outputs) { output, count in
      kernel_forward(
        kernelWidths, kernelLayers, kernelActivation, parameters, input, rows, output.baseAddress, &scratch)
      count = rows * outputs
    }
  }
}

/// The network as the kernels want it.
extension MLP {
  var kernelWidths: [Int32] { widths.map(Int32.init) }
  var kernelLayers: Int32 { Int32(widths.count - 1) }
  var kernelActivation: kernel_activation {
    switch activation {
    case .silu: KERNEL_SILU
    case .gelu: KERNEL_GELU
    }
  }

  /// Memory for the kernels' intermediate activations.
  var kernelScratch: [Float] {
    [Float](repeating: 0, count: kernel_scratch_size(kernelWidths, kernelLayers))
  }
}
