import Diffusion
import Interface
import Terminal

/// The playground: waits for events, has the app updated, does what there is to do, draws. Only here does anything happen.
package final class Loop {
  /// Why the program ends.
  package enum Ending: Equatable, Sendable {
    case quit
    /// Somebody asked the process to end by this signal.
    case signal(Int32)
  }

  /// The least time between two drawings: of what training does, and while keys are pressed.
  private static let frameInterval = Duration.milliseconds(33)
  private static let keyInterval = Duration.milliseconds(5)
  /// How long a frame waits for answers about it, so that both are drawn at once.
  private static let answerPatience = Duration.milliseconds(8)
  /// How long after a key answers are still meant for it.
  private static let keyEcho = Duration.milliseconds(100)

  private let screen: any Screen
  private let clock: Clock
  private let lab: Lab
  private let desk: Desk
  private let exporter: Exporter
  /// The whole state, as of the last event.
  package private(set) var app: App

  private let start: ContinuousClock.Instant
  private var lastDrawn: ContinuousClock.Instant
  private var lastKey: ContinuousClock.Instant
  /// When to draw next; nil while the screen shows the state.
  private var due: ContinuousClock.Instant?
  /// Until when the app knows that time has passed.
  private var lastPassed: ContinuousClock.Instant

  /// - Parameters:
  ///   - run: What is trained, from where it stands.
  ///   - sampling: How samples are drawn at first.
  ///   - threads: Threads that share a step of the runs that follow it.
  ///   - historyBytes: What the past of each run may take.
  ///   - snapshots: Where snapshots go, and what they have to say.
  ///   - notes: What there is to say at the start.
  ///   - keyMap: Keys that the person has put elsewhere.
  ///   - opensTour: Whether it begins with the tour.
  ///   - clock: Where time comes from.
  package init(
    _ run: Run, sampling: SampleSettings = SampleSettings(), threads: Int, historyBytes: Int = History.standardBytes,
    screen: any Screen, snapshots: Snapshot.Destination = Snapshot.Destination(), notes: [String] = [],
    keyMap: KeyMap = KeyMap(), opensTour: Bool = false,
    clock: @escaping Clock = { .now }
  ) {
    lab = Lab(run, threads: threads, historyBytes: historyBytes, waker: screen.waker, clock: clock)
    desk = Desk(waker: screen.waker)
    exporter = Exporter(snapshots, waker: screen.waker)
    var world = World(
      Configuration(run.experiment, sampling: sampling), dataset: run.dataset, seed: run.seed, frame: lab.firstFrame)
    world.glyphs = screen.glyphs
    world.lettersClasses = !screen.tellsClassesApart
    world.fileArguments = snapshots.points?.arguments ?? []
    let note = notes.joined(separator: "; ")
    let isShort = note.cellWidth <= screen.size.columns - 2
    if isShort, !notes.isEmpty { world.say(note) }
    app = App(world)
    if !isShort { app.overlays.append(NotesOverlay(notes)) }
    app.keyMap = keyMap
    if opensTour { app.overlays.append(TourOverlay(app.world)) }
    self.screen = screen
    self.clock = clock
    start = clock()
    (lastDrawn, lastKey, lastPassed, due) = (start - .seconds(1), start - .seconds(1), start, start)
  }

  /// Trains and shows it until somebody ends it.
  package func run() -> Ending {
    screen.takesPointer = app.takesPointer
    measure()
    lab.send(.run)
    defer {
      lab.send(.pause)
      desk.want([], now: 0)
      exporter.finish()
    }
    while true {
      desk.want(app.questions(), now: seconds(clock()))
      drawIfDue()
      switch screen.nextEvent(timeout: nextAppointment.map { $0 - clock() }) {
      case .key(let key): if !receive(.key(key)) { return .quit }
      case .pointer(let event): if !receive(.pointer(event)) { return .quit }
      case .woken: takeNews()
      case .resized:
        measure()
        drawNoLater(than: clock())
      case .timedOut: break
      case .terminated(let signal): return .signal(signal)
      }
    }
  }

  /// When to wake up without any news; nil to sleep until there is some.
  private var nextAppointment: ContinuousClock.Instant? {
    [due, desk.nextStart.map { start + .seconds($0) }].compactMap(\.self).min()
  }

  private func seconds(_ instant: ContinuousClock.Instant) -> Double { (instant - start) / .seconds(1) }

  private func measure() {
    perform(.resized(columns: screen.size.columns, rows: screen.size.rows))
  }

  /// - Returns: Whether the loop goes on.
  private func receive(_ event: Message) -> Bool {
    passTime()
    guard perform(event) else { return false }
    lastKey = clock()
    drawNoLater(than: lastDrawn + Loop.keyInterval)
    return true
  }

  private func passTime() {
    let now = clock()
    perform(.passed((now - lastPassed) / .seconds(1)))
    lastPassed = now
  }

  private func takeNews() {
    passTime()
    let frameInstant = lastDrawn + Loop.frameInterval
    let frames = lab.takeFrames()
    if !frames.isEmpty {
      for frame in frames { perform(.frame(frame)) }
      drawNoLater(than: max(frameInstant, clock() + Loop.answerPatience))
    }
    let answers = desk.takeAnswers()
    if !answers.isEmpty {
      perform(.answers(answers))
      drawNoLater(than: clock() - lastKey < Loop.keyEcho ? lastDrawn + Loop.keyInterval : frameInstant)
    }
    for result in exporter.takeResults() {
      perform(.exported(result))
      drawNoLater(than: frameInstant)
    }
  }

  private func drawNoLater(than instant: ContinuousClock.Instant) {
    due = min(due ?? instant, instant)
  }

  private func drawIfDue() {
    guard let instant = due, instant <= clock() else { return }
    passTime()
    screen.draw(app.draw().cells(screen.glyphs))
    lastDrawn = clock()
    due = app.isMoving ? lastDrawn + Loop.frameInterval : nil
  }

  /// Has the app updated, and does what it asks for.
  ///
  /// - Returns: Whether the loop goes on.
  @discardableResult
  private func perform(_ message: Message) -> Bool {
    for effect in app.update(message) {
      switch effect {
      case .lab(let command): lab.send(command)
      case .export: exporter.write(app, from: lab)
      case .copy(let text): screen.copy(text)
      case .save(let text, let name): exporter.write(text, as: name)
      case .redraw: screen.forget()
      case .takePointer(let takes): screen.takesPointer = takes
      case .quit: return false
      case .show, .open, .close, .follow: break
      }
    }
    return true
  }
}
