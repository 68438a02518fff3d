/// A small line chart of a series in time, in character cells, with its scale at the left where there is room.
package struct Sparkline: Sendable {
  /// A value to compare with, always within the chart, as a dashed line with its name on it.
  package struct Line: Sendable {
    /// On the scale of the values.
    package let value: Double
    package let ink: Ink
    /// Several ways to say what it is, the longest first.
    package let names: [String]
    /// Whether the name stands at the right rather than at the left.
    package let prefersEnd: Bool

    package init(_ value: Double, _ ink: Ink, names: [String], prefersEnd: Bool = false) {
      self.value = value
      self.ink = ink
      self.names = names
      self.prefersEnd = prefersEnd
    }
  }

  /// The first first; what cannot be shown leaves a gap.
  package var values: [Double]
  package var scale: Axis.Scale
  package var ink: Ink
  /// Values to compare with.
  package var lines: [Line] = []
  /// What is above this does not widen the chart; an arrow at the upper edge tells of it.
  package var cap = Double.infinity
  /// The steps of the first and the last value, for an axis below.
  package var steps: ClosedRange<Double>?

  /// - Parameter values: In time, evenly spaced.
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
    let hasSteps = steps != nil && rows >= 4 && columns >= 12
    let rows = rows - (hasSteps ? 1 : 0)
    // The scale is that of the averages, which are what is drawn; the gutter hardly changes them.
    let means = averaged(to: columns * renderer.dotsAcross).map(\.mean).filter { $0 <= cap }
    let axis = Axis(covering: means + lines.map(\.value), scale: scale)
    let ticks =
      columns >= 18 && rows >= 2 && !values.isEmpty
      ? axis.ticks(length: Double(rows - 1), gap: 1, size: { _ in 1 }) : []
    for tick in ticks {
      let row = Int(((1 - tick.position) * Double(rows - 1)).rounded())
      grid.write(tick.label, column: 0, row: row, ink: .muted)
    }
    let gutter = ticks.map { $0.label.cellWidth + 1 }.max() ?? 0

    let width = columns - gutter
    let series = averaged(to: width * renderer.dotsAcross)
    let time = Axis(0...Double(max(series.count - 1, 1)))
    var scene = Scene(.chart(x: time, y: axis))
    scene.polyline(series.enumerated().map { SIMD2(Float($0), Float($1.mean)) }, ink: ink)
    let curve = renderer.render(scene, columns: width, rows: rows)
    for line in lines { grid.draw(line, behind: curve, axis, renderer, column: gutter) }
    grid.overlay(curve, column: gutter)
    func column(_ i: Int) -> Int {
      let position = time.position(of: Double(i)) ?? 0
      return gutter + Int((position * Double(width * renderer.dotsAcross - 1)).rounded()) / renderer.dotsAcross
    }
    for (i, value) in series.enumerated() {
      if value.mean > cap { grid[column(i), 0] = Cell("↑", .warning, .bold) }
      if value.hasGap { grid[column(i), rows - 1] = Cell("!", .warning, .bold) }
    }
    if hasSteps, let steps {
      let axis = Axis(covering: [steps.lowerBound, steps.upperBound])
      grid.drawAxis(axis, title: "step", from: gutter, width: width, row: rows)
    }
    return grid
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
