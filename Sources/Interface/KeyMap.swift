import Plot
import Terminal

/// Keys that a person has put elsewhere. What a key does is named by its word in the footer.
package struct KeyMap: Sendable {
  /// What a pressed key means: another one, or nothing any more.
  private var meanings: [Key: Key?] = [:]
  /// How a key of the tables is printed.
  private var signs: [Key: String] = [:]

  /// All keys are where the tables have them.
  package init() {}

  /// - Parameters:
  ///   - wanted: Words, and the key that each is to have: one character.
  ///   - tables: All keys that there are, those of one table never in force with another view's.
  ///   - problem: Called with a word, and what is wrong with it.
  package init(
    _ wanted: [(word: String, key: String)], tables: [[Hint]], problem: (_ word: String, _ reason: String) -> Void
  ) {
    let hints = tables.flatMap(\.self)
    var taken: [Key: String] = [:]
    for (word, text) in wanted {
      guard let hint = hints.first(where: { $0.footer?.word == word }), let old = hint.keys.first else {
        problem(word, "no key is called so; the words of the footer name them")
        continue
      }
      guard text.count == 1, let character = text.first, text.cellWidth == 1 else {
        problem(word, "a key is one character, not '\(text)'")
        continue
      }
      let key = Key.character(character)
      if let other = taken[key] {
        problem(word, "'\(text)' is already the key of \(other)")
        continue
      }
      taken[key] = word
      meanings[key] = old
      signs[old] = text
    }
    // What moved away leaves its old key free, unless something moved there.
    for old in signs.keys where meanings[old] == nil { meanings[old] = Key?.none }
    for (key, word) in taken {
      guard let loser = hints.first(where: { $0.keys.contains(key) && $0.footer?.word != word }), signs[key] == nil
      else { continue }
      problem(word, "'\(Self.text(key))' was the key of \(loser.footer?.word ?? loser.help), which has none now")
    }
  }

  private static func text(_ key: Key) -> String {
    if case .character(let character) = key { "\(character)" } else { "" }
  }

  /// What a pressed key means; nil if nothing any more.
  package func meaning(of key: Key) -> Key? { meanings[key] ?? key }

  /// How a key of the tables is printed if it was put elsewhere.
  package func sign(of key: Key) -> String? { signs[key] }

  /// A binding as it is printed where its keys are elsewhere.
  package func moved(_ hint: Hint) -> Hint {
    func moved(_ label: String) -> String {
      label.split(separator: " ", omittingEmptySubsequences: false).map { part in
        guard part.count == 1, let sign = part.first.flatMap({ signs[.character($0)] }) else { return String(part) }
        return sign
      }.joined(separator: " ")
    }
    return hint.relabelled(moved)
  }
}
