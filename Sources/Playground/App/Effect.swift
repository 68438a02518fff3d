/// What there is to do about a key, a pointer or an answer. Panes say so; the first two are the app's own business, the
/// loop does the rest.
package enum Effect: Sendable {
  /// Shows the view of this type.
  case show(any Pane.Type)
  /// Closes the topmost overlay.
  case close
  case lab(Lab.Command)
  /// Has the present moment written to files.
  case export
  /// Draws every cell anew.
  case redraw
  /// Whether the pointer's presses come here, or are the terminal's, to select text.
  case takePointer(Bool)
  case quit
}
