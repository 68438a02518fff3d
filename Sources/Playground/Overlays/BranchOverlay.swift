import Diffusion
import Interface
import Plot
import Terminal

/// The settings panel, for B: a change begins B anew, with all that it does not change as A had it.
package struct BranchOverlay: Overlay {
  package enum Action: Sendable {
    /// What the settings panel would do.
    case settings(SettingsOverlay.Action)
    case close
  }

  package static let bindings: [Binding<Action>] = [
    Binding(
      "↑ ↓", [.up: .settings(.move(-1)), .down: .settings(.move(1))], "choose a setting of B",
      footer: ("↑↓", "choose"), rank: 0),
    Binding(
      "← →", [.left: .settings(.change(-1)), .right: .settings(.change(1))], "change it, and begin B anew",
      footer: ("←→", "change B"), rank: 0),
    Binding(
      "Enter", [.enter: .settings(.open)], "all its values, or one that is typed", footer: ("Enter", "values"), rank: 0),
    Binding("/", [.character("/"): .settings(.search)], "find a setting by typing", footer: ("/", "find"), rank: 0),
    Binding("o", [.character("o"): .close, .escape: .close], "close B's settings", footer: ("o", "close"), rank: 0),
  ]

  /// The step of A that B begins with.
  private let start: Int
  /// B's, as they were or would be when this was opened.
  private var first: Configuration
  /// The last run then: a later one is begun here.
  private let lastRun: Int
  private var panel: SettingsOverlay

  init(_ world: World, at start: Int) {
    self.start = start
    first = world.configuration
    lastRun = max(world.run, world.rival?.run ?? 0)
    if let rival = world.rival, rival.start == start { first = rival.configuration }
    // What A had then, if it has been changed since.
    if let then = world.frame.history.checkpoints.last(where: { $0.step == start }), world.rewind != nil {
      first.experiment = then.experiment
    }
    panel = SettingsOverlay(world)
    // What most people want to compare.
    var other = world
    _ = panel.update(.choose("optimizer"), &other)
  }

  private func configuration(_ world: World) -> Configuration {
    world.rival.flatMap { $0.run > lastRun ? $0.configuration : nil } ?? first
  }

  package func typed(_ key: Key) -> Action? { panel.typed(key).map(Action.settings) }

  package func reason(against action: Action, _ world: World) -> String? {
    guard case .settings(let action) = action else { return nil }
    switch (action, panel.parameter(asB(world))?.group) {
    case (.change, .data), (.open, .data): return "A and B learn the same data: s changes them for both"
    case (.change, .sampling), (.open, .sampling): return "samples of A and B are drawn alike: s changes how"
    default: return panel.reason(against: action, asB(world))
    }
  }

  package mutating func update(_ action: Action, _ world: inout World) -> [Effect] {
    guard case .settings(let action) = action else { return [.close] }
    var ofB = asB(world)
    if case .open = action {
      return panel.parameter(ofB).map { [.open(ValueOverlay($0, ofB, beginsBAt: start))] } ?? []
    }
    _ = panel.update(action, &ofB)
    return ofB.configuration == configuration(world) ? [] : world.branch(ofB.configuration, at: start)
  }

  package mutating func pass(_ seconds: Double, _ world: World) { panel.pass(seconds, asB(world)) }

  package func action(for pointer: Pointer, _ world: World, in place: Rectangle) -> Action? {
    panel.action(for: pointer, asB(world), in: place).map(Action.settings)
  }

  package func explanations(_ world: World) -> [Explanation] { panel.explanations(asB(world)) }

  package func placement(_ world: World) -> Layout.Placement { panel.placement(asB(world)) }

  package func draw(_ world: World, in place: Rectangle) -> Drawing {
    var drawing = panel.draw(asB(world), in: place)
    let room = Drawing.room(place.columns)
    let begins = start == 0 ? "from the start" : "from step \(grouped(start))"
    let title = longest(["B, \(begins)", "B"], columns: room - 11)
    if panel.query == nil {
      drawing.title(
        [Label(title, .text, .bold)], value: [Label("o", .accent, .bold), Label(" closes")], in: place, ink: .accent)
    }
    let last = Rectangle(column: place.column, row: place.endRow - 1, columns: place.columns, rows: 1)
    let keys = [Label("←→", .accent, .bold)]
    drawing.title(
      longest(
        [
          [Label("↑↓", .accent, .bold), Label(" choose ")] + keys + [Label(" begins B anew")],
          keys + [Label(" begins B anew")],
        ], columns: room), in: last, ink: .accent)
    return drawing
  }

  private func asB(_ world: World) -> World {
    var world = world
    world.configuration = configuration(world)
    return world
  }
}
