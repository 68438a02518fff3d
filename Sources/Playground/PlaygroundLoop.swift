import Diffusion
import Terminal

/// The playground: reads events, updates the state, performs effects, draws. Only here does anything happen.
package final class PlaygroundLoop {
  package enum Ending: Equatable, Sendable {
    case quit
    /// Somebody asked the process to end by this signal.
    case signal(Int32)
  }

  /// The least time between two drawings of training, and between two that keys ask for.
  private static let frameInterval = Duration.milliseconds(33)
  private static let keyInterval = Duration.milliseconds(5)

  private let screen: any Screen
  private let worker: TrainingWorker
  private let exportDirectory: String
  package private(set) var state: State

  /// - Parameters:
  ///   - exportDirectory: Where exports go.
  ///   - threads: Threads that share a training step.
  package init(
    _ experiment: Experiment, seed: UInt64, threads: Int, screen: any Screen, exportDirectory: String
  ) {
    let dataset = experiment.data.load()
    worker = TrainingWorker(experiment, dataset: dataset, seed: seed, threads: threads, waker: screen.waker)
    state = State(experiment, dataset: dataset, seed: seed, frame: worker.takeFrame())
    self.screen = screen
    self.exportDirectory = exportDirectory
  }

  /// Trains and shows it until somebody ends it.
  package func run() -> Ending {
    worker.send(.run)
    defer { worker.send(.pause) }
    var lastDrawn = ContinuousClock.now - .seconds(1)
    var due: ContinuousClock.Instant? = lastDrawn
    while true {
      if let instant = due, instant <= .now {
        screen.draw(view(state, columns: screen.size.columns, rows: screen.size.rows, glyphs: screen.glyphs))
        (lastDrawn, due) = (.now, nil)
      }
      switch screen.nextEvent(timeout: due.map { $0 - .now }) {
      case .key(let key):
        guard let message = KeyMap.message(for: key) else { continue }
        if !perform(update(&state, message)) { return .quit }
        due = lastDrawn + PlaygroundLoop.keyInterval
      case .woken:
        _ = perform(update(&state, .frame(worker.takeFrame())))
        due = due ?? lastDrawn + PlaygroundLoop.frameInterval
      case .resized:
        due = lastDrawn
      case .timedOut:
        break
      case .terminated(let signal):
        return .signal(signal)
      }
    }
  }

  /// - Returns: Whether the loop goes on.
  private func perform(_ effects: [Effect]) -> Bool {
    for effect in effects {
      switch effect {
      case .worker(let command): worker.send(command)
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
}
