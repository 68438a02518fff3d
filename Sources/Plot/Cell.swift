/// One character cell of a terminal: a glyph, its ink and its emphasis, and what lies beneath. A glyph two columns wide
/// stands in the left one of its cells; `continued` is in the right one.
package struct Cell: Equatable, Sendable {
  /// How a glyph stands out, whatever its ink.
  package enum Emphasis: UInt8, Sendable {
    case plain, bold, reverse
  }

  /// Up to two combining marks over a glyph; what is beyond that is not drawn.
  package struct Marks: Equatable, Sendable {
    // Not an array: a grid is copied and compared at every frame.
    private var values = SIMD2<UInt32>()

    package init() {}

    /// In the order in which they were added.
    package var scalars: [Unicode.Scalar] {
      [values.x, values.y].filter { $0 != 0 }.compactMap(Unicode.Scalar.init)
    }

    package var isEmpty: Bool { values.x == 0 }

    /// A third mark is left out.
    package mutating func add(_ mark: Unicode.Scalar) {
      if values.x == 0 {
        values.x = mark.value
      } else if values.y == 0 {
        values.y = mark.value
      }
    }
  }

  /// What a cell is filled with.
  package struct Ground: Equatable, Sendable {
    package let ink: Ink
    package let shade: Shade

    package init(ink: Ink, shade: Shade) { (self.ink, self.shade) = (ink, shade) }
  }

  /// What is drawn; a space for nothing, and 0 beneath the wide glyph at the left.
  package var glyph: Unicode.Scalar
  package var marks = Marks()
  package var ink: Ink
  /// Of the glyph.
  package var shade = Shade.full
  /// Nil for the terminal's own.
  package var ground: Ground?
  package var emphasis: Emphasis

  package init(_ glyph: Unicode.Scalar, _ ink: Ink = .text, _ emphasis: Emphasis = .plain) {
    self.glyph = glyph
    self.ink = ink
    self.emphasis = emphasis
  }

  /// A space, on the terminal's own ground.
  package static let blank = Cell(" ")

  /// Covered by the wide glyph at its left.
  package var isContinuation: Bool { glyph.value == 0 }

  /// The same where no ground can be coloured: as a glyph that covers as much, where no other stands.
  package var withoutGround: Cell {
    guard let ground else { return self }
    var cell = self
    cell.ground = nil
    if glyph == " ", emphasis != .reverse { (cell.glyph, cell.ink) = (ground.shade.glyph, ground.ink) }
    return cell
  }

  /// What stands at the right of a wide glyph.
  func continued() -> Cell { Cell("\0", ink, emphasis) }
}
