import Plot

/// A word or two with an ink.
struct Label {
  let text: String
  let ink: Ink
  var emphasis = Cell.Emphasis.plain

  init(_ text: String, _ ink: Ink = .muted, _ emphasis: Cell.Emphasis = .plain) {
    self.text = text
    self.ink = ink
    self.emphasis = emphasis
  }

  var width: Int { text.cellWidth }
}

extension CellGrid {
  /// Writes labels one after the other.
  mutating func write(_ labels: [Label], column: Int, row: Int) {
    var column = column
    for label in labels {
      write(label.text, column: column, row: row, ink: label.ink, emphasis: label.emphasis)
      column += label.width
    }
  }

  /// Writes labels that end before a column.
  mutating func write(_ labels: [Label], before column: Int, row: Int) {
    write(labels, column: column - labels.reduce(0) { $0 + $1.width }, row: row)
  }

  /// A pane with a border, its title and present value in the upper line, and a legend in the lower one.
  static func box(
    columns: Int, rows: Int, title: [Label], value: [Label] = [], legend: [Label] = [], ink: Ink = .grid
  ) -> CellGrid {
    var grid = CellGrid(columns: columns, rows: rows)
    let line = String(repeating: "─", count: max(0, columns - 2))
    grid.write("╭" + line + "╮", column: 0, row: 0, ink: ink)
    for row in 1..<max(1, rows - 1) {
      grid[0, row] = Cell("│", ink)
      grid[columns - 1, row] = Cell("│", ink)
    }
    grid.write("╰" + line + "╯", column: 0, row: rows - 1, ink: ink)
    grid.write(padded(title), column: 2, row: 0)
    grid.write(padded(value), before: columns - 2, row: 0)
    grid.write(padded(legend), column: 2, row: rows - 1)
    return grid
  }

  private static func padded(_ labels: [Label]) -> [Label] {
    labels.isEmpty ? [] : [Label(" ")] + labels + [Label(" ")]
  }
}
