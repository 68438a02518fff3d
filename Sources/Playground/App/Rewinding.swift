import Diffusion

/// Looking back at training, and going back to what it was.
extension World {
  /// A past moment that is looked at.
  package struct Rewind: Equatable, Sendable {
    /// Of A; B is shown as it was at that step, too.
    package fileprivate(set) var step: Int
    /// Whether training goes on when the present is reached again.
    let resumes: Bool
  }

  /// Who finds no more to go back to is told why.
  private static let fewMoments = 8

  /// The steps of A that can be looked at, before the present one.
  private var pastSteps: [Int] { frame.history.checkpoints.map(\.step).filter { $0 < frame.moment.id.step } }

  /// Why there is nothing to go back to, or on to; nil if there is.
  package func reason(againstRewinding count: Int) -> String? {
    if count > 0 { return rewind == nil ? "this is the present: < goes back in time" : nil }
    guard isCurrent, let first = pastSteps.first else { return "there is no past to go back to yet" }
    return rewind?.step == first ? "this is how it began: > goes forward in time" : nil
  }

  /// Goes back in time by so many checkpoints, or forward. Training waits meanwhile, and goes on in the present. When it
  /// has failed, the first step back leads to the last good weights.
  package mutating func rewind(by count: Int) -> [Effect] {
    if count < 0, rewind == nil, newest.failure != nil { return goBack() }
    let steps = pastSteps
    let next = max(place(in: steps) + count, 0)
    guard next < steps.count else { return rewind?.resumes == true ? train(true) : toPresent() }
    let pauses: [Effect] = rewind == nil ? [.lab(.pause)] : []
    if rewind == nil, frame.history.isFull, steps.count <= World.fewMoments {
      let moments = steps.count == 1 ? "1 past moment is" : "\(steps.count) past moments are"
      say("\(moments) kept: start with a larger --history for more")
    }
    rewind = Rewind(step: steps[next], resumes: rewind?.resumes ?? wantsTraining)
    wantsTraining = false
    look()
    return pauses
  }

  /// Looks at A and B as they were when they parted.
  package mutating func rewindToParting() -> [Effect] {
    guard let start = rival?.start else { return [] }
    let steps = pastSteps
    return rewind(by: max(steps.count { $0 <= start } - 1, 0) - place(in: steps))
  }

  /// Where one looks, among the steps that can be looked at; their number for the present.
  private func place(in steps: [Int]) -> Int {
    rewind.map { now in steps.count { $0 <= now.step } - 1 } ?? steps.count
  }

  /// Looks at the present again.
  @discardableResult
  mutating func toPresent() -> [Effect] {
    rewind = nil
    look()
    return []
  }

  /// Sees to it that what is looked at is the moment that is meant.
  mutating func look() {
    if var there = rewind {
      there.step = nearest(to: there.step)
      rewind = there
    }
    moments = [moment(of: frame)] + (rival?.frame.map { [moment(of: $0)] } ?? [])
  }

  /// Training takes a moment to stop, and may have dropped what is looked at meanwhile, where little is kept.
  private func nearest(to step: Int) -> Int {
    guard isCurrent, let near = pastSteps.min(by: { abs($0 - step) < abs($1 - step) }) else { return step }
    return near
  }

  private func moment(of frame: Frame) -> Moment {
    pastCheckpoint(of: frame).map { Moment($0, dataset: dataset, run: frame.moment.id.run).serial } ?? frame.moment
  }

  private func pastCheckpoint(of frame: Frame) -> Checkpoint? {
    guard isCurrent, let rewind, rewind.step < frame.moment.id.step else { return nil }
    return frame.history.latest(upTo: rewind.step)
  }

  /// The losses of A up to the moment that is looked at.
  package var losses: LossHistory { pastCheckpoint(of: frame)?.losses ?? frame.losses }

  /// Makes A what it was at the last checkpoint whose loss was good.
  private mutating func goBack() -> [Effect] {
    guard let checkpoint = newest.history.lastGood else { return [] }
    let (step, setsAside) = (checkpoint.step, setAside())
    keepCourse()
    // With the settings of then: what was changed since may be what went wrong.
    var settings = configuration
    settings.experiment = checkpoint.experiment
    adopt(settings, dataset)
    begin()
    wantsTraining = false
    say("back at step \(grouped(step)), the last good weights: ↓ lowers the rate, space goes on")
    return setsAside + [.lab(.pause), .lab(.goBack(step: step, run: run))]
  }
}
