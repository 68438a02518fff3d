import Foundation

/// What asks a terminal to put a text on the clipboard: xterm's operating system command 52, which most terminals know and
/// some are set to refuse; nobody can tell.
func clipboardSequence(_ text: String) -> String {
  "\u{1B}]52;c;" + Data(text.utf8).base64EncodedString() + "\u{7}"
}
