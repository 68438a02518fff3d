import Expect

/// Levels over a rectangle of the data's plane, on a grid of equal cells: a density, a magnitude.
package struct Raster: Sendable {
  /// Cells across.
  package let columns: Int
  /// Cells from bottom to top.
  package let rows: Int
  /// What it covers, in data units.
  package let x: ClosedRange<Float>
  package let y: ClosedRange<Float>
  /// `[rows, columns]`, from the lowest y up. From 0 to 1; what is not finite is drawn as nothing.
  package let levels: [Float]

  /// - Parameter levels: As many as fill whole rows of so many columns.
  package init(columns: Int, over x: ClosedRange<Float>, _ y: ClosedRange<Float>, levels: [Float]) {
    expect(columns > 0 && levels.count % columns == 0, "\(levels.count) levels in \(columns) columns")
    (self.columns, self.x, self.y, self.levels) = (columns, x, y, levels)
    rows = levels.count / columns
  }

  /// The shade of the cell that holds a point; none outside.
  package func shade(at point: SIMD2<Float>) -> Shade {
    func index(_ value: Float, _ range: ClosedRange<Float>, _ count: Int) -> Int? {
      guard range.contains(value), count > 0 else { return nil }
      let position = (value - range.lowerBound) / (range.upperBound - range.lowerBound) * Float(count)
      return position.isNaN ? nil : min(Int(position), count - 1)
    }
    guard let column = index(point.x, x, columns), let row = index(point.y, y, rows) else { return .none }
    return Shade(levels[row * columns + column])
  }

  /// Two opposite corners of each run of cells of one shade, row by row.
  func runs(of shade: Shade) -> [(from: SIMD2<Float>, to: SIMD2<Float>)] {
    func corner(_ column: Int, _ row: Int) -> SIMD2<Float> {
      let (across, up) = (Float(column) / Float(columns), Float(row) / Float(rows))
      return SIMD2(
        x.lowerBound + across * (x.upperBound - x.lowerBound), y.lowerBound + up * (y.upperBound - y.lowerBound))
    }
    return (0..<rows).flatMap { row -> [(from: SIMD2<Float>, to: SIMD2<Float>)] in
      var (runs, start): ([(from: SIMD2<Float>, to: SIMD2<Float>)], Int?) = ([], nil)
      for column in 0...columns {
        let isOfShade = column < columns && Shade(levels[row * columns + column]) == shade
        if isOfShade {
          start = start ?? column
        } else if let from = start {
          runs.append((corner(from, row), corner(column, row + 1)))
          start = nil
        }
      }
      return runs
    }
  }
}
