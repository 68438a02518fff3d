import Plot

/// Where frames go and keys come from: a real terminal, or a script in a test. To be used on one thread.
package protocol Screen: AnyObject {
  /// Cells across and down.
  var size: (columns: Int, rows: Int) { get }

  /// What its cells can show.
  var glyphs: Glyphs { get }

  /// Whether it has a colour for each of the inks of classes.
  var tellsClassesApart: Bool { get }

  /// Wakes this screen's `nextEvent` from another thread.
  var waker: Waker { get }

  /// Shows a grid; what does not fit is cut off, what is not covered becomes blank.
  func draw(_ grid: CellGrid)

  /// Whether the pointer's presses, drags and wheel come here as events, instead of selecting text; at first it does not.
  var takesPointer: Bool { get set }

  /// Makes the next `draw` repaint every cell, for a screen that something else wrote on.
  func forget()

  /// Puts a text on the clipboard, where the terminal allows programs to.
  func copy(_ text: String)

  /// Sleeps until something happens.
  ///
  /// - Parameter timeout: The longest sleep; nil to sleep until an event comes.
  func nextEvent(timeout: Duration?) -> ScreenEvent
}

/// What ends a screen's sleep.
package enum ScreenEvent: Equatable, Sendable {
  case key(Key)
  case pointer(PointerEvent)
  /// The size changed, or the terminal came back from somebody else; draw again.
  case resized
  /// Another thread called the waker.
  case woken
  case timedOut
  /// A signal, or the terminal's disappearance (SIGHUP), asks the program to end.
  case terminated(signal: Int32)
}

/// Ends a screen's sleep from any thread; many calls before it wakes count as one.
package struct Waker: Sendable {
  /// May be called from any thread; it returns at once.
  package let wake: @Sendable () -> Void

  /// - Parameter wake: Called from any thread; must return at once.
  package init(_ wake: @escaping @Sendable () -> Void) {
    self.wake = wake
  }
}
