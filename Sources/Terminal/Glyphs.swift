import Plot

extension Glyphs {
  /// What a terminal shows, as far as one can know without asking.
  ///
  /// - Parameters:
  ///   - term: `$TERM`.
  ///   - isUTF8: Whether the locale's encoding is UTF-8.
  package init(term: String, isUTF8: Bool) {
    if !isUTF8 || term.hasPrefix("vt") || term == "ansi" {
      self = .ascii
    } else if term == "linux" {
      self = .block  // The console's font holds 512 glyphs, braille not among them.
    } else {
      self = .braille
    }
  }

  /// The nearest glyph that can be shown, so that views need not care.
  package func nearest(to glyph: Unicode.Scalar) -> Unicode.Scalar {
    switch self {
    case .braille: glyph
    case .block: glyph.isWide ? "?" : Glyphs.inBlocks[glyph] ?? glyph
    case .ascii: glyph.isASCII ? glyph : Glyphs.inASCII[glyph] ?? "?"
    }
  }

  /// The grid with every glyph replaced by the nearest that can be shown.
  package func nearest(to grid: CellGrid) -> CellGrid {
    guard self != .braille else { return grid }
    var grid = grid
    for row in 0..<grid.rows {
      for column in 0..<grid.columns where !grid[column, row].isContinuation {
        var cell = grid[column, row]
        cell.glyph = nearest(to: cell.glyph)
        cell.marks = Cell.Marks()
        grid[column, row] = cell
      }
    }
    return grid
  }

  /// The Linux console knows what code page 437 had, and of the bars only the half and the full.
  private static let inBlocks: [Unicode.Scalar: Unicode.Scalar] = [
    "▁": "_", "▂": "_", "▃": "▄", "▅": "▄", "▆": "█", "▇": "█",
    "╭": "┌", "╮": "┐", "╰": "└", "╯": "┘", "●": "■", "○": "o", "▸": ">", "◂": "<", "…": ".", "━": "═", "↻": "*",
    "▏": "│",
  ]

  private static let inASCII: [Unicode.Scalar: Unicode.Scalar] = [
    "─": "-", "━": "=", "│": "|", "┌": "+", "┐": "+", "└": "+", "┘": "+", "├": "+", "┤": "+", "┬": "+", "┴": "+",
    "┼": "+", "╭": "+", "╮": "+", "╰": "+", "╯": "+",
    "▁": "_", "▂": "_", "▃": "-", "▄": "-", "▅": "=", "▆": "=", "▇": "#", "█": "#",
    "░": ".", "▒": ":", "▓": "%",
    "●": "O", "○": "o", "■": "#", "▸": ">", "◂": "<", "▶": ">", "←": "<", "→": ">", "↑": "^", "↓": "v",
    "↻": "*", "▏": "|",
    "·": ".", "•": "*", "…": ".", "×": "x", "–": "-", "—": "-", "−": "-", "≤": "<", "≥": ">",
    "σ": "s", "ε": "e", "⁻": "-",
  ]
}
