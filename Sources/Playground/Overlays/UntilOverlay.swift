import Diffusion
import Interface
import Plot
import Terminal

/// Asks how far training is to run before it pauses: to a step, a loss, or a distance of samples from the data.
package struct UntilOverlay: Overlay {
  package enum Action: Sendable {
    case move(Int)
    case choose(Kind)
    case type(Character)
    case erase
    case run
    case close
  }

  /// What training is to come to.
  package enum Kind: String, CaseIterable, Sendable {
    case step, loss, distance
  }

  package static let bindings: [Binding<Action>] = [
    Binding(
      "↑ ↓", [.up: .move(-1), .down: .move(1), .tab: .move(1)], "what to run up to", footer: ("↑↓", "what"), rank: 0),
    Binding("Enter", [.enter: .run], "run until then", footer: ("Enter", "run"), rank: 0),
    Binding(
      "Esc  U", [.escape: .close, .character("U"): .close], "close", footer: ("Esc", "close"), rank: 0),
  ]

  private static let mostDigits = 12

  private(set) var kind = Kind.step
  private(set) var texts: [Kind: String]

  init(_ world: World) {
    texts = [.step: "\(max(world.experiment.totalSteps, world.moment.id.step + 1000))", .loss: "", .distance: ""]
  }

  private var text: String { texts[kind] ?? "" }

  package func typed(_ key: Key) -> Action? {
    switch key {
    case .character(let character) where "0123456789.e-".contains(character): .type(character)
    case .backspace: .erase
    default: nil
    }
  }

  package mutating func update(_ action: Action, _ world: inout World) -> [Effect] {
    switch action {
    case .move(let count): kind = Kind.allCases.element(after: kind, count)
    case .choose(let other): kind = other
    case .type(let character): texts[kind, default: ""].append(character)
    case .erase: texts[kind] = String(text.dropLast())
    case .run: return until(world).map { [.close] + world.run(until: $0) } ?? []
    case .close: return [.close]
    }
    return []
  }

  /// What is asked for; nil if that is nothing.
  private func until(_ world: World) -> Until? {
    switch kind {
    case .step: Int(text).flatMap { $0 > world.moment.id.step && $0 <= 1_000_000_000 ? .step($0) : nil }
    case .loss: Double(text).flatMap { $0 > 0 && $0.isFinite ? .loss($0) : nil }
    case .distance:
      Float(text).flatMap {
        $0 > 0 && $0.isFinite && world.sampling.predictor != .ideal ? .distance($0, world.sampling) : nil
      }
    }
  }

  package func reason(against action: Action, _ world: World) -> String? {
    switch action {
    case .type: return text.count < UntilOverlay.mostDigits ? nil : "that is long enough"
    case .erase: return text.isEmpty ? "nothing is typed" : nil
    case .run where until(world) == nil: break
    case .move, .choose, .run, .close: return nil
    }
    switch kind {
    case .step: return "a step after the present one, \(grouped(world.moment.id.step)), at most 1,000,000,000"
    case .loss: return "a loss: a number above 0"
    case .distance:
      return world.sampling.predictor == .ideal
        ? "samples follow the ideal denoiser, which learns nothing: d chooses another" : "a distance: a number above 0"
    }
  }

  package func action(for pointer: Pointer, _ world: World, in place: Rectangle) -> Action? {
    guard case .press = pointer.kind else { return nil }
    let row = pointer.row - place.inside.row
    return Kind.allCases.indices.contains(row) ? .choose(Kind.allCases[row]) : nil
  }

  package func explanations(_ world: World) -> [Explanation] {
    [
      Explanation(
        "run until", shows: "How far training is to run before it pauses by itself.",
        look: "A step, a loss, or a distance: how far samples are off the data, measured again and again.")
    ]
  }

  package func placement(_ world: World) -> Layout.Placement { .centered(columns: 56, rows: 5) }

  package func draw(_ world: World, in place: Rectangle) -> Drawing {
    var drawing = Drawing(
      box: place, title: [Label("run until", .text, .bold)],
      legend: [
        Label("↑↓", .accent, .bold), Label(" what · digits how much · "), Label("Enter", .accent, .bold),
        Label(" runs"),
      ], ink: .accent)
    for (i, one) in Kind.allCases.enumerated() {
      let isChosen = one == kind
      let row = place.row + 1 + i
      drawing.write(
        [
          Label(isChosen ? "▸ " : "  ", .accent, .bold),
          Label(one.rawValue.padded(to: 10), isChosen ? .text : .muted, isChosen ? .bold : .plain),
          Label((texts[one] ?? "") + (isChosen ? "▏" : ""), .accent, isChosen ? .bold : .plain),
        ], column: place.column + 1, row: row)
      drawing.write([Label(present(one, world))], before: place.endColumn - 2, row: row)
    }
    return drawing
  }

  /// Where it stands now.
  private func present(_ kind: Kind, _ world: World) -> String {
    switch kind {
    case .step: return "now \(grouped(world.moment.id.step))"
    case .loss:
      let floor = world.insight?.floor.map { ", floor \($0.floor.formatted(significant: 3))" } ?? ""
      return world.frame.losses.smoothed.map { "now \($0.formatted(significant: 3))" + floor } ?? ""
    case .distance: return "of samples off the data"
    }
  }
}
