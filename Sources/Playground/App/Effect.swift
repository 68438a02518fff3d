/// What there is to do about a key, a pointer or an answer. Panes say so; the first three are the app's own business, the
/// loop does the rest.
package enum Effect: Sendable {
  /// Shows the view of this type.
  case show(any Pane.Type)
  /// Opens an overlay over all others.
  case open(any Overlay)
  /// Closes the topmost overlay.
  case close
  case lab(Lab.Command)
  /// Has the present moment written to files.
  case export
  /// Puts a text on the clipboard.
  case copy(String)
  /// Draws every cell anew.
  case redraw
  /// Whether the pointer's presses come here, or are the terminal's, to select text.
  case takePointer(Bool)
  case quit
}
