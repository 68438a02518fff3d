/// A rectangle of cells of the screen, counted from its top left corner; never of a negative size.
package struct Rectangle: Equatable, Sendable {
  /// The leftmost column of it.
  package var column: Int
  /// The topmost row of it.
  package var row: Int
  /// How wide it is, in cells.
  package var columns: Int
  /// How high it is, in cells.
  package var rows: Int

  /// A negative size is taken for 0.
  package init(column: Int, row: Int, columns: Int, rows: Int) {
    self.column = column
    self.row = row
    self.columns = max(columns, 0)
    self.rows = max(rows, 0)
  }

  /// One with its top left corner at (0, 0).
  package init(columns: Int, rows: Int) {
    self.init(column: 0, row: 0, columns: columns, rows: rows)
  }

  /// The first column and row beyond it.
  package var endColumn: Int { column + columns }
  /// The first row below it.
  package var endRow: Int { row + rows }

  package var isEmpty: Bool { columns == 0 || rows == 0 }

  /// Whether a cell of the screen is one of its cells.
  package func contains(column: Int, row: Int) -> Bool {
    column >= self.column && column < endColumn && row >= self.row && row < endRow
  }

  /// Without so many columns at the left and the right, and so many rows at the top and the bottom.
  package func inset(columns: Int = 0, rows: Int = 0) -> Rectangle {
    Rectangle(
      column: column + columns, row: row + rows, columns: self.columns - 2 * columns, rows: self.rows - 2 * rows)
  }

  /// What is inside a border.
  package var inside: Rectangle { inset(columns: 1, rows: 1) }

  /// One row of it, counted from its own top; from the bottom for a negative number, −1 being the last.
  package func line(_ index: Int) -> Rectangle {
    let index = index < 0 ? rows + index : index
    return Rectangle(column: column, row: row + index, columns: columns, rows: index >= 0 && index < rows ? 1 : 0)
  }

  /// One of a size in the middle of this, cut where this is smaller.
  package func centered(columns: Int, rows: Int) -> Rectangle {
    let (columns, rows) = (min(columns, self.columns), min(rows, self.rows))
    return Rectangle(
      column: column + (self.columns - columns) / 2, row: row + (self.rows - rows) / 2, columns: columns, rows: rows)
  }

  /// A left and a right part of the same size, with so many columns or one more between them.
  package func halves(gap: Int = 0) -> (left: Rectangle, right: Rectangle) {
    let left = Rectangle(column: column, row: row, columns: (columns - gap) / 2, rows: rows)
    return (left, Rectangle(column: endColumn - left.columns, row: row, columns: left.columns, rows: rows))
  }

  /// An edge to cut something off.
  package enum Edge: Sendable {
    case top, bottom, left, right
  }

  /// Cuts so many rows or columns off, or all that there are.
  ///
  /// - Returns: What was cut off.
  package mutating func cut(_ count: Int, from edge: Edge) -> Rectangle {
    var part = self
    switch edge {
    case .top, .bottom:
      part.rows = min(max(count, 0), rows)
      rows -= part.rows
      if edge == .top { row += part.rows } else { part.row = endRow }
    case .left, .right:
      part.columns = min(max(count, 0), columns)
      columns -= part.columns
      if edge == .left { column += part.columns } else { part.column = endColumn }
    }
    return part
  }
}
