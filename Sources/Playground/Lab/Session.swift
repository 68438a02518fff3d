import Diffusion

/// A run of training and how it goes: what the lab guards.
struct Session: Sendable {
  private static let sliceDuration = Duration.milliseconds(4)
  /// Training is watched at 20 frames a second: each takes a drawing, and a look at the network, from the cores that train.
  private static let frameInterval = Duration.milliseconds(50)

  private let threads: Int
  private let clock: Clock
  private var run: Run
  private var remaining: Int? = 0
  private var gradients = GradientHistory()
  private var learningRate: Double?
  private var failure: TrainingError?
  private var until: UntilWatch?
  private var pausing: Pausing?
  private var pace: Pace
  private var lastFrame: ContinuousClock.Instant
  private var hasNews = false
  /// Whether a slice is on the queue: there is never a second one.
  private var hasSlice = false

  /// - Parameters:
  ///   - run: What goes on.
  ///   - threads: Threads that share a step of the runs that follow it.
  init(_ run: Run, threads: Int, clock: @escaping Clock = { .now }) {
    (self.run, self.threads, self.clock) = (run, threads, clock)
    lastFrame = clock()
    pace = Pace(since: clock())
  }

  /// Whether no step is to be taken: none is left, or training has failed. A failure leaves what was asked for as it is,
  /// so that a restart goes on with it.
  var isPaused: Bool { remaining == 0 || failure != nil }

  /// Whether there is something new to show: at once when training pauses, at the display's rate while it goes on.
  var isFrameDue: Bool {
    hasNews && (isPaused || clock() - lastFrame >= Session.frameInterval)
  }

  /// The present as a frame; the next one is due after the interval.
  mutating func makeFrame() -> Frame {
    lastFrame = clock()
    hasNews = false
    return frame
  }

  /// All of the run as it is now, and what the screen would see of it.
  var capture: Lab.Capture { Lab.Capture(checkpoint: run.checkpoint, dataset: run.dataset, frame: frame) }

  private var frame: Frame {
    // Training needs the cores more than those who look.
    var moment = run.moment
    moment.learned.isParallel = false
    moment.average?.isParallel = false
    return Frame(
      moment: moment, seed: run.seed, remaining: remaining, losses: run.losses, gradients: gradients,
      stepsPerSecond: pace.stepsPerSecond, learningRate: learningRate, failure: failure,
      until: until?.until, pausing: pausing)
  }

  mutating func perform(_ command: Lab.Command) {
    switch command {
    case .run:
      go(for: nil)
    case .pause:
      go(for: 0)
    case .advance(let count):
      go(for: (remaining ?? 0) + count)
    case .runUntil(let until):
      go(for: nil)
      self.until = UntilWatch(until, run)
    case .change(let experiment):
      let isSameLoss = experiment.hasLoss(like: run.experiment)
      do {
        try run.change(to: experiment)
        if !isSameLoss { gradients = GradientHistory() }
      } catch {
        failure = error
      }
    case .restart(let experiment, let dataset, let seed, let id):
      run = run.restarted(experiment, dataset: dataset, seed: seed, id: id, threads: threads)
      gradients = GradientHistory()
      learningRate = nil
      // What paused by itself goes on with the new run.
      if pausing != nil { remaining = nil }
      (failure, until, pausing) = (nil, nil, nil)
      pace = Pace(since: clock())
    }
  }

  /// Takes so many steps, or any number, from now on; what it was told before does not count.
  private mutating func go(for steps: Int?) {
    remaining = steps
    (until, pausing) = (nil, nil)
    // A pause does not make the weights good again.
    if steps != 0 { failure = nil }
  }

  /// Pauses where training has come to what it was to come to: what it was told, or the end of the runs that were
  /// planned. Beyond that it goes on if it is told to.
  private mutating func pauseIfDone() {
    if let reached = until?.until, until?.isReached(by: run) == true {
      (pausing, until, remaining) = (.reached(reached), nil, 0)
    } else if remaining == nil, until == nil, run.stepCount == run.experiment.totalSteps {
      (pausing, remaining) = (.finished, 0)
    }
  }

  /// Whether training should begin with a new slice: there is something to do and nobody is doing it.
  mutating func claimSlice() -> Bool {
    guard !isPaused, !hasSlice else { return false }
    hasSlice = true
    pace.resume(at: clock())
    return true
  }

  /// Whether another slice follows the one that has just run.
  mutating func continueSlices() -> Bool {
    hasSlice = !isPaused
    return hasSlice
  }

  /// Trains for a few milliseconds, at least one step; a failure pauses.
  mutating func runSlice() {
    let start = clock()
    while !isPaused {
      hasNews = true
      do {
        let report = try run.step()
        gradients.append(norm: report.gradientNorm, isClipped: report.isClipped)
        learningRate = report.learningRate
        remaining? -= 1
        pauseIfDone()
      } catch {
        failure = error
      }
      pace.count(at: clock())
      if clock() - start >= Session.sliceDuration { break }
    }
  }
}
