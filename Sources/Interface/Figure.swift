import Plot

/// A picture that takes any size, and is turned into cells only when it is known what these can show.
package protocol Figure: Sendable {
  /// What a file shows of it, if anything.
  var picture: Scene? { get }
  func cells(columns: Int, rows: Int, glyphs: Glyphs) -> CellGrid
}

extension Figure {
  package var picture: Scene? { nil }
}

extension Chart: Figure {
  package var picture: Scene? { scene }

  package func cells(columns: Int, rows: Int, glyphs: Glyphs) -> CellGrid {
    render(columns: columns, rows: rows, glyphs: glyphs)
  }
}

extension Scene: Figure {
  package var picture: Scene? { self }

  package func cells(columns: Int, rows: Int, glyphs: Glyphs) -> CellGrid {
    glyphs.renderer.render(self, columns: columns, rows: rows)
  }
}

extension Sparkline: Figure {
  package func cells(columns: Int, rows: Int, glyphs: Glyphs) -> CellGrid {
    render(columns: columns, rows: rows, glyphs: glyphs)
  }
}
