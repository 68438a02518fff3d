import Diffusion
import Plot

/// The loss at every noise level, what has been learned beside what could be, above the slider of sigma: both have the
/// same axis, so that its knob stands under the loss at the present noise level.
func noisePane(_ state: State, _ place: Rectangle) -> CellGrid {
  let isCurrent = state.insight?.generation == state.generation
  let bins = isCurrent ? state.insight?.bins ?? [] : []
  var pane = CellGrid.box(
    columns: place.columns, rows: place.rows,
    title: [Label(place.columns < 30 ? "noise sigma" : "loss by noise sigma", .text, .bold)],
    value: [Label(state.sigma.value.formatted(significant: 3, padded: true), .accent, .bold)],
    legend: [Label("█ ", .curve), Label("learned "), Label("█ ", .ideal), Label("ideal")]
      + (place.columns < 30 ? [] : [Label(" • ", .point), Label("weight")]))
  let bars = noiseBars(bins, columns: place.columns - 4, rows: place.rows - 5)
  pane.draw(bars, column: 2, row: 1)
  drawSlider(state.sigma, on: &pane, row: place.rows - 3, columns: noiseBarsWidth(columns: place.columns - 4))
  return pane
}

/// The columns that the bars fill: as many for each.
func noiseBarsWidth(columns: Int) -> Int {
  let count = min(16, columns / 2)
  return columns / count * count
}

/// A pair of bars for each noise level, learned and ideal; their full height is 2, what predicting zero scores. A mark
/// below tells how much of the loss's weight falls there: none for less than a quarter of an even share, then a dot, a
/// larger one from an even share, a disc from twice that.
func noiseBars(_ bins: [LossByNoise.Bin], columns: Int, rows: Int) -> CellGrid {
  var grid = CellGrid(columns: columns, rows: rows + 1)
  let count = min(16, columns / 2)
  let width = columns / count
  guard !bins.isEmpty, count > 0, rows > 0 else { return grid }
  for bar in 0..<count {
    let range = bar * bins.count / count..<max((bar + 1) * bins.count / count, bar * bins.count / count + 1)
    func mean(_ value: KeyPath<LossByNoise.Bin, Float>) -> Float {
      bins[range].reduce(0) { $0 + $1[keyPath: value] } / Float(range.count)
    }
    // With room for it, a gap sets pairs apart.
    let used = width - (width > 2 ? 1 : 0)
    let learnedWidth = (used + 1) / 2
    for column in 0..<used {
      let isLearned = column < learnedWidth
      drawBar(
        height: (isLearned ? mean(\.learned) : mean(\.ideal)) / 2, ink: isLearned ? .curve : .ideal,
        column: bar * width + column, rows: rows, on: &grid)
    }
    let share = mean(\.mass) * Float(bins.count)
    let mark: Unicode.Scalar? = share >= 2 ? "●" : share >= 1 ? "•" : share >= 0.25 ? "·" : nil
    if let mark { grid[bar * width + (used - 1) / 2, rows] = Cell(mark, .point) }
  }
  return grid
}

private func drawBar(height: Float, ink: Ink, column: Int, rows: Int, on grid: inout CellGrid) {
  let eighths: [Unicode.Scalar] = ["▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"]
  guard height.isFinite else { return grid[column, rows - 1] = Cell("!", .warning, .bold) }
  let filled = max(1, Int((min(height, 1) * Float(8 * rows)).rounded()))
  for row in 0..<rows {
    let part = min(filled - 8 * (rows - 1 - row), 8)
    if part > 0 { grid[column, row] = Cell(eighths[part - 1], ink) }
  }
}
