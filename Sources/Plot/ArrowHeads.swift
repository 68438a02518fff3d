/// The heads of arrows in a picture of cells: glyphs that wait until all is drawn, as what is drawn later may cover an
/// arrow's end. A head then stands in the last cell of the end that is still the arrow's.
struct ArrowHeads {
  /// How many cells a head may stand before the end of its arrow.
  private static let reach = 2

  private let hasDiagonals: Bool
  private var heads: [(cells: [(column: Int, row: Int)], glyph: Unicode.Scalar, ink: Ink)] = []

  /// - Parameter hasDiagonals: Whether there are arrow glyphs for eight directions, or only for four.
  init(hasDiagonals: Bool) { self.hasDiagonals = hasDiagonals }

  /// Adds the head of an arrow, if it has room for one.
  ///
  /// - Parameters:
  ///   - cells: Those that the arrow goes through, from the tail to the tip.
  ///   - segment: As the eye sees it, in square units.
  mutating func add(along cells: [(column: Int, row: Int)], _ segment: Segment, _ ink: Ink) {
    guard let first = cells.first, let last = cells.last,
      max(abs(last.column - first.column), abs(last.row - first.row)) >= 2, let glyph = glyph(segment)
    else { return }
    heads.append((cells.dropFirst().suffix(ArrowHeads.reach + 1).reversed(), glyph, ink))
  }

  /// The glyph that points like a segment; nil if that is too short to have a direction.
  func glyph(_ segment: Segment) -> Unicode.Scalar? {
    let compass = hasDiagonals ? segment.compass(pixelAspect: 1) : segment.mainDirection
    return switch compass {
    case (1, 0): "→"
    case (1, 1): "↘"
    case (0, 1): "↓"
    case (-1, 1): "↙"
    case (-1, 0): "←"
    case (-1, -1): "↖"
    case (0, -1): "↑"
    case (1, -1): "↗"
    default: nil
    }
  }

  func draw(on grid: inout CellGrid) {
    // Other heads, and symbols, which may have the arrow's ink.
    let taken = Set(heads.map(\.glyph)).union("•×ox".unicodeScalars)
    for head in heads {
      let free = head.cells.first { column, row in
        let cell = grid[column, row]
        return cell.ink == head.ink && cell.glyph != " " && !taken.contains(cell.glyph)
      }
      if let free { grid[free.column, free.row].glyph = head.glyph }
    }
  }
}
