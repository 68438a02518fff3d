import Terminal

/// What every key does. This is the only table: the help panel, the footer and the README are made from it.
package enum KeyMap {
  package struct Binding: Sendable {
    /// The keys as they are printed.
    package let label: String
    package let keys: [Key: Message]
    package let help: String
    /// A shorter label and one word, for the footer; nil leaves it out.
    package let footer: (label: String, word: String)?
    /// The picture under which the footer names it; nil for both.
    package let picture: State.Picture?
    /// Whether it does something only where the data have classes.
    package let needsClasses: Bool

    fileprivate init(
      _ label: String, _ keys: [Key: Message], _ help: String, footer: (label: String, word: String)? = nil,
      picture: State.Picture? = nil, needsClasses: Bool = false
    ) {
      self.label = label
      self.keys = keys
      self.help = help
      self.footer = footer
      self.picture = picture
      self.needsClasses = needsClasses
    }
  }

  /// Where the footer has too little room for all, those at the end go first.
  package static let bindings: [Binding] = [
    Binding(
      "space", [.character(" "): .toggleTraining], "pause and resume training", footer: ("space", "pause")),
    Binding(
      "n  N", [.character("n"): .advance(1), .character("N"): .advance(100)], "one step or 100 steps, then pause",
      footer: ("n", "step"), picture: .estimates),
    Binding(
      "g  Tab", [.character("g"): .togglePicture, .tab: .togglePicture], "samples from noise, and back",
      footer: ("g", "samples")),
    Binding(
      "i", [.character("i"): .nextComparison], "arrows: learned, both, ideal", footer: ("i", "ideal"),
      picture: .estimates),
    Binding(
      "m", [.character("m"): .nextSampler], "sampling method", footer: ("m", "method"), picture: .samples),
    Binding(
      "< >  , .",
      [
        .character("<"): .moveSampleSteps(-1), .character(">"): .moveSampleSteps(1),
        .character(","): .moveSampleSteps(-1), .character("."): .moveSampleSteps(1),
      ], "steps of the sampler", footer: ("<>", "steps"), picture: .samples),
    Binding(
      "d", [.character("d"): .nextPredictor], "denoiser that samples follow", footer: ("d", "denoiser"),
      picture: .samples),
    Binding(
      "c  C", [.character("c"): .nextClass(1), .character("C"): .nextClass(-1)], "samples of all classes, or of one",
      footer: ("c", "class"), picture: .samples, needsClasses: true),
    Binding(
      "( )", [.character("("): .moveGuidance(-1), .character(")"): .moveGuidance(1)], "guidance towards the class",
      footer: ("( )", "guidance"), picture: .samples, needsClasses: true),
    Binding(
      "← →  [ ]  { }",
      [
        .left: .moveSigma(-1), .right: .moveSigma(1), .character("["): .moveSigma(-1), .character("]"): .moveSigma(1),
        .character("{"): .moveSigma(-5), .character("}"): .moveSigma(5),
      ], "noise level sigma; { } in larger steps", footer: ("←→", "sigma")),
    Binding(
      "↑ ↓  + -",
      [
        .up: .moveLearningRate(1), .down: .moveLearningRate(-1), .character("+"): .moveLearningRate(1),
        .character("-"): .moveLearningRate(-1),
      ], "learning rate of the running training", footer: ("↑↓", "rate")),
    Binding(
      "a", [.character("a"): .toggleArrows], "arrows to the one-step estimates", footer: ("a", "arrows"),
      picture: .estimates),
    Binding(
      "r  R", [.character("r"): .restart(newSeed: false), .character("R"): .restart(newSeed: true)],
      "reset; R with a new seed", footer: ("r", "reset")),
    Binding(
      "s", [.character("s"): .toggleSettings], "settings: data, schedule, sampler …", footer: ("s", "settings")),
    Binding("e", [.character("e"): .export], "export the weights and the picture", footer: ("e", "export")),
    // The terminal makes signals of Ctrl-Z and Ctrl-C; they never arrive as keys.
    Binding("Ctrl-L  Ctrl-Z", [.control("l"): .redraw], "draw the screen anew; suspend"),
    Binding("?", [.character("?"): .toggleHelp, .escape: .dismiss], "this help", footer: ("?", "help")),
    Binding("q  Ctrl-C", [.character("q"): .quit], "quit", footer: ("q", "quit")),
  ]

  /// Those that do something with the present data.
  static func bindings(_ state: State) -> [Binding] {
    bindings.filter { state.hasClasses || !$0.needsClasses }
  }

  /// What a key means; nil for a key that means nothing.
  package static func message(for key: Key) -> Message? {
    messages[key]
  }

  /// The table as the README shows it, between its marks.
  package static var markdown: String {
    let rows = bindings.map { "| `\($0.label)` | \($0.help) |" }
    return (["| key | what it does |", "|---|---|"] + rows).joined(separator: "\n")
  }

  private static let messages = Dictionary(uniqueKeysWithValues: bindings.flatMap(\.keys))
}
