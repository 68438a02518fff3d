import Diffusion
import Interface
import Plot
import Terminal

/// What the network and the exact answer say at the crosshair, in numbers. While it is open, the arrow keys move that.
package struct ProbeOverlay: Overlay {
  package enum Action: Sendable {
    /// In steps of the crosshair.
    case move(Float, Float)
    /// The nearest noisy point, or a place of the plane again.
    case follow
    case close
  }

  /// Of the plane, a key.
  private static let step: Float = 0.04

  package static let bindings: [Binding<Action>] = [
    Binding(
      "← → ↑ ↓", [.left: .move(-1, 0), .right: .move(1, 0), .up: .move(0, 1), .down: .move(0, -1)],
      "move the crosshair", footer: ("←→↑↓", "crosshair"), rank: 0),
    Binding(
      "Enter", [.enter: .follow], "follow what is nearest, or stop", footer: ("Enter", "follow"), rank: 0),
    Binding("p", [.character("p"): .close, .escape: .close], "put the probe away", footer: ("p", "close"), rank: 0),
  ]

  package mutating func update(_ action: Action, _ world: inout World) -> [Effect] {
    let x = world.probePoint ?? .zero
    switch action {
    case .move(let right, let up):
      world.probe = Probe(place: .at(x + ProbeOverlay.step * Point(right, up)))
    case .follow: return [.follow]
    case .close:
      world.probe = nil
      return [.close]
    }
    return []
  }

  package func questions(_ world: World, in place: Rectangle) -> [any Question] {
    ProbeQuestion(world).map { [$0] } ?? []
  }

  package func placement(_ world: World) -> Layout.Placement { .docked(rows: 10) }

  package func draw(_ world: World, in place: Rectangle) -> Drawing {
    let title =
      switch world.probe?.place {
      case .noisy: "a noisy point"
      case .sample: "a sample"
      case .at, nil: "probe"
      }
    let isFollowing = title != "probe"
    let keys = [Label("Enter", .accent, .bold), Label(isFollowing ? " lets it go" : " follows what is near")]
    var drawing = Drawing(
      box: place, title: [Label(title, .text, .bold)],
      value: [Label("p", .accent, .bold), Label(" closes")],
      legend: longest([keys, [keys[0], Label(" follow")]], columns: Drawing.room(place.columns)), ink: .accent)
    let inside = place.inset(columns: 2, rows: 1)
    for (i, (name, value)) in lines(world).prefix(inside.rows).enumerated() {
      drawing.write([name].shortened(to: inside.columns), column: inside.column, row: inside.row + i)
      drawing.write(value.shortened(to: inside.columns - 13), column: inside.column + 13, row: inside.row + i)
    }
    return drawing
  }

  private func lines(_ world: World) -> [(name: Label, value: [Label])] {
    guard let x = world.probePoint else { return [] }
    let place = (Label("x"), [Label(pair(x), .text)])
    guard let reading = world.probeReading else { return [place, (Label("…"), [])] }
    let count = reading.posterior.points.count
    let weight = percent(Float(reading.posterior.weights.reduce(0, +)))
    return [
      place,
      (Label("epsilonHat", .arrow), [Label(pair(reading.epsilon), .text)]),
      (Label("exact", .ideal), [Label(pair(reading.ideal), .text)]),
      (Label("estimate", .arrow), [Label(pair(reading.estimate), .text)]),
      (Label("exact", .ideal), [Label(pair(reading.idealEstimate), .text)]),
      (Label("error"), errors(world, reading)),
      (Label("log p"), [Label(reading.logDensity.formatted(significant: 3, padded: true), .text)]),
      (Label("came from"), [Label(count == 1 ? "1 point: \(weight)" : "\(grouped(count)) points: \(weight)", .ideal)]),
    ]
  }

  /// The network's error; of A and of B where both are asked.
  private func errors(_ world: World, _ reading: ProbeReading) -> [Label] {
    func number(_ reading: ProbeReading) -> Label {
      Label(reading.error.formatted(significant: 2, padded: true), .accent, .bold)
    }
    guard let other = world.ofRival?.probeReading else { return [number(reading)] }
    return [Label("A ", Compared.inkA), number(reading), Label("  B ", Compared.inkB), number(other)]
  }

  private func pair(_ point: Point) -> String {
    [point.x, point.y].map { ($0 < 0 ? "" : " ") + $0.formatted(decimals: 3) }.joined(separator: " ")
  }
}
