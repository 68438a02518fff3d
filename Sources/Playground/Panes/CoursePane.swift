import Diffusion
import Interface
import Plot
import Terminal

/// How training has gone from its first step: the loss beside that of other runs, and under it the gradient and the rate.
package struct CoursePane: Pane {
  package enum Action: Sendable {
    /// By a share of what is shown.
    case moveCursor(Double)
    case putCursor(step: Double)
    case pan(Double)
    /// Around the cursor, or around a step.
    case zoom(Double, around: Double?)
    case showAll
    case nextLossScale
    case nextStepScale
    case pin
    case unpin
  }

  package static let word = "loss"
  package static let bindings: [Binding<Action>] = [
    Binding(
      "← →  { }",
      [
        .left: .moveCursor(-1 / 64), .right: .moveCursor(1 / 64), .character("{"): .moveCursor(-1 / 8),
        .character("}"): .moveCursor(1 / 8),
      ], "the cursor, which reads step and loss", footer: ("←→", "cursor"), rank: 3),
    Binding(
      "+ -", [.character("+"): .zoom(0.5, around: nil), .character("-"): .zoom(2, around: nil)],
      "zoom in and out at the cursor", footer: ("+-", "zoom"), rank: 4),
    Binding("[ ]", [.character("["): .pan(-0.25), .character("]"): .pan(0.25)], "earlier and later steps", rank: 5),
    Binding("0", [.character("0"): .showAll], "all steps", rank: 5),
    Binding(
      "l  k", [.character("l"): .nextLossScale, .character("k"): .nextStepScale],
      "loss, steps: logarithmic or linear", footer: ("lk", "log"), rank: 5),
    Binding(
      "P  C", [.character("P"): .pin, .character("C"): .unpin], "pin this curve to compare; unpin all",
      footer: ("P", "pin"), rank: 6),
  ]

  private(set) var window = StepWindow()
  private(set) var lossScale = Axis.Scale.log
  /// The step that is read; nil for the latest.
  private(set) var cursor: Double?

  package func reason(against action: Action, _ world: World) -> String? {
    let isEmpty = world.frame.course.readings.isEmpty
    switch action {
    case .pin: return isEmpty ? "there is no curve to pin yet" : nil
    case .unpin: return world.courses.pinned.isEmpty ? "no curve is pinned: P pins this one" : nil
    case .showAll: return window.isWhole ? "all steps are shown: + zooms in" : nil
    case .pan, .moveCursor, .putCursor, .zoom:
      guard !isEmpty else { return "there is no curve yet" }
      var moved = self
      moved.move(by: action, world)
      return moved.cursor == cursor && moved.window == window ? reason(againstMovingBy: action) : nil
    case .nextLossScale, .nextStepScale: return nil
    }
  }

  /// Why neither the cursor nor what is shown moves.
  private func reason(againstMovingBy action: Action) -> String? {
    switch action {
    case .zoom(let factor, _) where factor < 1: "fewer steps are not shown: - zooms out"
    case .zoom: "all steps are shown: + zooms in"
    case .pan where window.isWhole: "all steps are shown: + zooms in"
    case .pan: "there are no steps beyond these"
    case .moveCursor where !window.isWhole: "no further than what is shown: [ ] show other steps"
    case .moveCursor(let share): share > 0 ? "this is the newest step" : "this is the first step"
    case .putCursor, .showAll, .nextLossScale, .nextStepScale, .pin, .unpin: nil
    }
  }

  /// Moves the cursor, or what is shown.
  private mutating func move(by action: Action, _ world: World) {
    let all = CourseChart.steps(world)
    switch action {
    case .moveCursor(let share):
      let axis = window.axis(all)
      let place = axis.position(of: cursor ?? all.upperBound) ?? 1
      put(axis.value(at: min(max(place + share, 0), 1)), all)
    case .putCursor(let step): put(step, all)
    case .pan(let share): window.pan(by: share, all: all)
    case .zoom(let factor, let step): window.zoom(by: factor, around: step ?? cursor ?? all.upperBound, all: all)
    case .showAll, .nextLossScale, .nextStepScale, .pin, .unpin: break
    }
  }

  package mutating func update(_ action: Action, _ world: inout World) -> [Effect] {
    switch action {
    case .moveCursor, .putCursor, .pan, .zoom: move(by: action, world)
    case .showAll: window.showAll()
    case .nextLossScale: lossScale = lossScale == .log ? .linear : .log
    case .nextStepScale: window = StepWindow(scale: window.scale == .log ? .linear : .log)
    case .pin: world.pinCourse()
    case .unpin: world.unpinCourses()
    }
    return []
  }

  /// At the end the cursor stays with the newest step.
  private mutating func put(_ step: Double, _ all: ClosedRange<Double>) {
    cursor = step >= all.upperBound - 0.5 ? nil : max(step, all.lowerBound)
  }

  package func action(for pointer: Pointer, _ world: World, in place: Rectangle) -> Action? {
    let box = places(place)[0]
    guard box.contains(pointer.start), !world.frame.course.readings.isEmpty else { return nil }
    let chart = box.inset(columns: 2, rows: 1)
    let area = courseChart(world).loss.area(columns: chart.columns, rows: chart.rows)
    guard area.columns > 1 else { return nil }
    let share = Double(pointer.column - chart.column - area.column) / Double(area.columns - 1)
    let step = window.axis(CourseChart.steps(world)).value(at: min(max(share, 0), 1))
    switch pointer.kind {
    case .press, .drag: return .putCursor(step: step)
    case .wheel(let turns): return .zoom(turns > 0 ? 0.8 : 1.25, around: step)
    case .release: return nil
    }
  }

  /// The loss, and below it as many of gradient and rate as there is room for.
  private func places(_ place: Rectangle) -> [Rectangle] {
    var rest = place
    let rows = min(max(place.rows / 5, 6), 12)
    let rate = place.rows >= 28 ? rest.cut(rows, from: .bottom) : nil
    let gradient = place.rows >= 20 ? rest.cut(rows, from: .bottom) : nil
    return [rest] + [gradient, rate].compactMap(\.self)
  }

  private func courseChart(_ world: World) -> CourseChart {
    CourseChart(world, steps: window, lossScale: lossScale, cursor: cursor)
  }

  package func draw(_ world: World, in place: Rectangle) -> Drawing {
    let chart = courseChart(world)
    var drawing = Drawing(place)
    for (i, box) in places(place).enumerated() {
      let room = Drawing.room(box.columns)
      let part = [chart.loss, chart.gradient, chart.rate][i]
      let title = ["loss", "gradient norm", "learning rate"][i]
      let value = [chart.lossReading, chart.gradientReading, chart.rateReading][i]
      drawing.draw(
        Drawing(
          box: box, title: [Label(title, .text, .bold)],
          value: longest(value, columns: room - title.cellWidth - 3),
          legend: i == 0 ? chart.legend(world, columns: room) : []))
      drawing.figure(part, in: box.inset(columns: 2, rows: 1))
    }
    return drawing
  }
}
