/// Draws scenes in ASCII, one place a cell: `.` and `o` for points, `- | / \` for shafts, `< > ^ v` for heads.
package struct ASCIIRenderer: CellRenderer {
  package init() {}

  package let dotsAcross = 1

  package func render(_ scene: Scene, columns: Int, rows: Int) -> CellGrid {
    var canvas = ASCIICanvas(
      grid: CellGrid(columns: columns, rows: rows), grounds: Grounds(columns: columns, rows: rows))
    canvas.draw(scene)
    canvas.grounds.lay(under: &canvas.grid)
    return canvas.grid
  }
}

private struct ASCIICanvas: Canvas {
  var grid: CellGrid
  var width: Int { grid.columns }
  var height: Int { grid.rows }
  let pixelAspect = 2.0
  var grounds: Grounds
  var shade = Shade.full

  mutating func lay(_ raster: Raster, _ ink: Ink, _ viewport: Viewport) {
    grounds.lay(raster, ink, viewport, dots: [1, 1])
  }

  mutating func point(_ pixel: SIMD2<Double>, _ size: Scene.Mark.PointSize, _ ink: Ink) {
    if let (x, y) = place(pixel) { set(x, y, size == .small ? "." : "o", ink) }
  }

  mutating func line(_ segment: Segment, _ ink: Ink) {
    segment.clipped(width: width, height: height)?.forEachPixel { set($0, $1, "*", ink) }
  }

  mutating func arrow(_ segment: Segment, _ ink: Ink) {
    // The shaft follows the cells that it steps through; the head points where the eye sees the arrow go.
    let (dx, dy) = segment.compass(pixelAspect: 1)
    let shaft: Unicode.Scalar = dx == 0 ? (dy == 0 ? "*" : "|") : dy == 0 ? "-" : dx == dy ? "\\" : "/"
    segment.clipped(width: width, height: height)?.forEachPixel { set($0, $1, shaft, ink) }
    guard let (x, y) = place(segment.end), dx != 0 || dy != 0 else { return }
    let isFlat = abs(segment.delta.x) >= pixelAspect * abs(segment.delta.y)
    set(x, y, isFlat ? (dx > 0 ? ">" : "<") : (dy > 0 ? "v" : "^"), ink)
  }

  mutating func text(_ text: String, _ pixel: SIMD2<Double>, _ ink: Ink) {
    if let (x, y) = place(pixel) { grid.write(text, column: x, row: y, ink: ink) }
  }

  /// Sets a cell unless what stands there takes precedence.
  private mutating func set(_ x: Int, _ y: Int, _ glyph: Unicode.Scalar, _ ink: Ink) {
    let present = grid[x, y]
    guard present.glyph == " " || present.ink <= ink else { return }
    var cell = Cell(glyph, ink)
    cell.shade = present.glyph != " " && present.ink == ink ? max(present.shade, shade) : shade
    grid[x, y] = cell
  }
}
