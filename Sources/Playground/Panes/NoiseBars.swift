import Diffusion
import Interface
import Plot

/// A bar for each noise level, what is learned, and over the bars a line, the ideal, which no bar falls short of; their
/// full height is 2, what predicting zero scores. A mark below tells how much of the loss's weight falls there: none for
/// less than a quarter of an even share, then a dot, a larger one from an even share, a disc from twice that.
struct NoiseBars: Figure {
  /// What bars and the line over them are drawn with. The line has three heights within a cell, from low to high.
  struct Marks {
    let parts: [Unicode.Scalar]
    let lines: [Unicode.Scalar]

    init(_ glyphs: Glyphs) {
      switch glyphs {
      case .braille: (parts, lines) = (["▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"], ["▁", "─", "▔"])
      case .block: (parts, lines) = (["▄", "█"], ["─", "─", "─"])
      case .ascii: (parts, lines) = (["#"], ["=", "=", "="])
      }
    }

    var full: Unicode.Scalar { parts[parts.count - 1] }
  }

  private static let most = 16
  private let bins: [LossByNoise.Bin]

  init(_ bins: [LossByNoise.Bin]) { self.bins = bins }

  /// The columns that the bars fill: as many for each.
  static func width(columns: Int) -> Int {
    let count = min(most, columns / 2)
    return count == 0 ? 0 : columns / count * count
  }

  /// - Parameter rows: Of the bars, and one for the marks.
  func cells(columns: Int, rows: Int, glyphs: Glyphs) -> CellGrid {
    var grid = CellGrid(columns: columns, rows: rows)
    let (count, rows) = (min(NoiseBars.most, columns / 2), rows - 1)
    guard !bins.isEmpty, count > 0, rows > 0 else { return grid }
    let width = columns / count
    let marks = Marks(glyphs)
    for bar in 0..<count {
      let range = bar * bins.count / count..<max((bar + 1) * bins.count / count, bar * bins.count / count + 1)
      func mean(_ value: KeyPath<LossByNoise.Bin, Float>) -> Float {
        bins[range].reduce(0) { $0 + $1[keyPath: value] } / Float(range.count)
      }
      let filled = parts(height: mean(\.learned) / 2, marks, rows: rows)
      // A gap sets bars apart; the line goes on.
      for column in 0..<width - 1 { drawBar(parts: filled, marks, column: bar * width + column, rows: rows, on: &grid) }
      for column in 0..<width {
        drawLine(
          height: mean(\.ideal) / 2, over: filled, marks, column: bar * width + column, rows: rows, on: &grid)
      }
      let share = mean(\.mass) * Float(bins.count)
      let mark: Unicode.Scalar? = share >= 2 ? "●" : share >= 1 ? "•" : share >= 0.25 ? "·" : nil
      if let mark { grid[bar * width + (width - 1) / 2, rows] = Cell(mark, .point) }
    }
    return grid
  }

  /// How many parts of cells a bar fills; nil for a height that is not finite.
  private func parts(height: Float, _ marks: Marks, rows: Int) -> Int? {
    let parts = marks.parts.count
    return height.isFinite ? max(1, Int((min(height, 1) * Float(parts * rows)).rounded())) : nil
  }

  private func drawBar(parts filled: Int?, _ marks: Marks, column: Int, rows: Int, on grid: inout CellGrid) {
    guard let filled else { return grid[column, rows - 1] = Cell("!", .warning, .bold) }
    let parts = marks.parts.count
    for row in 0..<rows {
      let part = min(filled - parts * (rows - 1 - row), parts)
      if part > 0 { grid[column, row] = Cell(marks.parts[part - 1], .curve) }
    }
  }

  private func drawLine(
    height: Float, over filled: Int?, _ marks: Marks, column: Int, rows: Int, on grid: inout CellGrid
  ) {
    guard height.isFinite else { return }
    // As the cell's thirds are rounded otherwise than the bar's parts, the line could come to lie above a bar's end.
    let top = filled.map { (3 * $0 + marks.parts.count - 1) / marks.parts.count } ?? 3 * rows
    let place = min(max(Int((min(height, 1) * Float(3 * rows)).rounded(.down)), 0), top - 1)
    let (row, line) = (rows - 1 - place / 3, marks.lines[place % 3])
    // A cell has one ink: through a full one the line is cut out of the bar, which so stays whole.
    let isThrough = grid[column, row] == Cell(marks.full, .curve) && !marks.full.isASCII
    grid[column, row] = isThrough ? Cell(line, .curve, .reverse) : Cell(line, .ideal)
  }
}
