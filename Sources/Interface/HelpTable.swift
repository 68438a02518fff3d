import Plot

/// Bindings in two columns, as large as they need it; where there is too little room, those from a first one on.
package struct HelpTable: Sendable {
  private let hints: [Hint]
  private let labelColumns: Int

  /// - Parameter hints: In the order in which they are listed.
  package init(_ hints: [Hint]) {
    self.hints = hints
    labelColumns = hints.map(\.label.cellWidth).max() ?? 0
  }

  /// With its border.
  package var columns: Int { labelColumns + 2 + (hints.map(\.help.cellWidth).max() ?? 0) + 6 }
  /// With its border.
  package var rows: Int { hints.count + 2 }

  /// - Parameter first: The first row that is shown; at the end, the last rows are.
  package func draw(in place: Rectangle, from first: Int = 0) -> Drawing {
    let hidden = max(hints.count - place.inside.rows, 0)
    let first = min(max(first, 0), hidden)
    let scrolls = [Label("↑↓", .accent, .bold), Label(" more, \(first + place.inside.rows) of \(hints.count)")]
    var drawing = Drawing(
      box: place, title: [Label("keys", .text, .bold)], legend: hidden > 0 ? scrolls : [], ink: .accent)
    for (i, hint) in hints.dropFirst(first).prefix(place.inside.rows).enumerated() {
      let row = place.row + 1 + i
      let helpColumn = place.column + 3 + labelColumns + 2
      drawing.write(hint.label, column: place.column + 3, row: row, ink: .accent, emphasis: .bold)
      drawing.write(
        hint.help.shortened(to: place.endColumn - 1 - helpColumn), column: helpColumn, row: row)
    }
    return drawing
  }
}
