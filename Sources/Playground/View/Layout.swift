import Plot

/// A rectangle of cells.
struct Rectangle: Equatable {
  var column: Int
  var row: Int
  var columns: Int
  var rows: Int
}

/// Where the panes are: header on top, footer at the bottom, the plot at the left, everything else stacked beside it.
struct Layout: Equatable {
  static let leastColumns = 60
  static let leastRows = 20

  private static let leastSide = 22
  private static let sliderRows = 4
  /// Of the bars above the slider of sigma.
  private static let barRows = 3...12

  let plot: Rectangle
  let loss: Rectangle
  let noise: Rectangle
  let rate: Rectangle

  /// Nil if there is too little room.
  init?(columns: Int, rows: Int) {
    guard columns >= Layout.leastColumns, rows >= Layout.leastRows else { return nil }
    let body = rows - 2
    // A cell is twice as high as wide, so this makes the inside of the plot square. Beside it the rest should be neither
    // too narrow to read nor wider than the plot.
    let square = 2 * (body - 2) + 2
    let side = min(max(columns - square, Layout.leastSide), columns * 9 / 20)
    plot = Rectangle(column: 0, row: 1, columns: columns - side, rows: body)
    let bars = min(max(body / 5, Layout.barRows.lowerBound), Layout.barRows.upperBound)
    // One row more for the marks below the bars.
    let noiseRows = bars + 1 + Layout.sliderRows
    loss = Rectangle(column: columns - side, row: 1, columns: side, rows: body - noiseRows - Layout.sliderRows)
    noise = Rectangle(column: columns - side, row: 1 + loss.rows, columns: side, rows: noiseRows)
    rate = Rectangle(
      column: columns - side, row: noise.row + noiseRows, columns: side, rows: Layout.sliderRows)
  }
}

extension CellGrid {
  mutating func draw(_ pane: CellGrid, at place: Rectangle) {
    draw(pane, column: place.column, row: place.row)
  }

  mutating func drawCentered(_ panel: CellGrid) {
    draw(panel, column: max(0, (columns - panel.columns) / 2), row: max(0, (rows - panel.rows) / 2))
  }
}
