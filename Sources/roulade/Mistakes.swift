import Diffusion
import Export
import Plot

// What ends the program with a line about what was asked for.

/// - Throws: `Failure` with code 64 if the condition is not met.
func require(_ condition: Bool, _ message: String) throws {
  if !condition { throw Failure(message, code: Failure.usage) }
}

/// Reads a file, whose mistakes end the program with code 65.
func badData<Value>(_ read: () throws -> Value) throws -> Value {
  do {
    return try read()
  } catch {
    throw Failure("\(error)", code: Failure.badData)
  }
}

/// Finds the thing that a person named among those there are.
///
/// - Parameters:
///   - kind: What it is, for the error: "preset".
///   - option: Whose value the name is: "--preset"; nil where it stands by itself.
/// - Throws: `Failure` with code 64, naming the nearest choice and all of them.
func choose<Value>(
  _ name: String, _ kind: String, for option: String?, from choices: [(name: String, value: Value)]
) throws -> Value {
  if let choice = choices.first(where: { $0.name == name.lowercased() }) { return choice.value }
  let place = option.map { "\($0) \(name)" } ?? name
  throw Failure("\(place): \(Choice.unknown(name, kind, among: choices.map(\.name)))", code: Failure.usage)
}
