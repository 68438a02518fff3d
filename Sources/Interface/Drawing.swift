import Plot

/// What one part of the screen shows: cells, and figures with their places. A later thing covers an earlier one. Which
/// glyphs there are is asked only when it is turned into cells; a picture in a file is made of its scenes.
///
/// All places are those of the screen, so that who draws and who asks what is under the pointer say the same. What lies
/// outside the drawing's own place is cut off.
package struct Drawing: Sendable {
  private enum Mark: Sendable {
    /// The same cell so many times, to the right.
    case cells(Cell, count: Int, column: Int, row: Int)
    case text(Label, column: Int, row: Int)
    case figure(any Figure, Rectangle)
    case drawing(Drawing)
  }

  /// What it covers, in cells of the screen.
  package let place: Rectangle
  private var marks: [Mark] = []

  /// An empty one, which covers what is beneath.
  package init(_ place: Rectangle) { self.place = place }

  /// Draws a cell, and the same again to its right.
  package mutating func cell(_ cell: Cell, column: Int, row: Int, count: Int = 1) {
    marks.append(.cells(cell, count: count, column: column, row: row))
  }

  /// Writes labels one after the other, to the right from a cell.
  package mutating func write(_ labels: [Label], column: Int, row: Int) {
    var column = column
    for label in labels {
      marks.append(.text(label, column: column, row: row))
      column += label.width
    }
  }

  /// Writes labels that end before a column.
  package mutating func write(_ labels: [Label], before column: Int, row: Int) {
    write(labels, column: column - labels.width, row: row)
  }

  /// Writes a text that begins in a cell; what goes beyond the place is cut off.
  package mutating func write(
    _ text: String, column: Int, row: Int, ink: Ink = .text, emphasis: Cell.Emphasis = .plain
  ) {
    write([Label(text, ink, emphasis)], column: column, row: row)
  }

  /// Writes a text in lines, as many as a place has rows for; where that is not all, the last ends with "…".
  package mutating func write(
    _ text: String, in place: Rectangle, ink: Ink = .text, emphasis: Cell.Emphasis = .plain
  ) {
    for (i, line) in wrap(text, columns: place.columns, rows: place.rows).enumerated() {
      write(line.shortened(to: place.columns), column: place.column, row: place.row + i, ink: ink, emphasis: emphasis)
    }
  }

  /// Puts a figure in a place of the screen.
  package mutating func figure(_ figure: any Figure, in place: Rectangle) {
    marks.append(.figure(figure, place))
  }

  /// Lays another drawing over what is there, at its own place.
  package mutating func draw(_ other: Drawing) {
    marks.append(.drawing(other))
  }

  /// The scenes in it, the large ones first.
  package var scenes: [(scene: Scene, place: Rectangle)] {
    let scenes = marks.flatMap { mark -> [(scene: Scene, place: Rectangle)] in
      switch mark {
      case .figure(let figure, let place): figure.picture.map { [($0, place)] } ?? []
      case .drawing(let drawing): drawing.scenes
      case .cells, .text: []
      }
    }
    return scenes.sorted { $0.place.columns * $0.place.rows > $1.place.columns * $1.place.rows }
  }

  /// The cells of its place.
  package func cells(_ glyphs: Glyphs) -> CellGrid {
    var grid = CellGrid(columns: place.columns, rows: place.rows)
    for mark in marks {
      switch mark {
      case .cells(let cell, let count, let column, let row):
        for i in 0..<max(count, 0) { grid[column + i - place.column, row - place.row] = cell }
      case .text(let label, let column, let row):
        grid.write(
          label.text, column: column - place.column, row: row - place.row, ink: label.ink, emphasis: label.emphasis)
      case .figure(let figure, let at):
        guard !at.isEmpty else { continue }
        let cells = figure.cells(columns: at.columns, rows: at.rows, glyphs: glyphs)
        grid.draw(cells, column: at.column - place.column, row: at.row - place.row)
      case .drawing(let drawing):
        grid.draw(
          drawing.cells(glyphs), column: drawing.place.column - place.column, row: drawing.place.row - place.row)
      }
    }
    return grid
  }
}
