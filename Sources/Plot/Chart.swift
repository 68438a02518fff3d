/// A scene whose window is a chart, in character cells, with its axes: the values of y at the left, those of x below.
package struct Chart: Sendable {
  /// The part of the cells that the scene itself fills.
  package struct Area: Equatable, Sendable {
    /// Columns left of it.
    package let column: Int
    /// Columns of it.
    package let columns: Int
    /// Rows below it hold the axis.
    package let rows: Int
  }

  /// Its window is a chart.
  package var scene: Scene
  /// Values of y to compare with.
  package var lines: [Sparkline.Line] = []
  /// A value of x with a vertical line through it.
  package var cursor: Double?
  /// Whether what is seen beside it says already what x is.
  package var hidesTitle = false

  /// Without lines and cursor.
  package init(_ scene: Scene) { self.scene = scene }

  /// Where the scene is among so many cells.
  package func area(columns: Int, rows: Int) -> Area {
    let height = max(rows - (rows >= 4 ? 1 : 0), 0)
    let gutter = ticks(rows: height, columns: columns).map { $0.label.cellWidth + 1 }.max() ?? 0
    return Area(column: gutter, columns: max(columns - gutter, 0), rows: height)
  }

  /// Ticks of y, where there is room for them.
  private func ticks(rows: Int, columns: Int) -> [Axis.Tick] {
    guard columns >= 18, rows >= 2 else { return [] }
    return scene.window.y.ticks(length: Double(rows - 1), gap: 1, size: { _ in 1 })
  }

  /// Axes where there is room for them; small pictures have none.
  package func render(columns: Int, rows: Int, glyphs: Glyphs) -> CellGrid {
    let renderer = glyphs.renderer
    let area = area(columns: columns, rows: rows)
    var grid = CellGrid(columns: columns, rows: rows)
    for tick in ticks(rows: area.rows, columns: columns) {
      let row = Int(((1 - tick.position) * Double(area.rows - 1)).rounded())
      grid.write(tick.label, column: 0, row: row, ink: .muted)
    }
    let curves = renderer.render(scene, columns: area.columns, rows: area.rows)
    if let cursor, let position = scene.window.x.position(of: cursor), (0...1).contains(position) {
      let column = area.column + Int((position * Double(max(area.columns - 1, 0))).rounded())
      for row in 0..<area.rows { grid[column, row] = Cell("│", .accent) }
    }
    for line in lines { grid.draw(line, behind: curves, scene.window.y, renderer, column: area.column) }
    grid.overlay(curves, column: area.column)
    if area.rows < rows {
      let title = hidesTitle ? "" : scene.window.x.title
      grid.drawAxis(scene.window.x, title: title, from: area.column, width: area.columns, row: area.rows)
    }
    return grid
  }
}

extension CellGrid {
  /// Draws another grid from that column on, leaving what lies under its blanks.
  mutating func overlay(_ other: CellGrid, column: Int) {
    for y in 0..<other.rows {
      for x in 0..<other.columns where other[x, y] != .blank { self[column + x, y] = other[x, y] }
    }
  }

  /// Dashes at a value of y, and among them the longest name that the curves leave room for.
  mutating func draw(
    _ line: Sparkline.Line, behind curves: CellGrid, _ axis: Axis, _ renderer: any CellRenderer, column: Int
  ) {
    guard axis.position(of: line.value).map({ (0...1).contains($0) }) == true else { return }
    let (width, rows) = (curves.columns, curves.rows)
    var scene = Scene(.chart(x: Axis(0...1), y: axis))
    // A dash and a gap of three dots each.
    let dashes = max(width * renderer.dotsAcross / 6, 1)
    for dash in 0..<dashes {
      let ends = [Double(dash), Double(dash) + 0.4].map { SIMD2(Float($0 / Double(dashes)), Float(line.value)) }
      scene.polyline(ends, ink: line.ink)
    }
    let dashed = renderer.render(scene, columns: width, rows: rows)
    overlay(dashed, column: column)
    guard let row = (0..<rows).first(where: { row in (0..<width).contains { dashed[$0, row] != .blank } }) else {
      return
    }
    for name in line.names {
      let length = name.cellWidth
      let ends = [1, width - length - 1]
      for start in line.prefersEnd ? ends.reversed() : ends where start >= 1 && start + length < width {
        let isFree = (start - 1...start + length).allSatisfy { curves[$0, row] == .blank }
        if isFree { return write(" \(name) ", column: column + start - 1, row: row, ink: line.ink) }
      }
    }
  }

  /// The values of an axis in a row, and a title at the end.
  mutating func drawAxis(_ axis: Axis, title: String, from left: Int, width: Int, row: Int) {
    // Of a title that would take more than half of it, the first word.
    let title = title.cellWidth > width / 2 ? String(title.prefix { $0 != " " }) : title
    let room = width - (title.isEmpty ? 0 : title.cellWidth + 1)
    guard room > 0 else { return }
    var end = 0
    for tick in axis.ticks(length: Double(width - 1), gap: 2, size: { Double($0.count) }) {
      let middle = Int((tick.position * Double(width - 1)).rounded())
      let start = max(middle - tick.label.count / 2, 0)
      guard start >= end, start + tick.label.count <= room else { continue }
      write(tick.label, column: left + start, row: row, ink: .muted)
      end = start + tick.label.count + 1
    }
    write(title, column: left + width - title.cellWidth, row: row, ink: .muted)
  }
}
