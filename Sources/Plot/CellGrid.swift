import Expect

/// A rectangle of cells: the picture of one frame, before any terminal is involved.
package struct CellGrid: Equatable, Sendable {
  package let columns: Int
  package let rows: Int
  private var cells: [Cell]

  /// Blank all over.
  package init(columns: Int, rows: Int) {
    expect(columns >= 0 && rows >= 0, "a grid of \(columns)×\(rows) cells")
    self.columns = columns
    self.rows = rows
    cells = [Cell](repeating: .blank, count: columns * rows)
  }

  /// The cell at (column, row), counted from the top left. Reading outside gives blank; writing outside does nothing,
  /// so that drawing clips itself.
  ///
  /// A wide glyph also takes the cell at its right, and where there is none a blank is written. Of a wide glyph that
  /// is overwritten in part the rest becomes blank.
  package subscript(column: Int, row: Int) -> Cell {
    get { contains(column, row) ? cells[row * columns + column] : .blank }
    set {
      guard contains(column, row) else { return }
      let index = row * columns + column
      if newValue.isContinuation {
        // Written already with the glyph that it belongs to, unless that was cut off.
        if !(column > 0 && cells[index].isContinuation) { replace(index, column, by: Cell(" ", newValue.ink)) }
      } else if newValue.glyph.isWide {
        guard column + 1 < columns else { return replace(index, column, by: Cell(" ", newValue.ink)) }
        replace(index + 1, column + 1, by: .blank)
        replace(index, column, by: newValue)
        cells[index + 1] = newValue.continued()
      } else {
        replace(index, column, by: newValue)
      }
    }
  }

  /// Writes a cell, and blanks over what is left of a wide glyph that stood there.
  private mutating func replace(_ index: Int, _ column: Int, by cell: Cell) {
    if cells[index].isContinuation { cells[index - 1] = .blank }
    if column + 1 < columns, cells[index + 1].isContinuation { cells[index + 1] = .blank }
    cells[index] = cell
  }

  /// Writes text to the right from (column, row), in as many cells as its `cellWidth`, clipped at the edges.
  package mutating func write(
    _ text: String, column: Int, row: Int, ink: Ink = .text, emphasis: Cell.Emphasis = .plain
  ) {
    var column = column
    for cluster in text.clusters {
      var cell = Cell(cluster.base, ink, emphasis)
      cell.marks = cluster.marks
      // Cut through its middle by the left edge.
      if cluster.width == 2, column == -1 { self[0, row] = Cell(" ", ink, emphasis) }
      self[column, row] = cell
      column += cluster.width
    }
  }

  /// Copies another grid onto this one with its top left corner at (column, row), clipped at the edges.
  package mutating func draw(_ other: CellGrid, column: Int, row: Int) {
    for y in 0..<other.rows {
      for x in 0..<other.columns {
        self[column + x, row + y] = other[x, y]
      }
    }
  }

  /// The glyphs of each row, for tests and plain logs.
  package var lines: [String] {
    (0..<rows).map { row in
      var line = String.UnicodeScalarView()
      for column in 0..<columns where !self[column, row].isContinuation {
        line.append(self[column, row].withoutGround.glyph)
        line.append(contentsOf: self[column, row].marks.scalars)
      }
      return String(line)
    }
  }

  /// The same where no ground can be coloured.
  package var withoutGrounds: CellGrid {
    var grid = self
    for i in cells.indices where cells[i].ground != nil { grid.cells[i] = cells[i].withoutGround }
    return grid
  }

  private func contains(_ column: Int, _ row: Int) -> Bool {
    column >= 0 && column < columns && row >= 0 && row < rows
  }
}
