import Diffusion
import Foundation
import Plot

/// A safetensors file's metadata, one text a key, as values.
struct MetadataTexts {
  let texts: [String: String]

  func text(_ key: String) throws -> String {
    guard let text = texts[key] else { throw CheckpointFileError("", "its metadata have no '\(key)'") }
    return text
  }

  func number<Number: FixedWidthInteger>(_ key: String) throws -> Number {
    let text = try text(key)
    guard let number = Number(text) else { throw mistake(key, "'\(text.quotable(columns: 30))' is no such number") }
    return number
  }

  func instructionSet() throws -> InstructionSet {
    let name = try text("instruction_set")
    guard let set = InstructionSet(rawValue: name) else {
      throw mistake("instruction_set", "'\(name.quotable(columns: 30))' is none that this program knows")
    }
    return set
  }

  /// The value whose JSON stands there.
  func decoded<Value: Decodable>(_ key: String) throws -> Value {
    let text = try text(key)
    do {
      return try JSONDecoder().decode(Value.self, from: Data(text.utf8))
    } catch let error as DecodingError {
      throw mistake(key, words(error))
    }
  }

  /// The same; nil if nothing stands there.
  func decodedIfPresent<Value: Decodable>(_ key: String) throws -> Value? {
    texts[key] == nil ? nil : try decoded(key) as Value
  }

  private func mistake(_ key: String, _ what: String) -> CheckpointFileError {
    CheckpointFileError("", "its metadata '\(key)': \(what)")
  }

  private func words(_ error: DecodingError) -> String {
    switch error {
    case .dataCorrupted(let context) where context.underlyingError == nil:
      context.debugDescription.quotable(columns: 200)
    case .keyNotFound(let key, _): "there is no '\(key.stringValue)'"
    default: "it is not what it should be"
    }
  }
}
