import CNcurses

/// What the pointer did, and over which cell, counted from the top left.
package struct PointerEvent: Hashable, Sendable {
  /// A button that has a name here.
  package enum Button: Sendable {
    case left, middle, right
  }

  /// What it did.
  package enum Kind: Hashable, Sendable {
    case press(Button)
    /// Moved with the button down.
    case drag(Button)
    case release(Button)
    /// One notch of the wheel, or two fingers.
    case wheelUp, wheelDown
  }

  package let kind: Kind
  /// From 0, in cells.
  package let column: Int
  /// From 0, in cells, from the top.
  package let row: Int

  package init(_ kind: Kind, column: Int, row: Int) {
    self.kind = kind
    self.column = column
    self.row = row
  }

  /// A report as `screen_key` decodes it; nil for buttons that have no name here. Shift, Alt and Ctrl are ignored.
  package init?(_ report: screen_pointer) {
    let buttons: [Button] = [.left, .middle, .right]
    let low = Int(report.button & 3)
    let kind: Kind
    switch report.button & ~(3 | 4 | 8 | 16) {
    case 0 where low < 3: kind = report.is_release ? .release(buttons[low]) : .press(buttons[low])
    case 32 where low < 3: kind = report.is_release ? .release(buttons[low]) : .drag(buttons[low])
    case 64 where low < 2: kind = low == 0 ? .wheelUp : .wheelDown
    default: return nil
    }
    self.init(kind, column: Int(report.column), row: Int(report.row))
  }
}
