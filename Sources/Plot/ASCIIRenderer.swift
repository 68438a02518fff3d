/// Draws scenes in ASCII, one place a cell: `.` and `o` for points, `o` and `x` for symbols, `- | / \` for shafts,
/// `< > ^ v` for heads.
package struct ASCIIRenderer: CellRenderer {
  package init() {}

  package let dotsAcross = 1
  package let dotsDown = 1

  package func render(_ scene: Scene, columns: Int, rows: Int) -> CellGrid {
    var canvas = ASCIICanvas(columns: columns, rows: rows)
    canvas.draw(scene)
    return canvas.finished
  }
}

private struct ASCIICanvas: Canvas {
  private static let heads: [Unicode.Scalar: Unicode.Scalar] = ["→": ">", "←": "<", "↑": "^", "↓": "v"]

  private var grid: CellGrid
  private var grounds: Grounds
  var shade = Shade.full
  private var heads = ArrowHeads(hasDiagonals: false)
  var width: Int { grid.columns }
  var height: Int { grid.rows }
  let pixelAspect = 2.0

  init(columns: Int, rows: Int) {
    grid = CellGrid(columns: columns, rows: rows)
    grounds = Grounds(columns: columns, rows: rows)
  }

  mutating func lay(_ raster: Raster, _ ink: Ink, _ viewport: Viewport) {
    grounds.lay(raster, ink, viewport, dots: [1, 1])
  }

  mutating func point(_ pixel: SIMD2<Double>, _ size: Scene.Mark.PointSize, _ ink: Ink) {
    if let (x, y) = place(pixel) { set(x, y, size == .small ? "." : "o", ink) }
  }

  mutating func symbol(_ pixel: SIMD2<Double>, _ symbol: Scene.Mark.Symbol, _ ink: Ink) {
    if let (x, y) = place(pixel) { set(x, y, symbol == .disc ? "o" : "x", ink) }
  }

  mutating func line(_ segment: Segment, _ ink: Ink) {
    segment.clipped(width: width, height: height)?.forEachPixel { set($0, $1, "*", ink) }
  }

  mutating func arrow(_ segment: Segment, _ ink: Ink) {
    // The shaft follows the cells that it steps through; the head points where the eye sees the arrow go.
    let (dx, dy) = segment.compass(pixelAspect: 1)
    let shaft: Unicode.Scalar = dx == 0 ? (dy == 0 ? "*" : "|") : dy == 0 ? "-" : dx == dy ? "\\" : "/"
    var cells: [(column: Int, row: Int)] = []
    segment.clipped(width: width, height: height)?.forEachPixel { x, y in
      set(x, y, shaft, ink)
      cells.append((x, y))
    }
    if place(segment.end) != nil { heads.add(along: cells, seen(segment), ink) }
  }

  mutating func direction(_ segment: Segment, _ ink: Ink) {
    if let (x, y) = place(segment.start), let glyph = heads.glyph(seen(segment)) { set(x, y, glyph, ink) }
  }

  mutating func text(_ text: String, _ pixel: SIMD2<Double>, _ ink: Ink) {
    if let (x, y) = place(pixel) { grid.write(text, column: x, row: y, ink: ink) }
  }

  var finished: CellGrid {
    var grid = grid
    heads.draw(on: &grid)
    for row in 0..<height {
      for column in 0..<width {
        if let head = ASCIICanvas.heads[grid[column, row].glyph] { grid[column, row].glyph = head }
      }
    }
    grounds.lay(under: &grid)
    return grid
  }

  /// What is drawn last has the cell; of the same ink, the strongest shade stays.
  private mutating func set(_ x: Int, _ y: Int, _ glyph: Unicode.Scalar, _ ink: Ink) {
    let present = grid[x, y]
    var cell = Cell(glyph, ink)
    cell.shade = present.glyph != " " && present.ink == ink ? max(present.shade, shade) : shade
    grid[x, y] = cell
  }

  /// As the eye sees it.
  private func seen(_ segment: Segment) -> Segment {
    let scale = SIMD2(1, pixelAspect)
    return Segment(segment.start * scale, segment.end * scale)
  }
}
