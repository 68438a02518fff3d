import Plot

/// A picture that takes any size, and is turned into cells only when it is known what these can show.
package protocol Figure: Sendable {
  func cells(columns: Int, rows: Int, glyphs: Glyphs) -> CellGrid
}

extension Scene: Figure {
  package func cells(columns: Int, rows: Int, glyphs: Glyphs) -> CellGrid {
    glyphs.renderer.render(self, columns: columns, rows: rows)
  }
}

extension Sparkline: Figure {
  package func cells(columns: Int, rows: Int, glyphs: Glyphs) -> CellGrid {
    render(columns: columns, rows: rows, glyphs: glyphs)
  }
}
