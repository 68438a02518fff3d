/// One character cell of a terminal: a glyph one column wide, its ink and its emphasis.
package struct Cell: Equatable, Sendable {
  package enum Emphasis: UInt8, Sendable {
    case plain, bold, reverse
  }

  package var glyph: Unicode.Scalar
  package var ink: Ink
  package var emphasis: Emphasis

  package init(_ glyph: Unicode.Scalar, _ ink: Ink = .text, _ emphasis: Emphasis = .plain) {
    self.glyph = glyph
    self.ink = ink
    self.emphasis = emphasis
  }

  package static let blank = Cell(" ")
}

/// A rectangle of cells: the picture of one frame, before any terminal is involved.
package struct CellGrid: Equatable, Sendable {
  package let columns: Int
  package let rows: Int
  private var cells: [Cell]

  package init(columns: Int, rows: Int) {
    precondition(columns >= 0 && rows >= 0, "a grid of \(columns)×\(rows) cells")
    self.columns = columns
    self.rows = rows
    cells = [Cell](repeating: .blank, count: columns * rows)
  }

  /// The cell at (column, row), counted from the top left. Reading outside gives blank; writing outside does nothing,
  /// so that drawing clips itself.
  package subscript(column: Int, row: Int) -> Cell {
    get { contains(column, row) ? cells[row * columns + column] : .blank }
    set { if contains(column, row) { cells[row * columns + column] = newValue } }
  }

  /// Writes text to the right from (column, row), one scalar a cell, clipped at the edges.
  package mutating func write(
    _ text: String, column: Int, row: Int, ink: Ink = .text, emphasis: Cell.Emphasis = .plain
  ) {
    for (offset, scalar) in text.unicodeScalars.enumerated() {
      self[column + offset, row] = Cell(scalar, ink, emphasis)
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
      for column in 0..<columns { line.append(self[column, row].glyph) }
      return String(line)
    }
  }

  private func contains(_ column: Int, _ row: Int) -> Bool {
    column >= 0 && column < columns && row >= 0 && row < rows
  }
}
