/// Why a run cannot go on from a checkpoint, in words.
package enum CheckpointError: Error, Equatable, CustomStringConvertible {
  /// A tensor or a number that should be there.
  case missing(String)
  /// A tensor that belongs to nothing.
  case unexpected(String)
  case shapeMismatch(tensor: String, expected: [Int], found: [Int])
  case wrongType(tensor: String, expected: String)
  case nonFinite(tensor: String)
  /// A number that cannot be.
  case invalid(String)
  /// The points are not those that were trained on.
  case otherData(name: String, count: Int)

  /// The same of a tensor whose name is longer.
  func named(_ prefix: String) -> CheckpointError {
    switch self {
    case .missing(let name): .missing(prefix + name)
    case .unexpected(let name): .unexpected(prefix + name)
    case .shapeMismatch(let tensor, let expected, let found):
      .shapeMismatch(tensor: prefix + tensor, expected: expected, found: found)
    case .wrongType(let tensor, let expected): .wrongType(tensor: prefix + tensor, expected: expected)
    case .nonFinite(let tensor): .nonFinite(tensor: prefix + tensor)
    case .invalid, .otherData: self
    }
  }

  package var description: String {
    switch self {
    case .missing(let name): "there is no '\(name)'"
    case .unexpected(let name): "'\(name)' belongs to nothing in this experiment"
    case .shapeMismatch(let tensor, let expected, let found): "'\(tensor)' has shape \(found); expected \(expected)"
    case .wrongType(let tensor, let expected): "'\(tensor)' is not of type \(expected)"
    case .nonFinite(let tensor): "'\(tensor)' holds numbers that are not finite"
    case .invalid(let problem): problem
    case .otherData(let name, let count):
      "the \(count) points of '\(name)' are not those that the network was trained on; it can go on only with those"
    }
  }
}
