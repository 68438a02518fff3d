import Diffusion
import Foundation

extension Safetensors {
  /// A network's parameters under the names that PyTorch's `nn.Sequential` gives them.
  package init(network: MLP, metadata: [String: String] = [:]) {
    let tensors = network.tensors.map {
      Tensor(name: $0.name, shape: $0.shape, values: .float32(Array(network.parameters[$0.range])))
    }
    // PyTorch's loaders ask for the format.
    self.init(tensors: tensors, metadata: metadata.merging(["format": "pt"]) { $1 })
  }

  /// A network in training, with what it was trained by and for how long.
  ///
  /// - Parameter box: How the data were put into the box from −1 to 1, if they were; it leads samples back to their units.
  package init(_ network: MLP, experiment: Experiment, seed: UInt64, step: Int, box: UnitBox? = nil) throws {
    var metadata = ["experiment": try json(experiment), "seed": "\(seed)", "step": "\(step)"]
    // What the same bits depend on, beside the build.
    metadata["instruction_set"] = network.instructionSet.rawValue
    metadata["c_library"] = InstructionSet.cLibrary
    if let box { metadata["box"] = try json(box) }
    self.init(network: network, metadata: metadata)
  }

  /// The network that these tensors are, exactly: none missing, none left over, each of its shape.
  ///
  /// - Parameters:
  ///   - widths: Sizes of the network's input, hidden layers and output.
  ///   - activation: The network's activation, which the tensors do not tell.
  ///   - file: The file's name, for errors.
  /// - Returns: The network.
  package func network(widths: [Int], activation: Activation, file: String) throws(SafetensorsError) -> MLP {
    var network = MLP(widths: widths, activation: activation)
    for expected in network.tensors {
      guard let found = self[expected.name] else { throw SafetensorsError(file, .missing(tensor: expected.name)) }
      guard found.shape == expected.shape else {
        throw SafetensorsError(
          file, .shapeMismatch(tensor: expected.name, expected: expected.shape, found: found.shape))
      }
      guard case .float32(let values) = found.values else {
        throw SafetensorsError(file, .typeMismatch(tensor: expected.name, found: "F64", expected: "F32"))
      }
      network.parameters.replaceSubrange(expected.range, with: values)
    }
    let names = Set(network.tensors.map(\.name))
    if let stranger = tensors.first(where: { !names.contains($0.name) }) {
      throw SafetensorsError(file, .unexpected(tensor: stranger.name))
    }
    return network
  }
}

/// One line of JSON; the same value gives the same text.
func json(_ value: some Encodable) throws -> String {
  let encoder = JSONEncoder()
  encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
  return String(decoding: try encoder.encode(value), as: UTF8.self)
}
