import Interface
import Terminal

/// All keys that do something now.
package struct HelpOverlay: Overlay {
  package enum Action: Sendable {
    /// So many rows down.
    case scroll(Int)
    case close
  }

  package static let bindings: [Binding<Action>] = [
    Binding(
      "↑ ↓", [.up: .scroll(-1), .down: .scroll(1), .pageUp: .scroll(-10), .pageDown: .scroll(10)],
      "more keys, on a small screen", rank: 97),
    Binding(
      "?", [.character("?"): .close, .escape: .close], "this help", footer: ("?", "help"), rank: 98),
  ]

  private let table: HelpTable
  private var first = 0

  init(_ hints: [Hint]) { table = HelpTable(hints) }

  package func reason(against action: Action, _ world: World) -> String? {
    guard case .scroll(let rows) = action, scrolled(by: rows, world) == first else { return nil }
    return rows < 0 ? "these are the first keys" : "there are no more keys"
  }

  package mutating func update(_ action: Action, _ world: inout World) -> [Effect] {
    switch action {
    case .close: return [.close]
    case .scroll(let rows):
      first = scrolled(by: rows, world)
      return []
    }
  }

  /// No further than the smallest screen needs.
  private func scrolled(by rows: Int, _ world: World) -> Int {
    let room = Layout.leastRows - 2 - (world.isLecture ? BigWords.rows : 0)
    return min(max(first + rows, 0), max(table.rows - room, 0))
  }

  package func action(for pointer: Pointer, _ world: World, in place: Rectangle) -> Action? {
    if case .wheel(let turns) = pointer.kind { .scroll(-turns) } else { nil }
  }

  package func placement(_ world: World) -> Layout.Placement {
    .centered(columns: table.columns, rows: table.rows)
  }

  package func draw(_ world: World, in place: Rectangle) -> Drawing { table.draw(in: place, from: first) }
}
