import Interface
import Plot
import Terminal

/// What there is to say at the start, where it is too much for a line: what is wrong with a person's own files, say.
package struct NotesOverlay: Overlay {
  package enum Action: Sendable {
    case close
  }

  package static let bindings: [Binding<Action>] = [
    Binding("Esc", [.escape: .close, .enter: .close], "close the notes", footer: ("Esc", "close"), rank: 0)
  ]

  /// So that it fits the smallest screen.
  private static let columns = Layout.leastColumns - 2

  private let lines: [String]

  init(_ notes: [String]) { lines = notes.flatMap { wrap($0, columns: NotesOverlay.columns - 4) } }

  package mutating func update(_ action: Action, _ world: inout World) -> [Effect] { [.close] }

  package func placement(_ world: World) -> Layout.Placement {
    .centered(columns: NotesOverlay.columns, rows: lines.count + 2)
  }

  package func draw(_ world: World, in place: Rectangle) -> Drawing {
    var drawing = Drawing(
      box: place, title: [Label("at the start", .text, .bold)],
      value: [Label("Esc", .accent, .bold), Label(" closes")], ink: .accent)
    let inside = place.inset(columns: 2, rows: 1)
    for (i, line) in lines.prefix(inside.rows).enumerated() {
      drawing.write(line, column: inside.column, row: inside.row + i)
    }
    return drawing
  }
}
