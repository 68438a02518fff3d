import Plot

extension Drawing {
  /// A pane with a border, its title and present value in the upper line, and a legend in the lower one.
  package init(
    box place: Rectangle, title: [Label], value: [Label] = [], legend: [Label] = [], ink: Ink = .grid
  ) {
    self.init(place)
    let line = String(repeating: "─", count: max(0, place.columns - 2))
    write("╭" + line + "╮", column: place.column, row: place.row, ink: ink)
    for row in place.inset(rows: 1).row..<place.inset(rows: 1).endRow {
      cell(Cell("│", ink), column: place.column, row: row)
      cell(Cell("│", ink), column: place.endColumn - 1, row: row)
    }
    write("╰" + line + "╯", column: place.column, row: place.endRow - 1, ink: ink)
    // The corners are never written over.
    let room = max(place.columns - 4, 0)
    let value = value.padded.shortened(to: room)
    write(title.padded.shortened(to: room - value.width), column: place.column + 2, row: place.row)
    write(value, before: place.endColumn - 2, row: place.row)
    write(legend.padded.shortened(to: room), column: place.column + 2, row: place.endRow - 1)
  }
}
