import Diffusion
import Foundation
import TestExperiments
import Testing

/// The reference vectors in `Fixtures`, decoded. Their README says how each was made.
enum Fixture {
  static func data(_ name: String) throws -> Data {
    try Data(contentsOf: Bundle.module.bundleURL.appending(path: "Fixtures").appending(path: name))
  }
}

/// A value after a round trip through JSON.
func recoded<T: Codable>(_ value: T) throws -> T {
  try JSONDecoder().decode(T.self, from: JSONEncoder().encode(value))
}

extension Fixture {
  /// smalldiffusion's Swissroll(π/2, 5π, 100).
  static func smalldiffusionRoll() throws -> [Point] {
    try Reference("swissroll")["points"].points
  }
}

/// The greatest absolute difference of a coordinate; infinite if something is not a number or is missing.
func maximumError(_ found: [Point], _ expected: [Point]) -> Float {
  guard found.count == expected.count else { return .infinity }
  return zip(found, expected).reduce(0) { worst, pair in
    let error = max(abs(pair.0.x - pair.1.x), abs(pair.0.y - pair.1.y))
    return error.isNaN ? .infinity : max(worst, error)
  }
}

extension Fixture {
  /// The default model with PyTorch's initial weights, from its safetensors file: the length of a JSON header, the
  /// header, and the tensors in little-endian float32.
  static func defaultModel() throws -> MLP {
    let file = try data("default_model.safetensors")
    let length = file.prefix(8).enumerated().reduce(0) { $0 | Int($1.element) << (8 * $1.offset) }
    let header = try JSONDecoder().decode([String: Entry].self, from: file[8..<8 + length])
    var network = MLP(widths: [4, 128, 256, 256, 256, 128, 2], activation: .gelu)
    for tensor in network.tensors {
      let range = try #require(header[tensor.name]?.offsets)
      let bytes = file[(8 + length + range[0])..<(8 + length + range[1])]
      let values = bytes.withUnsafeBytes { Array($0.bindMemory(to: Float.self)) }
      network.parameters.replaceSubrange(tensor.range, with: values)
    }
    return network
  }

  private struct Entry: Decodable {
    let offsets: [Int]?
    enum CodingKeys: String, CodingKey { case offsets = "data_offsets" }
  }
}
