import Diffusion

/// The runs that are trained, A and perhaps B, and the one that can come back: what the lab guards.
struct Session: Sendable {
  private static let sliceDuration = Duration.milliseconds(4)
  /// Training is watched at 10 frames a second: each takes a drawing, and a look at the network, from the cores that train.
  private static let frameInterval = Duration.milliseconds(100)

  private let threads: Int
  private let historyBytes: Int
  private let clock: Clock
  private var a: Training
  private var b: Training?
  /// What A was before it was begun anew.
  private var aside: Training?
  private var lastFrame: ContinuousClock.Instant
  private var hasNews = false
  /// Whether a slice is on the queue: there is never a second one.
  private var hasSlice = false

  /// - Parameters:
  ///   - run: What goes on.
  ///   - threads: Threads that share a step of the runs that follow it.
  ///   - historyBytes: What the past of each run may take.
  init(
    _ run: Run, threads: Int, historyBytes: Int = History.standardBytes, clock: @escaping Clock = { .now }
  ) {
    (self.threads, self.historyBytes, self.clock) = (threads, historyBytes, clock)
    lastFrame = clock()
    a = Training(run, historyBytes: historyBytes, now: clock())
  }

  /// Whether no run has a step to take.
  var isPaused: Bool { a.isPaused && b?.isPaused ?? true }

  /// Whether there is something new to show: at once when training pauses, at the display's rate while it goes on.
  var isFrameDue: Bool {
    hasNews && (isPaused || clock() - lastFrame >= Session.frameInterval)
  }

  /// The present of A, and of B if there is one; the next ones are due after the interval.
  mutating func makeFrames() -> [Frame] {
    lastFrame = clock()
    hasNews = false
    return [a.frame] + (b.map { [$0.frame] } ?? [])
  }

  /// All of A as it is now, and what the screen would see of it.
  var capture: Lab.Capture {
    Lab.Capture(checkpoint: a.run.checkpoint, dataset: a.run.dataset, frame: a.frame)
  }

  mutating func perform(_ command: Lab.Command) {
    switch command {
    case .run:
      a.goOn()
      b?.goOn()
    case .pause:
      a.pause()
      b?.pause()
    case .advance(let count):
      a.advance(count)
      b?.advance(count)
    case .runUntil(let until):
      a.run(until: until)
      b?.goOn()
    case .change(let experiment): a.change(to: experiment)
    case .restart(let experiment, let dataset, let seed, let id):
      let last = a
      a = begin(experiment, dataset, seed: seed, id: id)
      a.goOn(like: last)
      b = nil
    case .setAside: aside = a
    case .restore:
      guard var last = aside else { return }
      last.goOn(like: a)
      (a, aside, b) = (last, a, nil)
    case .goBack(let step, let id):
      guard let checkpoint = a.history.latest(upTo: step) else { return }
      a = Training(branching: a, at: checkpoint, id: id, threads: threads, now: clock())
      b = nil
    case .branch(let experiment, let step, let id): branch(experiment, at: step, id: id)
    case .endBranch: b = nil
    case .exchange:
      guard let last = b else { return }
      (a, b) = (last, a)
    }
  }

  private func begin(_ experiment: Experiment, _ dataset: Dataset, seed: UInt64, id: Int) -> Training {
    Training(
      a.run.restarted(experiment, dataset: dataset, seed: seed, id: id, threads: threads),
      historyBytes: historyBytes, now: clock())
  }

  /// B sees the rows and the noise that A sees, and begins with its weights.
  private mutating func branch(_ experiment: Experiment, at step: Int, id: Int) {
    var branch: Training
    if step == 0 {
      branch = begin(experiment, a.run.dataset, seed: a.run.seed, id: id)
    } else {
      let checkpoint = step == a.run.stepCount ? a.run.checkpoint : a.history.latest(upTo: step) ?? a.run.checkpoint
      branch = Training(branching: a, at: checkpoint, id: id, threads: threads, now: clock())
      branch.change(to: experiment)
    }
    branch.goOn(like: a)
    b = branch
  }

  /// Whether training should begin with a new slice: there is something to do and nobody is doing it.
  mutating func claimSlice() -> Bool {
    guard !isPaused, !hasSlice else { return false }
    hasSlice = true
    let now = clock()
    a.resume(at: now)
    b?.resume(at: now)
    return true
  }

  /// Whether another slice follows the one that has just run.
  mutating func continueSlices() -> Bool {
    hasSlice = !isPaused
    return hasSlice
  }

  /// Trains for a few milliseconds, at least one step; a failure pauses. Of two runs the one trains that has had less
  /// time: what begins later catches up, and from then on each has half.
  mutating func runSlice() {
    hasNews = hasNews || !isPaused
    let clock = clock
    if let other = b, a.isPaused || !other.isPaused && other.seconds < a.seconds {
      b?.train(for: Session.sliceDuration, clock: clock)
    } else {
      a.train(for: Session.sliceDuration, clock: clock)
    }
  }
}
