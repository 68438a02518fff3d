import Diffusion

/// The run B beside the run A: A's seed, data, rows and noise, and from some step on other settings.
package struct Rival: Sendable {
  /// Its number among all runs.
  package let run: Int
  /// The step of A that it begins with.
  package let start: Int
  /// What it is trained by.
  package let configuration: Configuration
  /// As the screen shows it; nil before its first frame.
  package internal(set) var frame: Frame?
  /// As it is: while the screen is frozen, later than what is shown.
  package internal(set) var newest: Frame?
  /// The last answers to what was asked about it.
  package internal(set) var answers = Answers()
}

extension World {
  /// Why B cannot have these settings; nil if it can.
  package func reason(againstBranching next: Configuration) -> String? {
    next.experiment.points == experiment.points
      ? nil : "A and B learn the same data: s changes them for both"
  }

  /// Begins B anew: at a step of A under these settings, or with A's seed at step 0 where A's weights would not survive
  /// them.
  package mutating func branch(_ next: Configuration, at step: Int) -> [Effect] {
    let start = experiment.obstacle(to: next.experiment) == nil ? step : 0
    let (number, resumes) = (nextRun(), rewind?.resumes ?? false)
    rival = Rival(run: number, start: start, configuration: next)
    toPresent()
    return [.lab(.branch(next.experiment, step: start, run: number))] + (resumes ? train(true) : [])
  }

  /// The world with B in the place of A, so that any pane shows it; nil while there is no B to be seen.
  package var ofRival: World? {
    guard let rival, let frame = rival.frame, let newest = rival.newest, moments.count > 1 else { return nil }
    var world = self
    (world.run, world.frame, world.newest) = (rival.run, frame, newest)
    (world.moments, world.answers) = ([moments[1]], rival.answers)
    world.configuration.experiment = rival.configuration.experiment
    world.rival = nil
    // Where estimates were is known of A.
    world.probe?.trail = []
    return world
  }

  /// Whether B alone trains, until it has had as much time as A.
  package var rivalCatchesUp: Bool {
    rival.map { ($0.newest?.seconds ?? 0) < 0.98 * newest.seconds - 0.2 } ?? false
  }

  /// Ends B.
  package mutating func endBranch() -> [Effect] {
    rival = nil
    look()
    return [.lab(.endBranch)]
  }

  /// B becomes A, and A B.
  package mutating func exchange() -> [Effect] {
    guard let other = rival, let otherFrame = other.frame, let otherNewest = other.newest, isCurrent else { return [] }
    rival = Rival(run: run, start: other.start, configuration: configuration, frame: frame, newest: newest)
    run = other.run
    adopt(other.configuration, dataset)
    (frame, newest) = (otherFrame, otherNewest)
    look()
    return [.lab(.exchange)]
  }
}
