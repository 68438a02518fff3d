/// What there is to do about a key, a pointer or an answer. Panes say so; the first four are the app's own business, the
/// loop does the rest.
package enum Effect: Sendable {
  /// Shows the view of this type.
  case show(any Pane.Type)
  /// Opens an overlay over the others.
  case open(any Overlay)
  /// Closes the overlay that it comes from.
  case close
  /// Has the probe follow what is nearest, or lets it go.
  case follow
  case lab(Lab.Command)
  /// Has a text written to a file of that name, or of a like one if there is one already.
  case save(String, name: String)
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
