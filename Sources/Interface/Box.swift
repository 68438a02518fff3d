import Plot

extension Drawing {
  /// A pane with a border, its title and present value in the upper line, and a legend in the lower one. The value
  /// matters most where there is too little room for both.
  package init(
    box place: Rectangle, title: [Label], value: [Label] = [], legend: [Label] = [], ink: Ink = .grid
  ) {
    self.init(place)
    let (right, bottom) = (place.endColumn - 1, place.endRow - 1)
    cell(Cell("─", ink), column: place.column + 1, row: bottom, count: place.columns - 2)
    cell(Cell("╭", ink), column: place.column, row: place.row)
    cell(Cell("╮", ink), column: right, row: place.row)
    cell(Cell("╰", ink), column: place.column, row: bottom)
    cell(Cell("╯", ink), column: right, row: bottom)
    for row in place.inset(rows: 1).row..<place.inset(rows: 1).endRow {
      cell(Cell("│", ink), column: place.column, row: row)
      cell(Cell("│", ink), column: right, row: row)
    }
    self.title(title, value: value, in: place, ink: ink)
    write(legend.shortened(to: Drawing.room(place.columns)).padded, column: place.column + 2, row: bottom)
  }

  /// Another title for what has been drawn in a box.
  package mutating func title(_ title: [Label], value: [Label] = [], in place: Rectangle, ink: Ink = .grid) {
    cell(Cell("─", ink), column: place.column + 1, row: place.row, count: place.columns - 2)
    let room = Drawing.room(place.columns)
    let value = value.shortened(to: room)
    let left = room - (value.isEmpty ? 0 : value.width + 3)
    write(title.shortened(to: left).padded, column: place.column + 2, row: place.row)
    write(value.padded, before: place.endColumn - 2, row: place.row)
  }

  /// What the upper or the lower line of a box of that width has room for.
  package static func room(_ columns: Int) -> Int { max(columns - 6, 0) }
}
