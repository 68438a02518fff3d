import Interface
import Plot
import Terminal

/// The command that makes the present settings again, whole.
package struct CommandOverlay: Overlay {
  package enum Action: Sendable {
    case close
  }

  package static let bindings: [Binding<Action>] = [
    Binding(
      "y", [.character("y"): .close, .escape: .close, .enter: .close], "close the command", footer: ("y", "close"),
      rank: 0)
  ]

  private static let mostColumns = 76

  private let command: String

  init(_ command: String) { self.command = command }

  package mutating func update(_ action: Action, _ world: inout World) -> [Effect] { [.close] }

  private var lines: [String] { wrap(command, columns: columns - 4) }

  private var columns: Int { min(max(command.cellWidth + 4, 44), CommandOverlay.mostColumns) }

  package func placement(_ world: World) -> Layout.Placement { .centered(columns: columns, rows: lines.count + 2) }

  package func draw(_ world: World, in place: Rectangle) -> Drawing {
    var drawing = Drawing(
      box: place, title: [Label("this, as a command", .text, .bold)],
      value: [Label("y", .accent, .bold), Label(" closes")],
      legend: [
        Label(longest(["on the clipboard, if the terminal allows it", "copied"], columns: Drawing.room(place.columns)))
      ], ink: .accent)
    drawing.write(command, in: place.inset(columns: 2, rows: 1))
    return drawing
  }
}
