import Plot

/// A rectangle of cells.
struct Rectangle: Equatable {
  var column: Int
  var row: Int
  var columns: Int
  var rows: Int
}

/// Where the panes are: header on top, footer at the bottom, the plot at the left, everything else stacked beside it.
/// The settings, while they are open, take the place of the sliders, which their arrow keys would move, and of the bars
/// where there is no room for both.
struct Layout: Equatable {
  static let leastColumns = 60
  static let leastRows = 20

  private static let leastSide = 22
  private static let sliderRows = 4
  private static let leastLossRows = 6
  private static let leastSettingsColumns = 36
  /// Of the bars above the slider of sigma.
  private static let barRows = 3...12

  let plot: Rectangle
  let loss: Rectangle
  let noise: Rectangle?
  let rate: Rectangle?
  let settings: Rectangle?

  /// Nil if there is too little room.
  ///
  /// - Parameter settingsRows: Of the open settings.
  init?(columns: Int, rows: Int, settingsRows: Int? = nil) {
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
    let lowest = settingsRows ?? Layout.sliderRows
    let hasNoise = settingsRows == nil || body - noiseRows - lowest >= Layout.leastLossRows
    loss = Rectangle(
      column: columns - side, row: 1, columns: side, rows: body - (hasNoise ? noiseRows : 0) - lowest)
    noise =
      hasNoise ? Rectangle(column: columns - side, row: 1 + loss.rows, columns: side, rows: noiseRows) : nil
    let bottom = Rectangle(column: columns - side, row: rows - 1 - lowest, columns: side, rows: lowest)
    rate = settingsRows == nil ? bottom : nil
    // On a narrow screen the settings reach into the plot.
    let width = max(side, Layout.leastSettingsColumns)
    settings = settingsRows.map { Rectangle(column: columns - width, row: bottom.row, columns: width, rows: $0) }
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
