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
