import Diffusion
import Foundation

/// A fixture made with PyTorch: nested JSON, walked by keys.
struct Reference {
  private let value: Any

  init(_ file: String) throws {
    value = try JSONSerialization.jsonObject(with: Fixture.data(file + ".json"))
  }

  private init(value: Any) { self.value = value }

  subscript(_ keys: String...) -> Reference {
    Reference(value: keys.reduce(value) { ($0 as? [String: Any])?[$1] ?? NSNull() })
  }

  subscript(_ index: Int) -> Reference { Reference(value: (value as? [Any])?[index] ?? NSNull()) }

  var double: Double { (value as? NSNumber)?.doubleValue ?? .nan }
  var float: Float { Float(double) }
  var int: Int { (value as? NSNumber)?.intValue ?? .min }
  var text: String? { value as? String }
  /// By key.
  var numbers: [String: Double] { (value as? [String: NSNumber])?.mapValues(\.doubleValue) ?? [:] }
  var count: Int { (value as? [Any])?.count ?? 0 }

  /// All numbers, row by row, however deeply nested.
  var doubles: [Double] {
    if let list = value as? [Any] { return list.flatMap { Reference(value: $0).doubles } }
    return [double]
  }
  var floats: [Float] { doubles.map(Float.init) }
  var ints: [Int] { doubles.map { Int($0) } }
  var points: [Point] {
    let numbers = floats
    return (0..<numbers.count / 2).map { Point(numbers[2 * $0], numbers[2 * $0 + 1]) }
  }

  /// Parameters or gradients by tensor name, as one flat buffer in the order of `network`.
  func flat(like network: MLP) -> [Float] { network.tensors.flatMap { self[$0.name].floats } }
}

/// The largest absolute difference; infinite when the lengths differ or something is NaN.
func maximumError(_ a: [Float], _ b: [Float]) -> Double {
  guard a.count == b.count else { return .infinity }
  return zip(a, b).map { pair in
    let difference = abs(Double(pair.0) - Double(pair.1))
    return difference.isNaN ? .infinity : difference
  }.max() ?? 0
}

/// The largest difference as a share of the largest magnitude expected.
func relativeError(_ a: [Float], _ expected: [Float]) -> Double {
  maximumError(a, expected) / (expected.map { Double(abs($0)) }.max() ?? 1)
}

func flattened(_ points: [Point]) -> [Float] { points.flatMap { [$0.x, $0.y] } }
