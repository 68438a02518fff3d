import Diffusion
import Interface
import Terminal

@testable import Playground

/// Somebody who does anything, and behind the app a lab and a desk that do their work at once.
struct Visitor {
  private static let characters = (0x20..<0x7F).map { Key.character(Character(Unicode.Scalar(UInt8($0)))) }
  private static let keys =
    characters + characters + [.control("l"), .control("a"), .character("é"), .character("日")]
    + [
      .up, .down, .left, .right, .home, .end, .pageUp, .pageDown, .enter, .tab, .backTab, .escape, .backspace, .delete,
    ]
    + [.up, .down, .left, .right, .tab, .escape]
  private static let names = ["roulade.svg", "日本語.svg", "", String(repeating: "long", count: 100), "\u{1B}[2J\u{7}"]

  private(set) var app: App
  private var session: Session
  /// How many keys have been pressed, and how many since the beginning of this visit.
  private(set) var keys = 0
  private var keysNow = 0
  /// The last things that were done.
  private(set) var diary: [String] = []

  init(_ random: inout Random) {
    let experiment = anyExperiment(&random)
    session = Session(
      Run(experiment, dataset: experiment.loadData(), seed: 0, threads: 1), threads: 1, clock: SteppingClock().clock)
    app = App(
      World(Configuration(experiment), dataset: experiment.loadData(), seed: 0, frame: session.makeFrames()[0]))
  }

  var isTired: Bool { keysNow > 1000 }

  mutating func beginAnew(_ random: inout Random) {
    let before = keys
    self = Visitor(&random)
    keys = before
  }

  mutating func act(_ random: inout Random) {
    func chance(_ percent: Int) -> Bool { random.index(below: 100) < percent }
    switch random.index(below: 100) {
    case 0..<38:
      press(Visitor.keys[random.index(below: Visitor.keys.count)], chance(40) ? 1 : 5 + random.index(below: 16))
    case 38..<65: changeSetting(&random)
    case 65..<76: point(&random)
    case 76..<84: resize(&random)
    case 84..<91: send(.passed([0, 0.033, 0.5, 5, 1000][random.index(below: 5)]))
    case 91..<96: train()
    case 96..<99: answer(&random)
    default:
      let name = Visitor.names[random.index(below: Visitor.names.count)]
      send(.exported(chance(50) ? .success(name) : .failure(ExportFailure(description: name))))
    }
  }

  private mutating func press(_ key: Key, _ count: Int = 1) {
    note("\(key) × \(count)")
    for _ in 0..<count { send(.key(key)) }
    keys += count
    keysNow += count
  }

  /// A setting by lot, now and then of B, and its next values as long as the key is held; data are drawn anew only now
  /// and then, which takes as long as all the rest.
  private mutating func changeSetting(_ random: inout Random) {
    if !(app.overlays.last is SettingsOverlay || app.overlays.last is BranchOverlay) {
      press(.character(random.index(below: 4) == 0 ? "b" : "s"))
    }
    press(.down, 1 + random.index(below: Parameter.all.count))
    let isSlow = app.choosesData
    if isSlow, random.index(below: 10) > 0 { return }
    press(random.index(below: 2) == 0 ? .left : .right, isSlow ? 1 : 5 + random.index(below: 16))
    if random.index(below: 3) == 0 { press(.escape) }
  }

  private mutating func point(_ random: inout Random) {
    let panes = app.layout?.panes.map(\.place) ?? []
    let screen = Rectangle(columns: app.size.columns + 3, rows: app.size.rows + 3)
    func spot() -> (Int, Int) {
      let place = panes.isEmpty || random.index(below: 2) == 0 ? screen : panes[random.index(below: panes.count)]
      return (
        place.column + random.index(below: max(place.columns, 1)), place.row + random.index(below: max(place.rows, 1))
      )
    }
    func send(_ kind: PointerEvent.Kind) {
      let (column, row) = spot()
      note("\(kind) at \(column), \(row)")
      self.send(.pointer(PointerEvent(kind, column: column, row: row)))
    }
    let button: PointerEvent.Button = random.index(below: 8) == 0 ? .right : .left
    switch random.index(below: 3) {
    case 0:
      send(.press(button))
      for _ in 0..<random.index(below: 6) { send(.drag(button)) }
      // The release may be lost, and keys come in between.
      if random.index(below: 4) > 0 { send(.release(button)) }
    case 1: for _ in 0..<random.index(below: 20) { send(random.index(below: 2) == 0 ? .wheelUp : .wheelDown) }
    default: send([.drag(button), .release(button)][random.index(below: 2)])
    }
  }

  private mutating func resize(_ random: inout Random) {
    let usual = [(80, 24), (60, 20), (59, 20), (60, 19), (1, 1), (80, 50), (200, 50), (100, 20), (120, 40)]
    let (columns, rows) =
      random.index(below: 2) == 0
      ? usual[random.index(below: usual.count)] : (1 + random.index(below: 160), 1 + random.index(below: 60))
    note("\(columns)×\(rows)")
    send(.resized(columns: columns, rows: rows))
  }

  /// What a quick machine can be asked for at every turn.
  private var isSmall: Bool {
    let (moments, rival) = (app.world.moments, app.world.rival)
    let runs = [app.world.experiment] + (rival.map { [$0.configuration.experiment] } ?? [])
    // Of B nothing is known before its first frame.
    guard moments.count == runs.count, app.world.dataset.points.count <= 2000 else { return false }
    return zip(moments, runs).allSatisfy { $0.learned.network.parameters.count * $1.batchSize <= 50_000 }
  }

  private mutating func train() {
    note("train")
    if isSmall { session.runSlice() }
    for frame in session.makeFrames() { send(.frame(frame)) }
  }

  private mutating func answer(_ random: inout Random) {
    let questions = app.questions()
    guard isSmall, !questions.isEmpty else { return }
    note("answer")
    let question = questions[random.index(below: questions.count)]
    send(.answers(answers(question)))
  }

  private func answers(_ question: some Question) -> [Answered] {
    question.answer { true }.map { [Answered(question: question, answer: $0)] } ?? []
  }

  private mutating func send(_ message: Message) {
    for effect in app.update(message) {
      switch effect {
      case .lab(let command): session.perform(command)
      case .export: _ = Snapshot(app, session.capture, Snapshot.Destination())
      case .redraw, .takePointer, .copy, .quit, .show, .open, .close, .follow, .save: break
      }
    }
  }

  private mutating func note(_ event: String) { diary = diary.suffix(20) + [event] }
}
