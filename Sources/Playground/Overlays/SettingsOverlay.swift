import Diffusion
import Interface
import Plot
import Terminal

/// The settings with their present choices, beside the picture and under the loss, which say what a change does.
package struct SettingsOverlay: Overlay {
  package enum Action: Sendable {
    /// Up or down the list.
    case move(Int)
    case choose(String)
    /// To the next value, or the one before.
    case change(Int)
    case close
  }

  package static let bindings: [Binding<Action>] = [
    Binding("↑ ↓", [.up: .move(-1), .down: .move(1)], "choose a setting", footer: ("↑↓", "choose"), rank: 0),
    Binding("← →", [.left: .change(-1), .right: .change(1)], "change it", footer: ("←→", "change"), rank: 0),
    Binding("s", [.character("s"): .close, .escape: .close], "close the settings", footer: ("s", "close"), rank: 0),
  ]

  /// The most rows that are shown at once.
  private static let mostRows = 14

  /// The key of the setting that is marked.
  private(set) var chosen: String

  init(_ world: World) { chosen = Parameter.all.first { $0.applies(to: world.configuration) }?.key ?? "" }

  /// What means anything under the other settings.
  private func parameters(_ world: World) -> [Parameter] {
    Parameter.all.filter { $0.applies(to: world.configuration) }
  }

  private func place(_ parameters: [Parameter]) -> Int { parameters.firstIndex { $0.key == chosen } ?? 0 }

  private func moved(_ world: World, by count: Int) -> Configuration {
    let parameters = parameters(world)
    return parameters[place(parameters)].moved(
      world.configuration, by: count, original: world.original.configuration)
  }

  package mutating func update(_ action: Action, _ world: inout World) -> [Effect] {
    let parameters = parameters(world)
    switch action {
    case .move(let count):
      chosen = parameters[(place(parameters) + count + parameters.count) % parameters.count].key
      return []
    case .choose(let key):
      chosen = key
      return []
    case .change(let count):
      let next = moved(world, by: count)
      guard next != world.configuration else { return [] }
      // Whoever changes how samples are drawn wants to see them.
      let shows: [Effect] = parameters[place(parameters)].group == .sampling ? [.show(SamplePane.self)] : []
      return world.change(to: next) + shows
    case .close: return [.close]
    }
  }

  package func action(for pointer: Pointer, _ world: World, in place: Rectangle) -> Action? {
    switch pointer.kind {
    case .wheel(let turns): return .move(-turns)
    case .press:
      let row = pointer.row - place.inside.row
      let shown = shown(parameters(world), rows: place.inside.rows)
      return shown.indices.contains(row + shown.startIndex) ? .choose(shown[shown.startIndex + row].key) : nil
    case .drag, .release: return nil
    }
  }

  package func placement(_ world: World) -> Layout.Placement {
    .docked(rows: min(parameters(world).count, SettingsOverlay.mostRows) + 2)
  }

  /// Those in sight, the marked one among them.
  private func shown(_ parameters: [Parameter], rows: Int) -> ArraySlice<Parameter> {
    let first = min(max(place(parameters) - rows / 2, 0), max(parameters.count - rows, 0))
    return parameters[first..<min(first + rows, parameters.count)]
  }

  package func draw(_ world: World, in place: Rectangle) -> Drawing {
    let parameters = parameters(world)
    var drawing = Drawing(
      box: place, title: [Label("settings", .text, .bold)], value: [Label("s", .accent, .bold), Label(" closes")],
      legend: longest(legends(world), columns: Drawing.room(place.columns)), ink: .accent)
    let valueColumn = place.column + 4 + (parameters.map(\.key.cellWidth).max() ?? 0)
    for (i, parameter) in shown(parameters, rows: place.inside.rows).enumerated() {
      let isChosen = parameter.key == chosen
      let emphasis: Cell.Emphasis = isChosen ? .bold : .plain
      let row = place.row + 1 + i
      drawing.write(
        [Label(isChosen ? "▸ " : "  ", .accent, .bold), Label(parameter.key, isChosen ? .text : .muted, emphasis)],
        column: place.column + 1, row: row)
      drawing.write(
        parameter.text(world.configuration).shortened(to: place.endColumn - 1 - valueColumn), column: valueColumn,
        row: row, ink: isChosen ? .accent : .text, emphasis: emphasis)
    }
    return drawing
  }

  /// What a change of the marked setting costs, in several lengths.
  private func legends(_ world: World) -> [[Label]] {
    var restarts = false
    if case .freshWeights = world.configuration.cost(of: moved(world, by: 1)) { restarts = true }
    let keys = [Label("←→", .accent, .bold)]
    return [
      [Label("↑↓", .accent, .bold), Label(" choose ")] + keys
        + [restarts ? Label(" restarts training", .warning) : Label(" change live")],
      keys + [restarts ? Label(" restarts", .warning) : Label(" change live")],
    ]
  }
}
