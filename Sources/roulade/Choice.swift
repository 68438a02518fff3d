/// Finds the thing that a person named among those there are.
///
/// - Parameters:
///   - kind: What it is, for the error: "preset".
///   - choices: The names and what they stand for.
///   - others: What else could have been said, for the error.
/// - Throws: `Failure` with code 64, naming the nearest choice and all of them.
func choose<Value>(_ name: String, _ kind: String, from choices: [(name: String, value: Value)], others: [String] = [])
  throws -> Value
{
  if let choice = choices.first(where: { $0.name == name.lowercased() }) { return choice.value }
  let near = choices.map { (name: $0.name, distance: editDistance($0.name, name.lowercased())) }
    .filter { $0.distance <= max(2, name.count / 2) }
    .min { $0.distance < $1.distance }
  let suggestion = near.map { "; did you mean '\($0.name)'?" } ?? ";"
  let all = (choices.map(\.name) + others).joined(separator: ", ")
  throw Failure("unknown \(kind) '\(name)'\(suggestion) there are: \(all)", code: Failure.usage)
}

/// The least number of insertions, deletions and substitutions that turn one text into the other (Levenshtein 1966).
func editDistance(_ a: String, _ b: String) -> Int {
  let b = Array(b)
  var row = Array(0...b.count)
  for (i, x) in a.enumerated() {
    var diagonal = row[0]
    row[0] = i + 1
    for (j, y) in b.enumerated() {
      let substitution = diagonal + (x == y ? 0 : 1)
      diagonal = row[j + 1]
      row[j + 1] = min(substitution, row[j] + 1, diagonal + 1)
    }
  }
  return row[b.count]
}
