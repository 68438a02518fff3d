/// One of the things that a parameter may be, by name.
package struct Choice: Equatable, Sendable {
  /// As it is written on the command line.
  package let name: String
  /// What it is, and the source of it, in one line.
  package let summary: String

  /// The name that was probably meant: one that begins so, or the one with the fewest typing mistakes.
  package static func nearest(to name: String, among names: [String]) -> String? {
    let name = name.lowercased()
    if name.count >= 3, let whole = names.first(where: { $0.hasPrefix(name) }) { return whole }
    return names.map { (name: $0, distance: editDistance($0, name)) }
      .filter { $0.distance <= max(2, name.count / 2) && $0.distance < max($0.name.count, name.count) }
      .min { $0.distance < $1.distance }?.name
  }

  /// What is said to somebody who named none of those there are.
  ///
  ///     no such preset; did you mean 'seed'? there are: default, fourier, natural, instant, edm, seed, smalldiffusion
  package static func unknown(_ name: String, _ kind: String, among names: [String], others: [String] = []) -> String {
    let suggestion = nearest(to: name, among: names).map { "; did you mean '\($0)'?" } ?? ";"
    return "no such \(kind)\(suggestion) there are: \((names + others).joined(separator: ", "))"
  }
}

/// The least number of insertions, deletions and substitutions that turn one text into the other (Levenshtein 1966).
package func editDistance(_ a: String, _ b: String) -> Int {
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
