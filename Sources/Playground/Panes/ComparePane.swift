import Diffusion
import Interface
import Plot
import Terminal

/// Two runs that began alike: their losses in one chart, the difference in words, and one of the other views twice, on
/// A and on B.
package struct ComparePane: Pane {
  package enum Action: Sendable {
    case chooseSettings
    /// Estimates, fields, samples.
    case nextPicture
    /// Learned, both, ideal, difference, where the pictures have that choice.
    case nextComparison
    /// Seconds or points.
    case nextMeasure
    /// Back to where A and B part.
    case part
    case exchange
    case endB
  }

  package static let word = "compare"
  package static let bindings: [Binding<Action>] = [
    Binding("o", [.character("o"): .chooseSettings], "what B has otherwise than A", footer: ("o", "B"), rank: 3),
    Binding("v", [.character("v"): .nextPicture], "which pictures are compared", footer: ("v", "pictures"), rank: 4),
    Binding(
      "i", [.character("i"): .nextComparison], "learned, both, ideal, the difference", footer: ("i", "ideal"),
      rank: 6),
    Binding("0", [.character("0"): .part], "back to where A and B part", footer: ("0", "parting"), rank: 4),
    Binding(
      "a", [.character("a"): .nextMeasure], "at equal seconds, or at equal points", footer: ("a", "equal"), rank: 5),
    Binding("W", [.character("W"): .exchange], "A and B change places", footer: ("W", "swap"), rank: 10),
    Binding("D", [.character("D"): .endB], "end B", footer: ("D", "end B"), rank: 10),
  ]

  /// The views that are shown twice.
  private static var kinds: [any Pane] { [DenoisePane(), FieldPane(), SamplePane()] }

  private static let ideal = Key.character("i")

  private(set) var a = ComparePane.kinds
  private(set) var b = ComparePane.kinds
  private(set) var chosen = 0
  var measure = RunComparison.Measure.seconds

  package func reason(against action: Action, _ world: World) -> String? {
    switch action {
    case .chooseSettings: world.isCurrent ? nil : "training is about to begin anew"
    case .nextPicture: nil
    case .nextComparison: a[chosen].hint(of: ComparePane.ideal) == nil ? "samples: d chooses whom they follow" : nil
    case .nextMeasure, .exchange, .endB: ComparePane.reason(againstLookingAtB: world)
    case .part:
      ComparePane.reason(againstLookingAtB: world)
        ?? (world.failure == nil ? nil : "training has stopped: < goes back to the last good weights")
        ?? (world.rewind == nil ? world.reason(againstRewinding: -1) : nil)
    }
  }

  private static func reason(againstLookingAtB world: World) -> String? {
    world.rival?.frame == nil ? "there is no B yet: o chooses what it has otherwise" : nil
  }

  package mutating func update(_ action: Action, _ world: inout World) -> [Effect] {
    switch action {
    case .chooseSettings: return [.open(BranchOverlay(world, at: world.rival?.start ?? 0))]
    case .nextPicture:
      chosen = (chosen + 1) % a.count
      appear(world)
    case .nextComparison:
      _ = a[chosen].press(ComparePane.ideal, &world)
      _ = b[chosen].press(ComparePane.ideal, &world)
    case .nextMeasure: measure = RunComparison.Measure.allCases.element(after: measure)
    case .part: return world.rewindToParting()
    case .exchange: return world.exchange()
    case .endB: return world.endBranch()
    }
    return []
  }

  package mutating func appear(_ world: World) {
    a[chosen].appear(world)
    if let ofB = world.ofRival { b[chosen].appear(ofB) }
  }

  package mutating func pass(_ seconds: Double, _ world: World) {
    a[chosen].pass(seconds, world)
    if let ofB = world.ofRival { b[chosen].pass(seconds, ofB) }
  }

  package func isMoving(_ world: World) -> Bool {
    a[chosen].isMoving(world) || world.ofRival.map(b[chosen].isMoving) ?? false
  }

  package func questions(_ world: World, in place: Rectangle) -> [any Question] {
    let (_, left, right) = places(place)
    guard let ofB = world.ofRival else { return a[chosen].questions(world, in: left) }
    // What the probe asks of A.
    let probe: [any Question] = ProbeQuestion(ofB).map { [$0] } ?? []
    return a[chosen].questions(world, in: left) + (b[chosen].questions(ofB, in: right) + probe).map(\.aboutRival)
  }

  package func planes(_ world: World, in place: Rectangle) -> [Plane] {
    let (_, left, right) = places(place)
    return a[chosen].planes(world, in: left) + (world.ofRival.map { b[chosen].planes($0, in: right) } ?? [])
  }

  package func draw(_ world: World, in place: Rectangle) -> Drawing {
    let (top, left, right) = places(place)
    var drawing = Drawing(place)
    drawing.draw(chart(world, in: top))
    drawing.draw(a[chosen].draw(world, in: left))
    drawing.title([Label("A", Compared.inkA, .bold), Label(step(world))], in: left)
    if let ofB = world.ofRival {
      drawing.draw(b[chosen].draw(ofB, in: right))
      drawing.title([Label("B", Compared.inkB, .bold), Label(step(ofB))], in: right)
    } else {
      drawing.draw(invitation(in: right))
    }
    return drawing
  }

  private func step(_ world: World) -> String { "  step \(grouped(world.moment.id.step))" }

  private func places(_ place: Rectangle) -> (top: Rectangle, left: Rectangle, right: Rectangle) {
    var rest = place
    let top = rest.cut(max(place.rows * 2 / 5, 10), from: .top)
    let left = rest.cut(place.columns / 2, from: .left)
    return (top, left, rest)
  }

  private func chart(_ world: World, in place: Rectangle) -> Drawing {
    let compared = Compared(world, measure: measure)
    let room = Drawing.room(place.columns)
    let equal = longest(["at equal \(measure)", "equal \(measure)"], columns: room - 9)
    var drawing = Drawing(
      box: place, title: [Label("losses", .text, .bold)],
      value: compared == nil ? [] : [Label("a ", .accent, .bold), Label(equal)])
    var inside = place.inset(columns: 2, rows: 1)
    guard let compared else {
      drawing.figure(LossPane.chart(world), in: inside)
      return drawing
    }
    let lines = compared.words(columns: inside.columns)
    let words = inside.cut(min(lines.count, max(inside.rows - 4, 0)), from: .bottom)
    drawing.figure(compared.chart(rows: inside.rows), in: inside)
    for (i, line) in lines.prefix(words.rows).enumerated() {
      drawing.write(line, column: words.column, row: words.row + i)
    }
    return drawing
  }

  /// What stands in the place of B while there is none.
  private func invitation(in place: Rectangle) -> Drawing {
    var drawing = Drawing(box: place, title: [Label("B", Compared.inkB, .bold)])
    let inside = place.inset(columns: 2, rows: 1)
    let texts: [(String, Ink)] = [
      ("o: what B has otherwise than A", .accent),
      ("It begins with the same weights, and sees the same rows and noise.", .text),
      ("b, after <, begins B at a past moment.", .muted),
    ]
    let count = texts.reduce(0) { $0 + wrap($1.0, columns: inside.columns).count }
    // Apart, where there is room.
    let gap = count + texts.count - 1 <= inside.rows ? 1 : 0
    var rest = inside
    for (text, ink) in texts {
      drawing.write(text, in: rest, ink: ink)
      _ = rest.cut(wrap(text, columns: rest.columns).count + gap, from: .top)
    }
    return drawing
  }
}
