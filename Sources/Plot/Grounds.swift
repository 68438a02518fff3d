/// What lies beneath the marks, cell by cell.
struct Grounds {
  private let columns: Int
  private var grounds: [Cell.Ground?]

  init(columns: Int, rows: Int) {
    self.columns = columns
    grounds = [Cell.Ground?](repeating: nil, count: columns * rows)
  }

  /// Lays a raster on the cells whose middles it covers. The stronger shade wins, of equal ones the later.
  ///
  /// - Parameter dots: Pixels of the canvas across and down a cell.
  mutating func lay(_ raster: Raster, _ ink: Ink, _ viewport: Viewport, dots: SIMD2<Double>) {
    for i in grounds.indices {
      let cell = SIMD2(Double(i % columns), Double(i / columns))
      guard let point = viewport.unproject(cell * dots + (dots - 1) / 2) else { return }
      let shade = raster.shade(at: point)
      if shade > .none, shade >= grounds[i]?.shade ?? .none { grounds[i] = Cell.Ground(ink: ink, shade: shade) }
    }
  }

  /// Puts them beneath what a grid shows.
  func lay(under grid: inout CellGrid) {
    for case (let i, let ground?) in grounds.enumerated() { grid[i % columns, i / columns].ground = ground }
  }
}
