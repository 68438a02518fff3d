import Interface
import Plot
import Terminal

/// The tour: a screen after the other with one idea and one thing to try, which it notices. The keys stay the
/// program's own, so that what is tried is the real thing.
package struct TourOverlay: Overlay {
  package enum Action: Sendable {
    case next
    case previous
    case close
  }

  package static let bindings: [Binding<Action>] = [
    Binding("Enter", [.enter: .next], "the next screen of the tour", footer: ("Enter", "next"), rank: 0),
    Binding("Backspace", [.backspace: .previous], "the screen before", rank: 0),
    Binding("Esc  t", [.escape: .close, .character("t"): .close], "end the tour", footer: ("Esc", "end"), rank: 0),
  ]

  static let rows = 13

  private(set) var number = 0
  private(set) var isDone = false
  /// The world when the screen was opened.
  private var start: World

  init(_ world: World) { start = world }

  private var stop: TourStop { TourStop.all[number] }

  package func reason(against action: Action, _ world: World) -> String? {
    if case .previous = action, number == 0 { return "this is the first screen of the tour" }
    return nil
  }

  package mutating func update(_ action: Action, _ world: inout World) -> [Effect] {
    switch action {
    case .next where number == TourStop.all.count - 1: return [.close]
    case .next: open(number + 1, world)
    case .previous: open(number - 1, world)
    case .close: return [.close]
    }
    return []
  }

  private mutating func open(_ number: Int, _ world: World) {
    self.number = number
    (start, isDone) = (world, false)
  }

  package mutating func pass(_ seconds: Double, _ world: World) {
    isDone = isDone || stop.isDone(start, world)
  }

  package func placement(_ world: World) -> Layout.Placement { .docked(rows: TourOverlay.rows) }

  package func draw(_ world: World, in place: Rectangle) -> Drawing {
    let room = Drawing.room(place.columns)
    let enter = [Label("Enter", .accent, .bold)]
    let ends = number == TourStop.all.count - 1 ? " ends the tour" : " goes on"
    let count = "\(number + 1) of \(TourStop.all.count)"
    let tour = [Label("tour ", .accent, .bold)]
    let title = [Label(stop.title, .text, .bold)]
    let short = stop.short.map { [Label($0, .text, .bold)] } ?? title
    var drawing = Drawing(
      box: place,
      title: longest([tour + title, title, tour + short, short], columns: room - count.cellWidth - 3),
      value: [Label(count)],
      legend: longest(
        isDone
          ? [[Label("done! ", .arrow, .bold)] + enter + [Label(ends)]]
          : [enter + [Label(ends + " · ")] + [Label("Esc", .accent, .bold), Label(" leaves")], enter + [Label(ends)]],
        columns: room), ink: .accent)
    var idea = place.inset(columns: 2, rows: 1)
    // The task stands at the bottom, apart where there is room.
    var task = idea.cut(wrap(stop.task, columns: idea.columns - 2).count, from: .bottom)
    drawing.write(stop.idea, in: idea)
    let mark = task.cut(2, from: .left)
    drawing.write(isDone ? "●" : "○", column: mark.column, row: mark.row, ink: isDone ? .arrow : .accent)
    drawing.write(stop.task, in: task, ink: isDone ? .muted : .accent, emphasis: isDone ? .plain : .bold)
    return drawing
  }
}
