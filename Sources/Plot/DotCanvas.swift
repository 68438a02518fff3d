/// A canvas of dots, several to a character cell, that knows which are set. All dots of a cell share one ink, that of the
/// mark drawn last, in its strongest shade; symbols, arrowheads and text take the place of dots.
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
  /// What stands in a cell instead of dots.
  private var glyphs: [Int: Unicode.Scalar] = [:]
  private var heads: ArrowHeads
  private var labels: [(text: String, column: Int, row: Int, ink: Ink)] = []

  init(columns: Int, rows: Int, dotsAcross: Int, bits: [UInt8], hasDiagonals: Bool) {
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
    heads = ArrowHeads(hasDiagonals: hasDiagonals)
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

  mutating func symbol(_ pixel: SIMD2<Double>, _ symbol: Scene.Mark.Symbol, _ ink: Ink) {
    if let (x, y) = place(pixel) { set(cell(x, y), symbol.glyph, ink) }
  }

  mutating func line(_ segment: Segment, _ ink: Ink) {
    segment.clipped(width: width, height: height)?.forEachPixel { set($0, $1, ink) }
  }

  mutating func arrow(_ segment: Segment, _ ink: Ink) {
    var cells: [(column: Int, row: Int)] = []
    segment.clipped(width: width, height: height)?.forEachPixel { x, y in
      set(x, y, ink)
      let next = (column: x / dotsAcross, row: y / dotsDown)
      if cells.last.map({ $0 != next }) ?? true { cells.append(next) }
    }
    if place(segment.end) != nil { heads.add(along: cells, segment, ink) }
  }

  mutating func direction(_ segment: Segment, _ ink: Ink) {
    if let (x, y) = place(segment.start), let glyph = heads.glyph(segment) { set(cell(x, y), glyph, ink) }
  }

  mutating func text(_ text: String, _ pixel: SIMD2<Double>, _ ink: Ink) {
    guard let (x, y) = place(pixel) else { return }
    labels.append((text, x / dotsAcross, y / dotsDown, ink))
  }

  func cells(glyph: (_ mask: UInt8) -> Unicode.Scalar) -> CellGrid {
    var grid = CellGrid(columns: columns, rows: height / dotsDown)
    for (i, mask) in masks.enumerated() where mask != 0 {
      var cell = Cell(glyphs[i] ?? glyph(mask), inks[i])
      cell.shade = shades[i]
      grid[i % columns, i / columns] = cell
    }
    heads.draw(on: &grid)
    grounds.lay(under: &grid)
    for label in labels { grid.write(label.text, column: label.column, row: label.row, ink: label.ink) }
    return grid
  }

  private mutating func set(_ x: Int, _ y: Int, _ ink: Ink) {
    guard x >= 0, y >= 0, x < width, y < height else { return }
    let cell = cell(x, y)
    if inks[cell] != ink { clear(cell, for: ink) }
    shades[cell] = max(shades[cell], shade)
    masks[cell] |= bits[y % dotsDown * dotsAcross + x % dotsAcross]
  }

  private mutating func set(_ cell: Int, _ glyph: Unicode.Scalar, _ ink: Ink) {
    clear(cell, for: ink)
    shades[cell] = shade
    masks[cell] = .max
    glyphs[cell] = glyph
  }

  private mutating func clear(_ cell: Int, for ink: Ink) {
    masks[cell] = 0
    inks[cell] = ink
    shades[cell] = .none
    glyphs[cell] = nil
  }

  private func cell(_ x: Int, _ y: Int) -> Int { y / dotsDown * columns + x / dotsAcross }
}

extension Scene.Mark.Symbol {
  var glyph: Unicode.Scalar { self == .disc ? "•" : "×" }
}
