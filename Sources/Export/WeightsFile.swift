import Diffusion
import Foundation

/// The weights of a network without the rest of its training: a file of this program's, a checkpoint's, or any with the
/// names that PyTorch gives the layers of an `nn.Sequential`.
package struct WeightsFile: Equatable, Sendable {
  /// What the network was trained by; nil where the file does not say.
  package let experiment: Experiment?
  /// Of the first layer's input, the hidden layers and the last one's output.
  package let widths: [Int]
  private let file: Safetensors
  private let path: String

  /// Layers at most.
  private static let mostLayers = 12

  /// Reads the widths from the tensors: `net.0.weight`, `net.2.weight`, …, or `0.weight`, `2.weight`, ….
  ///
  /// - Throws: `FileError` if the file cannot be read, `SafetensorsError` if its tensors are no such network's,
  ///   `CheckpointFileError` if its metadata say what cannot be.
  package init(contentsOf path: String) throws {
    try self.init(Safetensors(contentsOf: path), path: path)
  }

  /// - Parameter path: Where the tensors were read from, for the errors, which are as when they are read from there.
  init(_ file: Safetensors, path: String) throws {
    var file = file
    do {
      experiment = try MetadataTexts(texts: file.metadata).decodedIfPresent("experiment")
    } catch let error as CheckpointFileError {
      throw CheckpointFileError(path, error.reason)
    }
    // Of a checkpoint the network alone.
    if file.metadata["checkpoint_version"] != nil { file.tensors.removeAll { !$0.name.hasPrefix("net.") } }
    // What is called after the layers alone.
    if file["net.0.weight"] == nil, file["0.weight"] != nil {
      file.tensors = file.tensors.map { NamedTensor(name: "net." + $0.name, shape: $0.shape, values: $0.values) }
    }
    var widths: [Int] = []
    while let weight = file["net.\(2 * max(widths.count - 1, 0)).weight"] {
      guard weight.shape.count == 2, weight.shape.allSatisfy({ $0 > 0 }) else {
        throw SafetensorsError(
          path, .shapeMismatch(tensor: weight.name, expected: [1, widths.last ?? 1], found: weight.shape))
      }
      if widths.isEmpty { widths = [weight.shape[1]] }
      widths.append(weight.shape[0])
    }
    guard !widths.isEmpty else { throw SafetensorsError(path, .missing(tensor: "net.0.weight")) }
    guard (2...Self.mostLayers).contains(widths.count - 1) else {
      throw CheckpointFileError(
        path,
        "it has \(widths.count - 1) layers named as PyTorch names those of an MLP; 2 to \(Self.mostLayers) are read")
    }
    (self.widths, self.file, self.path) = (widths, file, path)
  }

  /// The network that they are, exactly: no tensor missing, none left over, each of its shape.
  package func network(activation: Activation) throws(SafetensorsError) -> MLP {
    try file.network(widths: widths, activation: activation, file: path)
  }
}
