import Plot
import Terminal

/// Keys of one part of the program, and what they do there. Tables of these are the only place where keys stand: the help
/// panel, the footer and docs/playground.md are made from them.
package struct Binding<Action: Sendable>: Sendable {
  /// What each key does, in the order of the label.
  package let keys: [(key: Key, action: Action)]
  /// What is printed of it.
  package let hint: Hint

  /// - Parameters:
  ///   - label: The keys as they are printed.
  ///   - keys: What each key does.
  ///   - help: What they do, in words.
  ///   - footer: A shorter label and one word, for the footer; nil leaves it out.
  ///   - rank: Words of a lower rank come first in the footer, and are the last to go where it has too little room.
  package init(
    _ label: String, _ keys: [(key: Key, action: Action)], _ help: String,
    footer: (label: String, word: String)? = nil, rank: Int
  ) {
    self.keys = keys
    hint = Hint(label: label, keys: keys.map(\.key), help: help, footer: footer.map(Hint.Footer.init), rank: rank)
  }

  /// The same with the keys as a literal.
  package init(
    _ label: String, _ keys: KeyValuePairs<Key, Action>, _ help: String, footer: (label: String, word: String)? = nil,
    rank: Int
  ) {
    self.init(label, keys.map { (key: $0.key, action: $0.value) }, help, footer: footer, rank: rank)
  }
}

/// A binding without what it does: what is printed of it.
package struct Hint: Equatable, Sendable {
  /// One word for the footer, with the keys before it.
  package struct Footer: Equatable, Sendable {
    /// The keys as they are printed, in few cells.
    package let label: String
    /// What its key does, in a word.
    package var word: String

    /// In cells.
    var width: Int { label.cellWidth + 1 + word.cellWidth }
  }

  /// The keys as they are printed.
  package let label: String
  /// All that it stands for.
  package let keys: [Key]
  /// What its keys do, in half a sentence.
  package let help: String
  /// What the footer says of it; nil if nothing.
  package var footer: Footer?
  /// Its place among others: the lesser comes first.
  package var rank: Int
  /// Whether it does nothing now. It still has its keys.
  package var isOff = false

  /// The same with other signs for its keys.
  func relabelled(_ sign: (String) -> String) -> Hint {
    var hint = Hint(
      label: sign(label), keys: keys, help: help,
      footer: footer.map { Footer(label: sign($0.label), word: $0.word) }, rank: rank)
    hint.isOff = isOff
    return hint
  }
}

/// Bindings as a table in Markdown.
package func markdownTable(_ hints: [Hint]) -> String {
  let rows = hints.map { "| `\($0.label)` | \($0.help) |" }
  return (["| key | what it does |", "|---|---|"] + rows).joined(separator: "\n")
}
