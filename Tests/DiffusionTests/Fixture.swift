import Diffusion
import Foundation

/// The reference vectors in `Fixtures`, decoded. Their README says how each was made.
enum Fixture {
  static func decode<T: Decodable>(_ type: T.Type, _ name: String) throws -> T {
    try JSONDecoder().decode(type, from: data(name + ".json"))
  }

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
    struct Roll: Decodable { let points: [[Float]] }
    return points(try decode(Roll.self, "swissroll").points)
  }
}

func points(_ rows: [[Float]]) -> [Point] { rows.map { Point($0[0], $0[1]) } }

/// The greatest absolute difference of a coordinate; infinite if something is not a number or is missing.
func maximumError(_ found: [Point], _ expected: [Point]) -> Float {
  guard found.count == expected.count else { return .infinity }
  return zip(found, expected).reduce(0) { worst, pair in
    let error = max(abs(pair.0.x - pair.1.x), abs(pair.0.y - pair.1.y))
    return error.isNaN ? .infinity : max(worst, error)
  }
}
