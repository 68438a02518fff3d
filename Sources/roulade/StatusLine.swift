import Foundation
import Plot

/// A line on standard error that is rewritten in place, if somebody watches.
struct StatusLine {
  /// Of what stands there.
  private var width = 0

  /// Nil where standard error is no terminal.
  init?() {
    guard isatty(STDERR_FILENO) == 1 else { return nil }
  }

  /// What there is room for: a line that wraps cannot be rewritten in place.
  var columns: Int { terminalColumns(STDERR_FILENO) - 1 }

  mutating func show(_ line: String) {
    // Spaces over what the last line leaves, rather than a control sequence that some terminals do not know.
    let rest = max(0, min(width, columns) - line.cellWidth)
    _ = writeAll("\r" + line + String(repeating: " ", count: rest), to: STDERR_FILENO)
    width = line.cellWidth
  }

  mutating func clear() {
    guard width > 0 else { return }
    show("")
    _ = writeAll("\r", to: STDERR_FILENO)
  }

  /// Leaves it standing.
  func end() {
    if width > 0 { _ = writeAll("\n", to: STDERR_FILENO) }
  }
}

/// Columns of the terminal that a stream leads to; 80 where there is none.
func terminalColumns(_ stream: Int32) -> Int {
  var size = winsize()
  return ioctl(stream, UInt(TIOCGWINSZ), &size) == 0 && size.ws_col > 0 ? Int(size.ws_col) : 80
}
