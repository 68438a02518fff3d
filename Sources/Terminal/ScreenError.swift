/// Why there is no screen.
package enum ScreenError: Error, Equatable, CustomStringConvertible {
  case notATerminal
  case cannotMoveCursor(term: String)

  package var description: String {
    switch self {
    case .notATerminal: "standard input and output are not a terminal"
    case .cannotMoveCursor(let term): "the terminal '\(term)' cannot move its cursor"
    }
  }
}
