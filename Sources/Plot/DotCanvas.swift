/// A canvas of dots, several to a character cell, that knows which are set. All dots of a cell share one ink, the highest
/// by `Ink`'s order of those that touched it, in its strongest shade; text replaces the dots beneath it.
struct DotCanvas: Canvas {
  let width: Int
  let height: Int
  // A cell is twice as high as wide, and so are all the dot patterns used: the dots are square.
  let pixelAspect = 1.0

  private let dotsAcross: Int
  private let dotsDown: Int
  /// Which bit of a cell's mask a dot sets, row by row.
  private let bits: [UInt8]
  private let columns: Int
  private var masks: [UInt8]
  private var inks: [Ink]
  private var shades: [Shade]
  private var grounds: Grounds
  var shade = Shade.full
  private var labels: [(text: String, column: Int, row: Int, ink: Ink)] = []

  init(columns: Int, rows: Int, dotsAcross: Int, bits: [UInt8]) {
    self.columns = columns
    self.dotsAcross = dotsAcross
    self.bits = bits
    dotsDown = bits.count / dotsAcross
    width = columns * dotsAcross
    height = rows * dotsDown
    masks = [UInt8](repeating: 0, count: columns * rows)
    inks = [Ink](repeating: .grid, count: columns * rows)
    shades = [Shade](repeating: .none, count: columns * rows)
    grounds = Grounds(columns: columns, rows: rows)
  }

  mutating func lay(_ raster: Raster, _ ink: Ink, _ viewport: Viewport) {
    grounds.lay(raster, ink, viewport, dots: SIMD2(Double(dotsAcross), Double(dotsDown)))
  }

  mutating func point(_ pixel: SIMD2<Double>, _ size: Scene.Mark.PointSize, _ ink: Ink) {
    guard let (x, y) = place(pixel) else { return }
    set(x, y, ink)
    if size == .large {
      set(x + 1, y, ink)
      set(x, y + 1, ink)
      set(x + 1, y + 1, ink)
    }
  }

  mutating func line(_ segment: Segment, _ ink: Ink) {
    segment.clipped(width: width, height: height)?.forEachPixel { set($0, $1, ink) }
  }

  mutating func arrow(_ segment: Segment, _ ink: Ink) {
    line(segment, ink)
    guard let tip = place(segment.end) else { return }
    let (dx, dy) = segment.compass(pixelAspect: pixelAspect)
    // The head's two sides: along the neighbouring diagonals, or for a diagonal arrow along the axes, where a dot is
    // nearer. A short arrow keeps a small head, so that it still has a shaft.
    let isDiagonal = dx != 0 && dy != 0
    let sides = isDiagonal ? [(-dx, 0), (0, -dy)] : [(-dx - dy, -dy - dx), (-dx + dy, -dy + dx)]
    let isShort = max(abs(segment.delta.x), abs(segment.delta.y)) < 4
    let length = (isShort ? 1 : 2) + (isDiagonal ? 1 : 0)
    for (x, y) in sides where dx != 0 || dy != 0 {
      for k in 1...length { set(tip.x + k * x, tip.y + k * y, ink) }
    }
  }

  mutating func text(_ text: String, _ pixel: SIMD2<Double>, _ ink: Ink) {
    guard let (x, y) = place(pixel) else { return }
    labels.append((text, x / dotsAcross, y / dotsDown, ink))
  }

  func cells(glyph: (_ mask: UInt8) -> Unicode.Scalar) -> CellGrid {
    var grid = CellGrid(columns: columns, rows: height / dotsDown)
    for (i, mask) in masks.enumerated() where mask != 0 {
      var cell = Cell(glyph(mask), inks[i])
      cell.shade = shades[i]
      grid[i % columns, i / columns] = cell
    }
    grounds.lay(under: &grid)
    for label in labels { grid.write(label.text, column: label.column, row: label.row, ink: label.ink) }
    return grid
  }

  private mutating func set(_ x: Int, _ y: Int, _ ink: Ink) {
    guard x >= 0, y >= 0, x < width, y < height else { return }
    let cell = y / dotsDown * columns + x / dotsAcross
    masks[cell] |= bits[y % dotsDown * dotsAcross + x % dotsAcross]
    if inks[cell] < ink { (inks[cell], shades[cell]) = (ink, shade) }
    if inks[cell] == ink { shades[cell] = max(shades[cell], shade) }
  }
}
