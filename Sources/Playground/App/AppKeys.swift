import Interface
import Terminal

/// What can be done wherever one is.
enum AppAction: Sendable {
  case toggleTraining
  case advance(Int)
  case nextView(Int)
  case view(Int)
  /// In notches of the slider.
  case moveSigma(Int)
  case moveLearningRate(Int)
  case restart(newSeed: Bool)
  case undo
  case freeze
  case runUntil
  /// By so many checkpoints.
  case rewind(Int)
  /// Begins B at the moment that is looked at.
  case branch
  case openProbe
  case openSettings
  case export
  case copyCommand
  case zoom
  case togglePointer
  case redraw
  case explain
  case tour
  case lecture
  case openHelp
  case quit
}

extension App {
  /// Of the first views; there are no more such keys.
  static let numberKeys = zip("123456789", Views.all).map(\.0)

  static let bindings: [Binding<AppAction>] = [
    Binding(
      "space", [.character(" "): .toggleTraining], "pause and resume training", footer: ("space", "pause"), rank: 0),
    Binding(
      "g  Tab  1 to \(numberKeys.count)",
      [(.character("g"), .nextView(1)), (.tab, .nextView(1)), (.backTab, .nextView(-1))]
        + numberKeys.enumerated().map { (.character($1), .view($0)) },
      "the next view, or one by its number", footer: ("g", "view"), rank: 2),
    Binding(
      "n  N", [.character("n"): .advance(1), .character("N"): .advance(100)], "one step or 100 steps, then pause",
      footer: ("n", "step"), rank: 4),
    Binding(
      "← →  [ ]  { }",
      [
        .left: .moveSigma(-1), .right: .moveSigma(1), .character("["): .moveSigma(-1), .character("]"): .moveSigma(1),
        .character("{"): .moveSigma(-5), .character("}"): .moveSigma(5),
      ], "noise level sigma; { } in large steps", footer: ("←→", "sigma"), rank: 5),
    Binding(
      "↑ ↓  + -",
      [
        .up: .moveLearningRate(1), .down: .moveLearningRate(-1), .character("+"): .moveLearningRate(1),
        .character("-"): .moveLearningRate(-1),
      ], "learning rate of the running training", footer: ("↑↓", "rate"), rank: 6),
    Binding(
      "r  R", [.character("r"): .restart(newSeed: false), .character("R"): .restart(newSeed: true)],
      "reset; R with a new seed", footer: ("r", "reset"), rank: 8),
    Binding(
      "f", [.character("f"): .freeze], "freeze the screen; training goes on", footer: ("f", "freeze"), rank: 7),
    Binding("U", [.character("U"): .runUntil], "run until a step, a loss, a distance", rank: 7),
    Binding("u", [.character("u"): .undo], "undo the last setting or reset", footer: ("u", "undo"), rank: 8),
    Binding(
      "s", [.character("s"): .openSettings], "settings: data, schedule, sampler …", footer: ("s", "settings"), rank: 9),
    Binding(
      "< >", [.character("<"): .rewind(-1), .character(">"): .rewind(1)],
      "back in time and forward", footer: ("<>", "rewind"), rank: 7),
    Binding(
      "b", [.character("b"): .branch], "branch: a run B under other settings", footer: ("b", "branch"), rank: 7),
    Binding(
      "p", [.character("p"): .openProbe], "probe: what is said at one point", footer: ("p", "probe"), rank: 7),
    Binding(
      "e", [.character("e"): .export], "export checkpoint and pictures", footer: ("e", "export"),
      rank: 10),
    Binding(
      "y", [.character("y"): .copyCommand], "copy the settings as a command", footer: ("y", "copy"),
      rank: 10),
    Binding(
      "z", [.character("z"): .zoom], "the next pane over the whole screen", footer: ("z", "zoom"), rank: 11),
    Binding(
      "L", [.character("L"): .lecture], "for a lecture: few things, and large", footer: ("L", "lecture"),
      rank: 12),
    Binding("M", [.character("M"): .togglePointer], "mouse for panes, or to select text", rank: 12),
    // The terminal makes signals of Ctrl-Z and Ctrl-C; they never arrive as keys.
    Binding("Ctrl-L  Ctrl-Z", [.control("l"): .redraw], "draw the screen anew; suspend", rank: 13),
    Binding("x", [.character("x"): .explain], "explain what is on the screen", footer: ("x", "explain"), rank: 96),
    Binding("t", [.character("t"): .tour], "a tour in ten screens", footer: ("t", "tour"), rank: 96),
    Binding("?", [.character("?"): .openHelp], "this help", footer: ("?", "help"), rank: 98),
    Binding("q  Ctrl-C", [.character("q"): .quit], "quit", footer: ("q", "quit"), rank: 99),
  ]

  /// The tables of keys, the app's own first.
  package static var tables: [[Hint]] { [bindings.map(\.hint)] + Views.all.map { type(of: $0).allHints } }

  /// All keys there are, for docs/playground.md.
  package static var markdown: String {
    let views = Views.all.flatMap { type(of: $0).allHints }
    return markdownTable(merged([bindings.map(\.hint), views]))
  }

  /// The keys that do something now, where one is.
  func hints() -> [Hint] {
    let own = App.bindings.map { binding in
      var hint = binding.hint
      // In the past one wants to go on in time, more than anything else.
      if world.rewind != nil, hint.footer?.word == "rewind" { hint.rank = 1 }
      return hint
    }
    let layers = overlays.reversed().map { $0.hints(world) } + [self[focus].hints(world), own]
    let next = type(of: views[(chosenView + 1) % views.count]).word
    let reachable = App.merged(layers).filter { hint in !hint.isOff && hint.keys.first.map(isText) != true }
    return reachable.map { hint in
      var hint = keyMap.moved(hint)
      // Two words follow from the state.
      switch hint.footer?.word {
      case "pause" where !world.isTraining: hint.footer?.word = "go on"
      case "freeze" where world.isFrozen: hint.footer?.word = "thaw"
      case "view": hint.footer?.word = next
      default: break
      }
      return hint
    }
  }

  /// Tables in the order of their ranks, without what an earlier one has taken the first key of.
  private static func merged(_ layers: [[Hint]]) -> [Hint] {
    var hints: [Hint] = []
    var taken: Set<Key> = []
    for layer in layers {
      let own = layer.filter { hint in hint.keys.first.map { !taken.contains($0) } ?? true }
      hints += own
      taken.formUnion(own.flatMap(\.keys))
    }
    return hints.enumerated().sorted { ($0.element.rank, $0.offset) < ($1.element.rank, $1.offset) }.map(\.element)
  }
}
