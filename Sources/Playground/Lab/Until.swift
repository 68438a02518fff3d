import Diffusion
import Plot

/// What training runs up to, and then pauses.
package enum Until: Equatable, Sendable {
  /// So many steps since the run began.
  case step(Int)
  /// A loss, averaged over about 100 steps as the screen shows it, of at most this.
  case loss(Double)
  /// Samples that are drawn so, at most this far from the data in the mean.
  case distance(Float, SampleSettings)
}

/// Why training has paused by itself.
package enum Pausing: Equatable, Sendable {
  /// The runs that were planned are over.
  case finished
  case reached(Until)
}

extension Pausing {
  /// What is said when training has paused, in the frame that it paused with.
  func words(_ frame: Frame) -> String {
    let step = "at step \(grouped(frame.moment.id.step))"
    switch self {
    case .finished: return "finished: the steps that were planned are over; space goes on at the last rate"
    case .reached(.step): return "paused \(step), as asked"
    case .reached(.loss(let loss)): return "loss \(loss.formatted(significant: 3)) reached \(step)"
    case .reached(.distance(let distance, _)):
      return "samples at most \(distance.formatted(significant: 3)) off the data, \(step)"
    }
  }
}

extension Until {
  /// Behind "running": "to step 2,000".
  var words: String {
    switch self {
    case .step(let step): "to step \(grouped(step))"
    case .loss(let loss): "to loss \(loss.formatted(significant: 3))"
    case .distance(let distance, _): "to distance \(distance.formatted(significant: 3))"
    }
  }
}

/// Watches for what training runs up to.
struct UntilWatch: Sendable {
  let until: Until
  private var samples: GoalWatch?

  init(_ until: Until, _ run: Run) {
    self.until = until
    if case .distance(let distance, let settings) = until {
      samples = GoalWatch(DistanceGoal(distance, dataset: run.dataset, sampling: settings, seed: run.seed))
    }
  }

  /// Whether it has been reached. Samples are drawn only now and then, which takes some tenths of a second.
  mutating func isReached(by run: Run) -> Bool {
    switch until {
    case .step(let step): return run.stepCount >= step
    case .loss(let loss): return run.losses.smoothed.map { $0 <= loss } ?? false
    case .distance:
      samples?.watch(run, isWanted: { true })
      return samples?.reached != nil
    }
  }
}
