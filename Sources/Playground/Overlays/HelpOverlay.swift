import Interface
import Terminal

/// All keys that do something now.
package struct HelpOverlay: Overlay {
  package enum Action: Sendable {
    case close
  }

  package static let bindings: [Binding<Action>] = [
    Binding(
      "?", [.character("?"): .close, .escape: .close], "this help", footer: ("?", "help"), rank: 98)
  ]

  private let table: HelpTable

  init(_ hints: [Hint]) { table = HelpTable(hints) }

  package mutating func update(_ action: Action, _ world: inout World) -> [Effect] { [.close] }

  package func placement(_ world: World) -> Layout.Placement {
    .centered(columns: table.columns, rows: table.rows)
  }

  package func draw(_ world: World, in place: Rectangle) -> Drawing { table.draw(in: place) }
}
