/// Draws scenes in character cells.
package protocol CellRenderer: Sendable {
  /// Places that it tells apart across one cell.
  var dotsAcross: Int { get }
  /// And down one.
  var dotsDown: Int { get }

  /// The marks of the scene; titles, axes and legends are the screen's own.
  func render(_ scene: Scene, columns: Int, rows: Int) -> CellGrid
}

extension CellRenderer {
  /// The point of the data in the middle of a cell; nil where a picture of no extent has no such point.
  package func center(ofCell cell: (column: Int, row: Int), in window: Window, columns: Int, rows: Int) -> SIMD2<Float>?
  {
    let dots = SIMD2(Double(dotsAcross), Double(dotsDown))
    let viewport = Viewport(
      window, extent: dots * SIMD2(Double(columns), Double(rows)) - 1, pixelAspect: 2 * dots.x / dots.y)
    return viewport.unproject(dots * SIMD2(Double(cell.column) + 0.5, Double(cell.row) + 0.5) - 0.5)
  }
}
