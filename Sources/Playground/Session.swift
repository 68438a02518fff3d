import Diffusion

/// A run of training and how it goes: what the worker guards.
struct Session: Sendable {
  private static let sliceDuration = Duration.milliseconds(4)
  /// The display shows 30 frames a second.
  private static let frameInterval = Duration.milliseconds(33)

  private let threads: Int
  private var run: Run
  private var generation = 0
  private var remaining: Int? = 0
  private var gradients = GradientHistory()
  private var learningRate: Double?
  private var failure: TrainingError?
  private var pace = Pace()
  private var lastFrame = ContinuousClock.now
  private var hasNews = false
  /// Whether a slice is on the queue: there is never a second one.
  private var hasSlice = false

  init(
    _ experiment: Experiment, dataset: Dataset, seed: UInt64, threads: Int, instructionSet: InstructionSet = .best
  ) {
    self.threads = threads
    run = Run(experiment, dataset: dataset, seed: seed, threads: threads, instructionSet: instructionSet)
  }

  /// Whether no step is to be taken: none is left, or training has failed. A failure leaves what was asked for as it is,
  /// so that a restart goes on with it.
  var isPaused: Bool { remaining == 0 || failure != nil }

  /// Whether there is something new to show: at once when training pauses, at the display's rate while it goes on.
  var isFrameDue: Bool {
    hasNews && (isPaused || ContinuousClock.now - lastFrame >= Session.frameInterval)
  }

  /// The present as a frame; the next one is due after the interval.
  mutating func makeFrame() -> Frame {
    lastFrame = .now
    hasNews = false
    // Training needs the cores more than those who look.
    var (denoiser, average) = (run.denoiser, run.averageDenoiser)
    denoiser.isParallel = false
    average?.isParallel = false
    return Frame(
      generation: generation, experiment: run.experiment, seed: run.seed, step: run.stepCount,
      remaining: remaining, losses: run.losses, gradients: gradients, stepsPerSecond: pace.stepsPerSecond,
      learningRate: learningRate, denoiser: denoiser, average: average, failure: failure)
  }

  mutating func perform(_ command: TrainingWorker.Command) {
    switch command {
    case .run:
      remaining = nil
      failure = nil
    case .pause:
      remaining = 0
    case .advance(let count):
      remaining = (remaining ?? 0) + count
      failure = nil
    case .change(let experiment):
      let isSameLoss = experiment.hasLoss(like: run.experiment)
      do {
        try run.change(to: experiment)
        if !isSameLoss { gradients = GradientHistory() }
      } catch {
        failure = error
      }
    case .restart(let experiment, let dataset, let seed, let generation):
      run = Run(
        experiment, dataset: dataset, seed: seed, threads: threads, instructionSet: run.instructionSet)
      self.generation = generation
      gradients = GradientHistory()
      learningRate = nil
      failure = nil
      pace = Pace()
    }
  }

  /// Whether training should begin with a new slice: there is something to do and nobody is doing it.
  mutating func claimSlice() -> Bool {
    guard !isPaused, !hasSlice else { return false }
    hasSlice = true
    pace.resume()
    return true
  }

  /// Whether another slice follows the one that has just run.
  mutating func continueSlices() -> Bool {
    hasSlice = !isPaused
    return hasSlice
  }

  /// Trains for a few milliseconds, at least one step; a failure pauses.
  mutating func runSlice() {
    let start = ContinuousClock.now
    while !isPaused {
      hasNews = true
      do {
        let report = try run.step()
        gradients.append(norm: report.gradientNorm, isClipped: report.isClipped)
        learningRate = report.learningRate
        remaining? -= 1
      } catch {
        failure = error
      }
      pace.count()
      if ContinuousClock.now - start >= Session.sliceDuration { break }
    }
  }
}

/// Steps per second, as an exponential average over about a second of training.
private struct Pace: Sendable {
  private(set) var stepsPerSecond = 0.0
  private var last = ContinuousClock.now
  private var steps = 0

  /// The time until now was not spent training.
  mutating func resume() { (last, steps) = (.now, 0) }

  mutating func count() {
    steps += 1
    let elapsed = (ContinuousClock.now - last) / .seconds(1)
    guard elapsed >= 0.1 else { return }
    let rate = Double(steps) / elapsed
    let share = stepsPerSecond == 0 ? 1 : min(elapsed, 1)
    stepsPerSecond += share * (rate - stepsPerSecond)
    resume()
  }
}
