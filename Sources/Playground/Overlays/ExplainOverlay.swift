import Interface
import Plot
import Terminal

/// Says of one thing on the screen after the other what it shows, what to look for, and the formula.
package struct ExplainOverlay: Overlay {
  /// Something that can be explained, and where it is.
  struct Target: Sendable {
    let place: Rectangle
    let explanation: Explanation
  }

  package enum Action: Sendable {
    case next(Int)
    case close
  }

  package static let bindings: [Binding<Action>] = [
    Binding(
      "Tab  x", [.tab: .next(1), .backTab: .next(-1), .character("x"): .next(1)], "explain the next thing",
      footer: ("Tab", "next"), rank: 0),
    Binding("Esc", [.escape: .close, .enter: .close], "end the explanations", footer: ("Esc", "close"), rank: 0),
  ]

  private static let rows = 7

  /// What there is on the screen now; the app keeps it up to date.
  var targets: [Target]
  private(set) var chosen = 0

  init(_ targets: [Target], at place: Rectangle?) {
    self.targets = targets
    chosen = targets.firstIndex { $0.place == place } ?? 0
  }

  private var target: Target? { targets.isEmpty ? nil : targets[min(chosen, targets.count - 1)] }

  /// Explains what is under the pointer.
  mutating func choose(_ spot: Pointer.Spot) {
    let found = targets.indices.filter { targets[$0].place.contains(spot) }
    // Pressed again, a place tells the next thing of it.
    guard let first = found.first else { return }
    chosen = found.contains(chosen) ? found.element(after: chosen) : first
  }

  package mutating func update(_ action: Action, _ world: inout World) -> [Effect] {
    switch action {
    case .next(let count):
      guard !targets.isEmpty else { return [] }
      chosen = targets.indices.element(after: min(chosen, targets.count - 1), count)
      return []
    case .close: return [.close]
    }
  }

  package func placement(_ world: World) -> Layout.Placement {
    .band(rows: ExplainOverlay.rows, awayFrom: target?.place)
  }

  package func draw(_ world: World, in place: Rectangle) -> Drawing {
    guard let target else { return Drawing(place) }
    let room = Drawing.room(place.columns)
    var drawing = Drawing(
      box: place, title: [Label("what is this? ", .accent, .bold), Label(target.explanation.title, .text, .bold)],
      value: room > 60 ? [Label("\(min(chosen, targets.count - 1) + 1) of \(targets.count)")] : [],
      legend: longest(
        [
          [
            Label("Tab", .accent, .bold), Label(" next, or press on it with the mouse · "),
            Label("Esc", .accent, .bold), Label(" closes"),
          ],
          [Label("Tab", .accent, .bold), Label(" next · "), Label("Esc", .accent, .bold), Label(" closes")],
        ], columns: room), ink: .accent)
    let columns = place.columns - 4
    let formula = target.explanation.formula.map { wrap($0, columns: columns) } ?? []
    var lines: [(String, Ink)] = []
    for (text, ink) in [(target.explanation.shows, Ink.text), (target.explanation.look, .accent)] {
      let rows = place.inside.rows - formula.count - lines.count
      lines += wrap(text, columns: columns, rows: rows).map { ($0, ink) }
    }
    for (i, (line, ink)) in (lines + formula.map { ($0, Ink.ideal) }).enumerated() {
      drawing.write(line.shortened(to: columns), column: place.column + 2, row: place.row + 1 + i, ink: ink)
    }
    return drawing
  }
}
