/// What the pointer does on the screen, with its only button or its wheel.
package struct Pointer: Equatable, Sendable {
  /// What it does.
  package enum Kind: Equatable, Sendable {
    case press
    /// Moved with the button down.
    case drag
    case release
    /// So many notches up; down if negative.
    case wheel(Int)
  }

  /// A cell of the screen.
  package struct Spot: Equatable, Sendable {
    /// From 0, from the left of the screen.
    package let column: Int
    /// From 0, from its top.
    package let row: Int

    package init(column: Int, row: Int) {
      self.column = column
      self.row = row
    }
  }

  package let kind: Kind
  /// Where it is.
  package let spot: Spot
  /// Where the button was pressed: a drag belongs to what it began on. Where the pointer is for a wheel.
  package let start: Spot

  /// - Parameter start: Where the button was pressed; nil for where the pointer is.
  package init(_ kind: Kind, column: Int, row: Int, from start: Spot? = nil) {
    self.kind = kind
    spot = Spot(column: column, row: row)
    self.start = start ?? spot
  }

  package var column: Int { spot.column }
  package var row: Int { spot.row }
}

extension Rectangle {
  /// Whether the spot is one of its cells.
  package func contains(_ spot: Pointer.Spot) -> Bool { contains(column: spot.column, row: spot.row) }
}
