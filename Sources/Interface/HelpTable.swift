import Plot

/// Bindings in two columns, as large as they need it.
package struct HelpTable: Sendable {
  private let hints: [Hint]
  private let labelColumns: Int

  package init(_ hints: [Hint]) {
    self.hints = hints
    labelColumns = hints.map(\.label.cellWidth).max() ?? 0
  }

  /// With its border.
  package var columns: Int { labelColumns + 2 + (hints.map(\.help.cellWidth).max() ?? 0) + 6 }
  /// With its border.
  package var rows: Int { hints.count + 2 }

  package func draw(in place: Rectangle) -> Drawing {
    var drawing = Drawing(box: place, title: [Label("keys", .text, .bold)], ink: .accent)
    for (i, hint) in hints.prefix(place.inside.rows).enumerated() {
      let row = place.row + 1 + i
      let helpColumn = place.column + 3 + labelColumns + 2
      drawing.write(hint.label, column: place.column + 3, row: row, ink: .accent, emphasis: .bold)
      drawing.write(
        hint.help.shortened(to: place.endColumn - 1 - helpColumn), column: helpColumn, row: row)
    }
    return drawing
  }
}
