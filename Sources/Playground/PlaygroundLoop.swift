import Diffusion
import Terminal

/// The playground: reads events, updates the state, performs effects, draws. Only here does anything happen.
package final class PlaygroundLoop {
  package enum Ending: Equatable, Sendable {
    case quit
    /// Somebody asked the process to end by this signal.
    case signal(Int32)
  }

  /// The least time between two drawings: of what training does, and while keys are pressed.
  private static let frameInterval = Duration.milliseconds(33)
  private static let keyInterval = Duration.milliseconds(5)
  /// How long a frame waits for its estimates, so that both are drawn at once.
  private static let estimatePatience = Duration.milliseconds(8)
  /// How long after a key answers are still meant for it.
  private static let keyEcho = Duration.milliseconds(100)

  private let screen: any Screen
  private let worker: TrainingWorker
  private let estimator: Analyst<EstimateQuestion, Estimates>
  private let exportDirectory: String
  package private(set) var state: State

  private var lastDrawn = ContinuousClock.now - .seconds(1)
  private var lastKey = ContinuousClock.now - .seconds(1)
  /// When to draw next; nil while the screen shows the state.
  private var due: ContinuousClock.Instant? = .now

  /// - Parameters:
  ///   - exportDirectory: Where exports go.
  ///   - threads: Threads that share a training step.
  package init(
    _ experiment: Experiment, dataset: Dataset, seed: UInt64, threads: Int, screen: any Screen, exportDirectory: String
  ) {
    worker = TrainingWorker(experiment, dataset: dataset, seed: seed, threads: threads, waker: screen.waker)
    state = State(experiment, dataset: dataset, seed: seed, frame: worker.firstFrame)
    estimator = Analyst(waker: screen.waker) { question in
      Estimates(of: question.x, sigma: question.sigma, by: question.denoiser, generation: question.generation)
    }
    self.screen = screen
    self.exportDirectory = exportDirectory
  }

  /// Trains and shows it until somebody ends it.
  package func run() -> Ending {
    worker.send(.run)
    defer { worker.send(.pause) }
    _ = perform([.estimate])
    while true {
      drawIfDue()
      switch screen.nextEvent(timeout: due.map { $0 - .now }) {
      case .key(let key):
        guard let message = KeyMap.message(for: key) else { continue }
        if !perform(update(&state, message)) { return .quit }
        lastKey = .now
        drawNoLater(than: lastDrawn + PlaygroundLoop.keyInterval)
      case .woken:
        takeNews()
      case .resized:
        _ = perform([.estimate])
        drawNoLater(than: .now)
      case .timedOut:
        break
      case .terminated(let signal):
        return .signal(signal)
      }
    }
  }

  private func takeNews() {
    let frameInstant = lastDrawn + PlaygroundLoop.frameInterval
    if let frame = worker.takeFrame() {
      _ = perform(update(&state, .frame(frame)))
      drawNoLater(than: max(frameInstant, .now + PlaygroundLoop.estimatePatience))
    }
    if let estimates = estimator.takeAnswer() {
      _ = perform(update(&state, .estimates(estimates)))
      let answersKey = .now - lastKey < PlaygroundLoop.keyEcho
      drawNoLater(than: answersKey ? lastDrawn + PlaygroundLoop.keyInterval : frameInstant)
    }
  }

  private func drawNoLater(than instant: ContinuousClock.Instant) {
    due = min(due ?? instant, instant)
  }

  private func drawIfDue() {
    guard let instant = due, instant <= .now else { return }
    screen.draw(view(state, columns: screen.size.columns, rows: screen.size.rows, glyphs: screen.glyphs))
    (lastDrawn, due) = (.now, nil)
  }

  /// - Returns: Whether the loop goes on.
  private func perform(_ effects: [Effect]) -> Bool {
    for effect in effects {
      switch effect {
      case .worker(let command): worker.send(command)
      case .estimate: askForEstimates()
      case .redraw: screen.forget()
      case .export:
        do {
          let paths = try Snapshot(state).write(toDirectory: exportDirectory)
          _ = update(&state, .exported(paths: paths))
        } catch {
          _ = update(&state, .exportFailed("\(error)"))
        }
      case .quit: return false
      }
    }
    return true
  }

  private func askForEstimates() {
    guard state.showsArrows, let layout = Layout(columns: screen.size.columns, rows: screen.size.rows) else { return }
    estimator.ask(
      EstimateQuestion(
        denoiser: state.frame.denoiser, x: state.noisyPoints(probeCount(layout.plot)),
        sigma: Float(state.sigma.value), generation: state.generation))
  }
}

private struct EstimateQuestion: Sendable {
  let denoiser: NetworkDenoiser
  let x: [Point]
  let sigma: Float
  let generation: Int
}
