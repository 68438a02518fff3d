import Diffusion
import Interface
import Plot
import Terminal

/// One setting's values: a list where they have names, and a line to type any other. What the marked one would be is
/// shown beside, before it is taken.
package struct ValueOverlay: Overlay {
  package enum Action: Sendable {
    case type(Character)
    case erase
    /// Up or down the list.
    case move(Int)
    /// The row of a list.
    case choose(Int)
    case take
    case close
  }

  package static let bindings: [Binding<Action>] = [
    // All keys that move something in the list of settings under it: they are not to change that from here.
    Binding(
      "↑ ↓",
      [
        .up: .move(-1), .down: .move(1), .left: .move(-1), .right: .move(1), .pageUp: .move(-5), .pageDown: .move(5),
      ], "choose a value", footer: ("↑↓", "choose"), rank: 0),
    Binding("Enter", [.enter: .take], "take it", footer: ("Enter", "take"), rank: 0),
    Binding("Esc", [.escape: .close], "leave it as it is", footer: ("Esc", "back"), rank: 0),
  ]

  private static let previewColumns = 24
  private static let mostColumns = 76
  private static let rows = 15
  /// Where there is nothing to choose from.
  private static let fewRows = 7
  private static let mostCharacters = 200

  let parameter: Parameter
  /// Its settings if it is B's, which a change begins anew at a step of A; nil for A's.
  private let ofB: (configuration: Configuration, start: Int)?
  private(set) var text = ""
  /// The value that is marked, among those that go with what was typed; nil for what was typed.
  private(set) var marked: Int?
  private var preview: ValuePreview

  /// - Parameter start: The step of A that B begins with, if it is B's setting, and the world has B's.
  init(_ parameter: Parameter, _ world: World, beginsBAt start: Int? = nil) {
    self.parameter = parameter
    ofB = start.map { (world.configuration, $0) }
    let present = parameter.text(world.configuration)
    preview = ValuePreview(of: parameter, world.configuration)
    marked = parameter.choices.firstIndex { present == $0.name || present.hasPrefix($0.name + ":") }
  }

  /// The values that go with what was typed.
  var choices: [Choice] {
    let typed = text.lowercased()
    return text.isEmpty ? parameter.choices : parameter.choices.filter { $0.name.contains(typed) }
  }

  private var value: String {
    marked.flatMap { choices.indices.contains($0) ? choices[$0].name : nil } ?? text
  }

  private func present(_ world: World) -> Configuration { ofB?.configuration ?? world.configuration }

  /// The settings with the marked value, or why they cannot have it; the present ones while there is none.
  private func next(_ world: World) -> Result<Configuration, Parameter.Refusal> {
    var next = present(world)
    guard !value.isEmpty else { return .success(next) }
    do {
      try parameter.read(value, into: &next)
    } catch {
      return .failure(error)
    }
    if case .file(let path, _) = next.experiment.data, next.experiment.data != world.experiment.data,
      next.experiment.data != world.original.configuration.experiment.data
    {
      return .failure(Parameter.Refusal(description: "files are read at the start: roulade --data \(path)"))
    }
    if let problem = next.problem { return .failure(Parameter.Refusal(description: problem)) }
    return .success(next)
  }

  package func typed(_ key: Key) -> Action? {
    switch key {
    case .character(let character): .type(character)
    case .backspace: .erase
    default: nil
    }
  }

  package mutating func update(_ action: Action, _ world: inout World) -> [Effect] {
    switch action {
    case .type(let character):
      text.append(character)
      marked = choices.firstIndex { $0.name.hasPrefix(text.lowercased()) }
    case .erase:
      text = String(text.dropLast())
      marked = text.isEmpty ? nil : choices.firstIndex { $0.name.hasPrefix(text.lowercased()) }
    case .move(let count):
      marked = marked.map { choices.indices.element(after: $0, count) } ?? (count > 0 ? 0 : choices.count - 1)
    case .choose(let row): marked = row
    case .take:
      guard case .success(let next) = next(world) else { return [] }
      if let ofB { return [.close] + (next == ofB.configuration ? [] : world.branch(next, at: ofB.start)) }
      return [.close] + world.set(next) + (parameter.group == .sampling ? [.show(SamplePane.self)] : [])
    case .close: return [.close]
    }
    if case .success(let next) = next(world) { preview = ValuePreview(of: parameter, next) }
    return []
  }

  package func reason(against action: Action, _ world: World) -> String? {
    switch action {
    case .take:
      guard case .failure(let refusal) = next(world) else { return nil }
      return "\(parameter.title): \(refusal)"
    case .type: return text.count < ValueOverlay.mostCharacters ? nil : "that is long enough"
    case .erase: return text.isEmpty ? "nothing is typed" : nil
    case .move: return choices.isEmpty ? "there is no value to choose: type one" : nil
    case .choose, .close: return nil
    }
  }

  package func action(for pointer: Pointer, _ world: World, in place: Rectangle) -> Action? {
    switch pointer.kind {
    case .wheel(let turns): return choices.isEmpty ? nil : .move(-turns)
    case .press:
      let list = parts(of: place).list
      let row = pointer.row - list.row + first(rows: list.rows)
      guard list.contains(pointer.spot), choices.indices.contains(row) else { return nil }
      return row == marked ? .take : .choose(row)
    case .drag, .release: return nil
    }
  }

  package func placement(_ world: World) -> Layout.Placement {
    let isShort = parameter.choices.isEmpty && preview.picture == nil
    return .centered(columns: ValueOverlay.mostColumns, rows: isShort ? ValueOverlay.fewRows : ValueOverlay.rows)
  }

  private func parts(of place: Rectangle) -> (input: Rectangle, list: Rectangle, about: Rectangle, picture: Rectangle) {
    var left = place.inside
    let picture =
      preview.picture == nil ? left.cut(0, from: .right) : left.cut(ValueOverlay.previewColumns, from: .right)
    left = left.inset(columns: 1)
    let input = left.cut(1, from: .top)
    let about = left.cut(3, from: .bottom)
    return (input, left, about, picture)
  }

  /// The first choice in sight.
  private func first(rows: Int) -> Int { min(max((marked ?? 0) - rows / 2, 0), max(choices.count - rows, 0)) }

  package func draw(_ world: World, in place: Rectangle) -> Drawing {
    let (input, list, about, picture) = parts(of: place)
    var drawing = Drawing(
      box: place, title: [Label(parameter.title, .text, .bold)],
      value: [Label("now "), Label(parameter.text(present(world)).shortened(to: 30), .accent)],
      legend: cost(world), ink: .accent)
    drawing.write(
      [Label("> ", .accent, .bold), Label(String(text.suffix(input.columns - 4)) + "▏", .text, .bold)],
      column: input.column, row: input.row)
    if text.isEmpty, marked == nil {
      drawing.write("type a value", column: input.column + 4, row: input.row, ink: .muted)
    }
    let first = first(rows: list.rows)
    let nameColumns = 2 + (choices.map(\.name.cellWidth).max() ?? 0)
    for (i, choice) in choices.dropFirst(first).prefix(list.rows).enumerated() {
      let isMarked = first + i == marked
      drawing.write(
        [Label(isMarked ? "▸ " : "  ", .accent, .bold), Label(choice.name, .text, isMarked ? .bold : .plain)],
        column: list.column, row: list.row + i)
      drawing.write(
        choice.summary.shortened(to: list.columns - nameColumns - 2), column: list.column + nameColumns + 2,
        row: list.row + i, ink: .muted)
    }
    let (words, ink): (String, Ink) =
      switch next(world) {
      case .failure(let refusal): ("\(refusal)", .warning)
      case .success(let next): (parameter.explanation(next) ?? parameter.takes, .muted)
      }
    drawing.write(words, in: about, ink: ink)
    if let scene = preview.picture { drawing.figure(scene, in: picture) }
    return drawing
  }

  /// What taking the marked value would do.
  private func cost(_ world: World) -> [Label] {
    guard case .success(let next) = next(world), next != present(world) else { return [] }
    if ofB != nil { return [Label("Enter", .accent, .bold), Label(" begins B anew with it")] }
    switch world.configuration.cost(of: next) {
    case .live: return [Label("Enter", .accent, .bold), Label(" changes it live")]
    case .newCurve: return [Label("Enter", .accent, .bold), Label(" changes it live; the loss means something else")]
    case .freshWeights(let reason):
      return [
        Label("Enter", .accent, .bold), Label(" restarts training: \(reason)", .warning),
      ]
    }
  }
}
