import Diffusion
import Export
import Interface
import Plot
import Terminal

/// One's own data, drawn with the pointer or a crosshair.
package struct DrawPane: Pane {
  package enum Action: Sendable {
    /// In steps of the crosshair.
    case move(Float, Float)
    case touch
    case togglePen
    case toggleEraser
    case undo
    case clear
    case takePresent
    case train
    case save
    /// With the pointer, from where it was.
    case drag(Point, isNew: Bool)
  }

  package static let word = "draw"
  package static let bindings: [Binding<Action>] = [
    Binding("Enter", [.enter: .train], "train on what is drawn", footer: ("Enter", "train"), rank: 1),
    Binding(
      "← → ↑ ↓", [.left: .move(-1, 0), .right: .move(1, 0), .up: .move(0, 1), .down: .move(0, -1)],
      "move the crosshair", footer: ("←→↑↓", "crosshair"), rank: 3),
    Binding(
      ". d", [.character("."): .touch, .character("d"): .togglePen],
      "points there; d: wherever it goes",
      footer: (".", "points"), rank: 3),
    Binding("E", [.character("E"): .toggleEraser], "erase, or draw again", footer: ("E", "erase"), rank: 4),
    Binding("u", [.character("u"): .undo], "undo the last stroke", footer: ("u", "undo"), rank: 4),
    Binding("C", [.character("C"): .clear], "clear", rank: 5),
    Binding(
      "o", [.character("o"): .takePresent], "begin with the present data", footer: ("o", "present data"), rank: 5),
    Binding("w", [.character("w"): .save], "save as a CSV file", footer: ("w", "save"), rank: 5),
  ]

  /// What is seen reaches so far from the middle.
  private static let radius: Float = 1.2
  private static let step: Float = 0.05

  private(set) var sketch = Sketch()
  private(set) var crosshair = Point.zero
  private(set) var isDown = false
  private(set) var erases = false

  package func reason(against action: Action, _ world: World) -> String? {
    switch action {
    case .train, .save, .clear: sketch.isEmpty ? "nothing is drawn yet: drag the mouse, or press ." : nil
    case .undo: sketch.canUndo ? nil : "there is nothing to undo"
    case .move(let right, let up): moved(right, up) == crosshair ? "the picture ends here" : nil
    case .touch, .togglePen, .toggleEraser, .takePresent, .drag: nil
    }
  }

  package mutating func update(_ action: Action, _ world: inout World) -> [Effect] {
    switch action {
    case .move(let right, let up):
      let start = crosshair
      crosshair = moved(right, up)
      if isDown { sketch.brush(from: start, to: crosshair, erases: erases) }
    case .touch:
      sketch.mark()
      sketch.brush(from: crosshair, to: crosshair, erases: erases)
    case .togglePen:
      isDown.toggle()
      if isDown { sketch.mark() }
    case .toggleEraser: erases.toggle()
    case .undo: sketch.undo()
    case .clear:
      sketch.mark()
      sketch.clear()
    case .takePresent:
      sketch.mark()
      sketch.take(world.dataset.points.sample(atMost: 1000))
    case .drag(let point, let isNew):
      if isNew { sketch.mark() }
      sketch.brush(from: isNew ? point : crosshair, to: point, erases: erases)
      crosshair = point
    case .train: return world.train(onDrawing: sketch.csv) + [.show(DenoisePane.self)]
    case .save: return [.save(sketch.csv, name: "drawing.csv")]
    }
    return []
  }

  /// Where the crosshair comes to by so many steps.
  private func moved(_ right: Float, _ up: Float) -> Point {
    let limit = Point(repeating: DrawPane.radius)
    return (crosshair + DrawPane.step * Point(right, up)).clamped(lowerBound: -limit, upperBound: limit)
  }

  package func action(for pointer: Pointer, _ world: World, in place: Rectangle) -> Action? {
    guard pointer.kind == .press || pointer.kind == .drag, place.inside.contains(pointer.start) else { return nil }
    let limit = Point(repeating: DrawPane.radius)
    guard let point = scene.window.point(at: pointer.spot, in: place.inside) else { return nil }
    return .drag(point.clamped(lowerBound: -limit, upperBound: limit), isNew: pointer.kind == .press)
  }

  private var scene: Scene {
    var scene = Scene(.plane(radius: DrawPane.radius), title: "A drawing of \(grouped(sketch.points.count)) points")
    scene.points(sketch.points, ink: .data, name: "data")
    scene.text(erases ? "x" : "+", at: crosshair, ink: .accent)
    return scene
  }

  package func draw(_ world: World, in place: Rectangle) -> Drawing {
    let room = Drawing.room(place.columns)
    let count = sketch.points.count
    let keys = [Label("Enter", .accent, .bold), Label(" trains on it, anew")]
    var drawing = Drawing(
      box: place, title: [Label(longest(["draw your own data", "draw"], columns: room - 28), .text, .bold)],
      value: [
        Label("at \(crosshair.x.formatted(significant: 2)), \(crosshair.y.formatted(significant: 2)) · ", .muted),
        Label(erases ? "erasing" : isDown ? "pen down" : "\(grouped(count)) points", .accent),
      ],
      legend: longest(
        [keys + [Label("  "), Label("w", .accent, .bold), Label(" saves it")], keys], columns: room))
    drawing.figure(scene, in: place.inside)
    if sketch.isEmpty {
      let lines = wrap(
        "Drag the mouse; or move the crosshair with the arrow keys and press . for points, d for a line.",
        columns: place.columns - 8)
      for (i, line) in lines.enumerated() {
        drawing.write(line, column: place.column + 4, row: place.row + 2 + i, ink: .muted)
      }
    }
    return drawing
  }
}
