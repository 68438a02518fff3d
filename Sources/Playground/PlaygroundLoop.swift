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
  /// How often the network is compared with the exact answer.
  private static let insightInterval = Duration.seconds(1)

  private let screen: any Screen
  private let worker: TrainingWorker
  private let estimator: Analyst<EstimateQuestion, Estimates>
  private let idealEstimator: Analyst<EstimateQuestion, Estimates>
  private let sampler: Analyst<SampleQuestion, Trajectory>
  private let idealSampler: Analyst<SampleQuestion, Trajectory>
  private let critic: Analyst<InsightQuestion, Insight>
  private let exportDirectory: String
  package private(set) var state: State

  private var lastDrawn = ContinuousClock.now - .seconds(1)
  private var lastKey = ContinuousClock.now - .seconds(1)
  /// When to draw next; nil while the screen shows the state.
  private var due: ContinuousClock.Instant? = .now
  /// Until when the state knows that time has passed.
  private var lastPassed = ContinuousClock.now
  private var lastInsight = ContinuousClock.now - insightInterval
  private var isInsightUnderWay = false
  /// What the ideal denoiser was asked last: its answer never changes.
  private var idealQuestion: (count: Int, sigma: Double, generation: Int)?

  /// - Parameters:
  ///   - exportDirectory: Where exports go.
  ///   - threads: Threads that share a training step.
  ///   - instructionSet: What training computes with.
  ///   - sampling: How the sample view draws at first.
  package init(
    _ experiment: Experiment, dataset: Dataset, seed: UInt64, threads: Int,
    instructionSet: InstructionSet = .best, screen: any Screen,
    exportDirectory: String, sampling: SampleSettings = SampleSettings(), notes: [String] = []
  ) {
    worker = TrainingWorker(
      experiment, dataset: dataset, seed: seed, threads: threads, instructionSet: instructionSet,
      waker: screen.waker)
    state = State(experiment, dataset: dataset, seed: seed, frame: worker.firstFrame, sampling: sampling)
    if !notes.isEmpty { state.notice = State.Notice(text: notes.joined(separator: "; "), isWarning: false) }
    estimator = Analyst(waker: screen.waker) { question, _ in question.answer }
    idealEstimator = Analyst(waker: screen.waker) { question, _ in question.answer }
    sampler = Analyst(waker: screen.waker) { $0.answer(isWanted: $1) }
    idealSampler = Analyst(waker: screen.waker) { $0.answer(isWanted: $1) }
    critic = Analyst(waker: screen.waker) { question, _ in question.answer }
    self.screen = screen
    self.exportDirectory = exportDirectory
  }

  /// Trains and shows it until somebody ends it.
  package func run() -> Ending {
    worker.send(.run)
    defer {
      worker.send(.pause)
      stopSampling()
    }
    _ = perform([.estimate])
    while true {
      askForInsight()
      drawIfDue()
      switch screen.nextEvent(timeout: nextAppointment.map { $0 - .now }) {
      case .key(let key):
        guard let message = KeyMap.message(for: key) else { continue }
        passTime()
        if !perform(update(&state, message)) { return .quit }
        lastKey = .now
        drawNoLater(than: lastDrawn + PlaygroundLoop.keyInterval)
      case .woken:
        takeNews()
      case .resized:
        // Another number of noisy points may be shown.
        _ = perform([.estimate])
        drawNoLater(than: .now)
      case .timedOut, .pointer:
        break
      case .terminated(let signal):
        return .signal(signal)
      }
    }
  }

  /// When to wake up without any news; nil to sleep until there is some.
  private var nextAppointment: ContinuousClock.Instant? {
    let insight = state.wantsInsight && !isInsightUnderWay ? nextInsight : nil
    return [due, insight].compactMap { $0 }.min()
  }

  private func passTime() {
    let now = ContinuousClock.now
    _ = perform(update(&state, .passed((now - lastPassed) / .seconds(1))))
    lastPassed = now
  }

  private func takeNews() {
    passTime()
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
    if let estimates = idealEstimator.takeAnswer() { receive(.idealEstimates(estimates)) }
    if let trajectory = sampler.takeAnswer() { receive(.trajectory(trajectory)) }
    if let trajectory = idealSampler.takeAnswer() { receive(.idealTrajectory(trajectory)) }
    if let insight = critic.takeAnswer() {
      isInsightUnderWay = false
      receive(.insight(insight))
    }
  }

  private func receive(_ answer: Message) {
    _ = perform(update(&state, answer))
    drawNoLater(than: lastDrawn + PlaygroundLoop.frameInterval)
  }

  private func drawNoLater(than instant: ContinuousClock.Instant) {
    due = min(due ?? instant, instant)
  }

  private func drawIfDue() {
    guard let instant = due, instant <= .now else { return }
    passTime()
    screen.draw(view(state, columns: screen.size.columns, rows: screen.size.rows, glyphs: screen.glyphs))
    lastDrawn = .now
    due = state.isMoving ? lastDrawn + PlaygroundLoop.frameInterval : nil
  }

  /// - Returns: Whether the loop goes on.
  private func perform(_ effects: [Effect]) -> Bool {
    for effect in effects {
      switch effect {
      case .worker(let command): worker.send(command)
      case .estimate: askForEstimates()
      case .sample(let request): askForSamples(request, of: sampler)
      case .sampleIdeal(let request): askForSamples(request, of: idealSampler)
      case .stopSampling: stopSampling()
      case .redraw: screen.forget()
      case .export:
        do {
          _ = update(&state, .exported(try Snapshot(state).write(toDirectory: exportDirectory)))
        } catch {
          _ = update(&state, .exportFailed("\(error)"))
        }
      case .quit: return false
      }
    }
    return true
  }

  private func askForEstimates() {
    guard state.picture == .estimates, state.showsArrows, let layout else { return }
    let (count, sigma) = (probeCount(layout.plot, state.comparison), state.sigma.value)
    if state.comparison != .ideal { estimator.ask(state.question(probes: count)) }
    if state.comparison != .learned, let question = state.idealQuestion(probes: count),
      idealQuestion.map({ $0 == (count, sigma, state.generation) }) != true
    {
      idealQuestion = (count, sigma, state.generation)
      idealEstimator.ask(question)
    }
  }

  private func askForSamples(_ request: SampleRequest, of sampler: Analyst<SampleQuestion, Trajectory>) {
    guard let insight = state.insight else { return }
    let denoiser = request.settings.denoiser(
      learned: state.frame.denoiser, average: state.frame.average, ideal: insight.ideal)
    // Others are asked for only when these have come, or when nobody waits for them any more.
    sampler.giveUp()
    sampler.ask(
      SampleQuestion(
        request: request, count: sampleCount(layout?.plot), denoiser: denoiser, insight: insight))
  }

  /// At once under new settings, otherwise at its pace.
  private var nextInsight: ContinuousClock.Instant {
    state.insight == nil ? .now : lastInsight + PlaygroundLoop.insightInterval
  }

  private func askForInsight() {
    guard state.wantsInsight, !isInsightUnderWay, nextInsight <= .now else { return }
    (lastInsight, isInsightUnderWay) = (.now, true)
    critic.ask(
      InsightQuestion(
        insight: state.insight, experiment: state.experiment, dataset: state.dataset, frame: state.frame))
  }

  private func stopSampling() {
    for sampler in [sampler, idealSampler] { sampler.giveUp() }
  }

  private var layout: Layout? { Layout(columns: screen.size.columns, rows: screen.size.rows) }
}
