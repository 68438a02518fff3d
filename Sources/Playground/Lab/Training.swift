import Diffusion
import Expect

/// A run in the lab, with its past and how it goes.
struct Training: Sendable {
  private(set) var run: Run
  private(set) var history: History
  private(set) var course = Course()
  /// Spent on its steps, and on those that it branched from.
  private(set) var seconds = 0.0
  /// Steps still to take; nil to go on until told.
  private(set) var remaining: Int? = 0
  private var gradients = GradientHistory()
  private var learningRate: Double?
  private var failure: TrainingError?
  private var until: UntilWatch?
  private var pausing: Pausing?
  private var pace: Pace

  /// A run at its start.
  init(_ run: Run, historyBytes: Int, now: ContinuousClock.Instant) {
    self.run = run
    history = History(bytes: historyBytes)
    history.record(run)
    pace = Pace(since: now)
  }

  /// What another was at a checkpoint of its own, as a run of its own.
  init(branching trunk: Training, at checkpoint: Checkpoint, id: Int, threads: Int, now: ContinuousClock.Instant) {
    do {
      run = try Run(resuming: checkpoint, dataset: trunk.run.dataset, id: id, threads: threads)
    } catch {
      // A run's own checkpoint, on the points that it learns.
      bug("cannot go back to step \(checkpoint.step): \(error)")
    }
    history = trunk.history.upTo(checkpoint.step)
    course = trunk.course.upTo(checkpoint.step)
    seconds = course.readings.last?.seconds ?? 0
    pace = Pace(since: now)
  }

  /// Whether no step is to be taken: none is left, or training has failed. A failure leaves what was asked for as it is,
  /// so that a restart goes on with it.
  var isPaused: Bool { remaining == 0 || failure != nil }

  mutating func goOn() { go(for: nil) }

  mutating func pause() { go(for: 0) }

  mutating func advance(_ count: Int) { go(for: (remaining ?? 0) + count) }

  mutating func run(until: Until) {
    go(for: nil)
    self.until = UntilWatch(until, run)
  }

  /// Takes so many steps, or any number, from now on; what it was told before does not count.
  private mutating func go(for steps: Int?) {
    remaining = steps
    (until, pausing) = (nil, nil)
    // A pause does not make the weights good again.
    if steps != 0 { failure = nil }
  }

  /// Takes as many steps as another was asked for; what paused by itself goes on.
  mutating func goOn(like other: Training) { remaining = other.pausing == nil ? other.remaining : nil }

  /// Pauses where training has come to what it was to come to: what it was told, or the end of the runs that were
  /// planned. Beyond that it goes on if it is told to.
  private mutating func pauseIfDone() {
    if let reached = until?.until, until?.isReached(by: run) == true {
      (pausing, until, remaining) = (.reached(reached), nil, 0)
    } else if remaining == nil, until == nil, run.stepCount == run.experiment.totalSteps {
      (pausing, remaining) = (.finished, 0)
    }
  }

  mutating func change(to experiment: Experiment) {
    let isSameLoss = experiment.hasLoss(like: run.experiment)
    do {
      try run.change(to: experiment)
      if !isSameLoss { (gradients, course) = (GradientHistory(), Course()) }
    } catch {
      failure = error
    }
  }

  /// The time until now was not spent training.
  mutating func resume(at now: ContinuousClock.Instant) { pace.resume(at: now) }

  /// Takes steps for so long, at least one; a failure ends them.
  mutating func train(for duration: Duration, clock: Clock) {
    let start = clock()
    var last = start
    while !isPaused {
      do {
        let report = try run.step()
        gradients.append(norm: report.gradientNorm, isClipped: report.isClipped)
        learningRate = report.learningRate
        remaining? -= 1
        history.record(run)
        let now = clock()
        seconds += (now - last) / .seconds(1)
        last = now
        course.append(report, rows: run.rows, seconds: seconds, loss: run.losses.smoothed ?? .nan)
        pauseIfDone()
      } catch {
        failure = error
        last = clock()
      }
      pace.count(at: last)
      if last - start >= duration { break }
    }
  }

  var frame: Frame {
    // Training needs the cores more than those who look.
    Frame(
      moment: run.moment.serial, seed: run.seed, remaining: remaining, losses: run.losses, gradients: gradients,
      stepsPerSecond: pace.stepsPerSecond, learningRate: learningRate, failure: failure, until: until?.until,
      pausing: pausing, course: course, history: history, seconds: seconds)
  }
}
