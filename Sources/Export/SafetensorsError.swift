import Plot

/// Why a safetensors file cannot be used.
package struct SafetensorsError: Error, Equatable, CustomStringConvertible {
  /// What is wrong with it.
  package enum Reason: Equatable, Sendable {
    case truncated(expected: Int, found: Int)
    case badHeader(String)
    case typeMismatch(tensor: String, found: String, expected: String = "F32 or F64")
    case shapeMismatch(tensor: String, expected: [Int], found: [Int])
    case missing(tensor: String)
    case unexpected(tensor: String)
    case nonFinite(tensor: String)
  }

  /// Its path, as it was given.
  package let file: String
  package let reason: Reason

  package init(_ file: String, _ reason: Reason) {
    self.file = file
    self.reason = reason
  }

  package var description: String {
    switch reason {
    case .truncated(let expected, let found):
      "\(file): the file ends after \(found) bytes; its header says \(expected)"
    case .badHeader(let what):
      "\(file): not a safetensors file: \(what)"
    case .typeMismatch(let tensor, let found, let expected):
      "\(file): tensor '\(tensor.quotable())' has type \(found.quotable(columns: 20)); expected \(expected)"
    case .shapeMismatch(let tensor, let expected, let found):
      "\(file): tensor '\(tensor.quotable())' has shape \(found); expected \(expected)"
    case .missing(let tensor):
      "\(file): tensor '\(tensor.quotable())' is missing"
    case .unexpected(let tensor):
      "\(file): tensor '\(tensor.quotable())' has no place in this network"
    case .nonFinite(let tensor):
      "\(file): tensor '\(tensor.quotable())' holds a value that is not finite"
    }
  }
}
