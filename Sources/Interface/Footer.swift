import Plot
import Terminal

/// The line of keys at the bottom of the screen. It draws itself, and says which key a pointer on it means.
package struct Footer: Sendable {
  private static let gap = 2

  private let items: [(hint: Hint, footer: Hint.Footer, place: Rectangle)]

  /// - Parameters:
  ///   - hints: In the order of their rank. Where there is too little room for all, the last but two go first: the last two are
  ///     those that lead to all the others.
  ///   - place: The row.
  package init(_ hints: [Hint], in place: Rectangle) {
    var shown = hints.compactMap { hint in hint.footer.map { (hint, $0) } }
    while shown.count > 2, shown.reduce(-Footer.gap, { $0 + $1.1.width + Footer.gap }) > place.columns - 1 {
      shown.remove(at: shown.count - 3)
    }
    var column = place.column + 1
    items = shown.map { hint, footer in
      defer { column += footer.width + Footer.gap }
      return (hint, footer, Rectangle(column: column, row: place.row, columns: footer.width, rows: 1))
    }
  }

  /// The key that a press on the footer means: that whose sign is pressed, or else the first of the word's.
  package func key(column: Int, row: Int) -> Key? {
    guard let (hint, footer, place) = items.first(where: { $0.place.contains(column: column, row: row) }) else {
      return nil
    }
    let signs = Array(footer.label.unicodeScalars)
    let pressed = column - place.column
    let key = pressed < signs.count ? Footer.key(signs[pressed]) : nil
    return key.flatMap { hint.keys.contains($0) ? $0 : nil } ?? hint.keys.first
  }

  /// The key that a sign stands for.
  private static func key(_ sign: Unicode.Scalar) -> Key {
    switch sign {
    case "←": .left
    case "→": .right
    case "↑": .up
    case "↓": .down
    default: .character(Character(sign))
    }
  }

  /// Writes the words that there is room for.
  package func draw(on drawing: inout Drawing) {
    for (_, footer, place) in items {
      drawing.write(
        [Label(footer.label, .accent, .bold), Label(" " + footer.word)], column: place.column, row: place.row)
    }
  }
}
