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
    /// Opens what takes any value of the marked setting.
    case open
    case search
    case type(Character)
    case erase
    case endSearch
    case close
  }

  package static let bindings: [Binding<Action>] = [
    Binding(
      "↑ ↓", [.up: .move(-1), .down: .move(1), .pageUp: .move(-8), .pageDown: .move(8)], "choose a setting",
      footer: ("↑↓", "choose"), rank: 0),
    Binding("← →", [.left: .change(-1), .right: .change(1)], "change it", footer: ("←→", "change"), rank: 0),
    Binding("Enter", [.enter: .open], "all its values, or one that is typed", footer: ("Enter", "values"), rank: 0),
    Binding("/", [.character("/"): .search], "find a setting by typing", footer: ("/", "find"), rank: 0),
    Binding("s", [.character("s"): .close, .escape: .close], "close the settings", footer: ("s", "close"), rank: 0),
  ]

  /// The most rows of the list.
  private static let mostRows = 12
  /// What the marked setting means has so many, where there is room.
  private static let summaryRows = 4

  /// The key of the setting that is marked.
  private(set) var chosen: String
  /// What is searched for, while it is typed.
  private(set) var query: String?

  init(_ world: World) {
    chosen = SettingsList(world.configuration).parameters.first?.key ?? ""
  }

  private func list(_ world: World) -> SettingsList { SettingsList(world.configuration, query: query ?? "") }

  /// The setting that is marked; nil where none is listed.
  func parameter(_ world: World) -> Parameter? { list(world).parameter(0, after: chosen) }

  package func typed(_ key: Key) -> Action? {
    guard query != nil else { return nil }
    switch key {
    case .character(let character): return .type(character)
    case .backspace: return .erase
    case .enter, .escape: return .endSearch
    default: return nil
    }
  }

  package func reason(against action: Action, _ world: World) -> String? {
    let found = list(world).parameters
    switch action {
    case .move: return found.count > 1 ? nil : found.isEmpty ? "nothing is called so" : "nothing else is called so"
    case .open: return found.isEmpty ? "nothing is called so" : nil
    case .change(let count):
      guard let parameter = parameter(world) else { return "nothing is called so" }
      let next = world.configuration(moving: parameter, by: count)
      return next == world.configuration ? "the usual values of \(parameter.key) end here; Enter takes any" : nil
    case .choose, .search, .type, .erase, .endSearch, .close: return nil
    }
  }

  package mutating func update(_ action: Action, _ world: inout World) -> [Effect] {
    let list = list(world)
    switch action {
    case .move(let count): chosen = list.parameter(count, after: chosen)?.key ?? chosen
    case .choose(let key): chosen = key
    case .change(let count):
      guard let parameter = parameter(world) else { return [] }
      let next = world.configuration(moving: parameter, by: count)
      // Whoever changes how samples are drawn wants to see them.
      return world.set(next) + (parameter.group == .sampling ? [.show(SamplePane.self)] : [])
    case .open: return parameter(world).map { [.open(ValueOverlay($0, world))] } ?? []
    case .search: query = ""
    case .type(let character):
      query = (query ?? "") + String(character)
      chosen = self.list(world).parameters.first?.key ?? chosen
    case .erase: query = query == "" ? nil : String((query ?? "").dropLast())
    case .endSearch: query = nil
    case .close: return [.close]
    }
    return []
  }

  package func action(for pointer: Pointer, _ world: World, in place: Rectangle) -> Action? {
    switch pointer.kind {
    case .wheel(let turns): return .move(-turns)
    case .press:
      let (rows, _) = parts(of: place)
      let shown = list(world).shown(around: chosen, rows: rows.rows)
      let number = shown.startIndex + pointer.row - rows.row
      guard rows.contains(pointer.spot), shown.indices.contains(number),
        case .parameter(let key) = shown[number]
      else { return nil }
      // A second press on the same setting opens it.
      return key == chosen ? .open : .choose(key)
    case .drag, .release: return nil
    }
  }

  package func explanations(_ world: World) -> [Explanation] {
    guard let parameter = parameter(world) else { return [] }
    let value = parameter.explanation(world.configuration) ?? "it takes \(parameter.takes)"
    return [
      Explanation(
        "the setting \(parameter.title)", shows: parameter.summary,
        look: "Now \(parameter.text(world.configuration)): \(value)")
    ]
  }

  package func placement(_ world: World) -> Layout.Placement {
    .docked(rows: SettingsOverlay.mostRows + SettingsOverlay.summaryRows + 2)
  }

  /// The list, and what the marked setting means beneath it.
  private func parts(of place: Rectangle) -> (list: Rectangle, summary: Rectangle) {
    var list = place.inside
    let summary = list.cut(min(SettingsOverlay.summaryRows, list.rows / 3), from: .bottom)
    return (list, summary)
  }

  package func draw(_ world: World, in place: Rectangle) -> Drawing {
    let list = list(world)
    let title =
      query.map { [Label("/", .accent, .bold), Label($0 + "▏", .text, .bold)] } ?? [Label("settings", .text, .bold)]
    let closes = query == nil ? [Label("s", .accent, .bold), Label(" closes")] : [Label("Enter ends")]
    var drawing = Drawing(
      box: place, title: title, value: closes,
      legend: longest(legends(world), columns: Drawing.room(place.columns)), ink: .accent)
    let (rows, summary) = parts(of: place)
    guard !list.rows.isEmpty else {
      let words = list.meaningless.map { "\($0.key) means nothing under the other settings" } ?? "nothing is called so"
      drawing.write(words, in: rows.inset(columns: 1), ink: .muted)
      return drawing
    }
    let valueColumn = rows.column + 3 + (list.parameters.map(\.key.cellWidth).max() ?? 0)
    for (i, row) in list.shown(around: chosen, rows: rows.rows).enumerated() {
      switch row {
      case .heading(let text): drawing.write(text, column: rows.column + 1, row: rows.row + i, emphasis: .bold)
      case .parameter(let key):
        guard let parameter = list.parameter(0, after: key) else { continue }
        write(parameter, world, valueColumn: valueColumn, in: rows.line(i), on: &drawing)
      }
    }
    if let parameter = parameter(world) {
      let text = [parameter.summary, parameter.explanation(world.configuration)].compactMap(\.self)
        .joined(separator: ": ")
      drawing.write(text, in: summary.inset(columns: 1), ink: .muted)
    }
    return drawing
  }

  private func write(
    _ parameter: Parameter, _ world: World, valueColumn: Int, in line: Rectangle, on drawing: inout Drawing
  ) {
    let isChosen = parameter.key == chosen
    let emphasis: Cell.Emphasis = isChosen ? .bold : .plain
    drawing.write(
      [Label(isChosen ? "▸ " : "  ", .accent, .bold), Label(parameter.key, isChosen ? .text : .muted, emphasis)],
      column: line.column, row: line.row)
    drawing.write(
      parameter.text(world.configuration).shortened(to: line.endColumn - 2 - valueColumn), column: valueColumn,
      row: line.row, ink: isChosen ? .accent : .text, emphasis: emphasis)
    if world.isRestarted(by: parameter) {
      drawing.write("↻", column: line.endColumn - 1, row: line.row, ink: isChosen ? .warning : .muted)
    }
  }

  /// What a change of the marked setting costs, in several lengths.
  private func legends(_ world: World) -> [[Label]] {
    let keys = [Label("←→", .accent, .bold)]
    guard let parameter = parameter(world), world.isRestarted(by: parameter) else {
      return [
        [Label("↑↓", .accent, .bold), Label(" choose ")] + keys + [Label(" change live")], keys + [Label(" live")],
      ]
    }
    return [
      keys + [Label(" restarts training,", .warning), Label(" u", .accent, .bold), Label(" undoes")],
      keys + [Label(" restarts,", .warning), Label(" u", .accent, .bold), Label(" undoes")],
    ]
  }
}
