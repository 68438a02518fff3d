/// Draws scenes in character cells.
package protocol CellRenderer: Sendable {
  /// Places that it tells apart across one cell.
  var dotsAcross: Int { get }

  /// The marks of the scene; titles, axes and legends are the screen's own.
  func render(_ scene: Scene, columns: Int, rows: Int) -> CellGrid
}

/// What a terminal can show.
package enum Glyphs: String, CaseIterable, Sendable {
  case braille, block, ascii

  /// What draws scenes with these.
  package var renderer: any CellRenderer {
    switch self {
    case .braille: BrailleRenderer()
    case .block: BlockRenderer()
    case .ascii: ASCIIRenderer()
    }
  }
}
