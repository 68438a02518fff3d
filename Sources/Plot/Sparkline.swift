/// A small line chart of a series in time, in character cells, with its scale at the left where there is room.
package struct Sparkline: Sendable {
  package var values: [Double]
  package var scale: Axis.Scale
  package var ink: Ink
  /// A value that the series cannot go below, shown as a dashed line if it is not too far from the values.
  package var floor: Double?

  package init(_ values: [Double], scale: Axis.Scale = .linear, ink: Ink = .curve) {
    self.values = values
    self.scale = scale
    self.ink = ink
  }

  /// Values that cannot be shown (NaN, infinities, what is not positive on a log scale) leave a gap in the line, and a
  /// warning beneath it.
  package func render(columns: Int, rows: Int, glyphs: Glyphs) -> CellGrid {
    let renderer = glyphs.renderer
    var grid = CellGrid(columns: columns, rows: rows)
    // The scale is that of the averages, which are what is drawn; the gutter hardly changes them.
    let means = averaged(to: columns * renderer.dotsAcross).map(\.mean)
    let floor = nearFloor(means)
    let axis = Axis(covering: means + (floor.map { [$0] } ?? []), scale: scale)
    let ticks = columns >= 24 && rows >= 2 ? axis.ticks(length: Double(rows - 1), gap: 1, size: { _ in 1 }) : []
    for tick in ticks {
      let row = Int(((1 - tick.position) * Double(rows - 1)).rounded())
      grid.write(tick.label, column: 0, row: row, ink: .muted)
    }
    let gutter = ticks.map { $0.label.cellWidth + 1 }.max() ?? 0

    let width = columns - gutter
    let series = averaged(to: width * renderer.dotsAcross)
    let time = Axis(0...Double(max(series.count - 1, 1)))
    var scene = Scene(.chart(x: time, y: axis))
    if let floor {
      let end = time.range.upperBound
      // A dash and a gap of three dots each.
      let dashes = max(width * renderer.dotsAcross / 6, 1)
      for dash in 0..<dashes {
        let ends = [Double(dash), Double(dash) + 0.4].map { SIMD2(Float($0 / Double(dashes) * end), Float(floor)) }
        scene.polyline(ends, ink: .ideal)
      }
    }
    scene.polyline(series.enumerated().map { SIMD2(Float($0), Float($1.mean)) }, ink: ink)
    grid.draw(renderer.render(scene, columns: width, rows: rows), column: gutter, row: 0)
    for (i, value) in series.enumerated() where value.hasGap {
      let position = time.position(of: Double(i)) ?? 0
      let column = Int((position * Double(width * renderer.dotsAcross - 1)).rounded()) / renderer.dotsAcross
      grid[gutter + column, rows - 1] = Cell("!", .warning, .bold)
    }
    return grid
  }

  /// The floor, unless showing it would press the values into less than half of the chart.
  private func nearFloor(_ means: [Double]) -> Double? {
    guard let floor, floor.isFinite, floor > 0 || scale == .linear,
      let place = Axis(covering: means, scale: scale).position(of: floor), place > -1, place < 1
    else { return nil }
    return floor
  }

  /// The series shortened to at most so many values, each the mean of those that it stands for.
  private func averaged(to count: Int) -> [(mean: Double, hasGap: Bool)] {
    let count = min(count, values.count)
    return (0..<max(count, 0)).map { i in
      let part = values[i * values.count / count..<(i + 1) * values.count / count]
      let shown = part.filter { $0.isFinite && (scale == .linear || $0 > 0) }
      let mean = shown.isEmpty ? .nan : shown.reduce(0) { $0 + $1 / Double(shown.count) }
      return (mean, shown.count < part.count)
    }
  }
}
