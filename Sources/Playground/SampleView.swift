import Diffusion

/// What the sample view plays, and what it waits for.
package struct SampleView: Sendable {
  package internal(set) var settings: SampleSettings
  package private(set) var flow: Flow?
  /// What is played when the present flow has rested.
  private var next: Trajectory?
  /// What has been asked for and not yet come.
  private var asked: SampleRequest?
  /// The ideal denoiser's samples that were asked for, to compare with, and the share of copies among them.
  private var askedIdeal: SampleRequest?
  package private(set) var idealCopies: Float?

  init(_ settings: SampleSettings) { self.settings = settings }

  /// Whether something moves, or is about to: whether time matters.
  package func isMoving(isTraining: Bool) -> Bool {
    guard let flow else { return false }
    return !flow.hasArrived || next != nil || repeats(isTraining)
  }

  /// What to ask for now, if anything: the samples that are wanted, and at the end of each flow those of the network as
  /// it is then.
  mutating func nextRequest(_ wanted: SampleRequest) -> SampleRequest? {
    if let asked, asked.isLike(wanted) { return nil }
    if let shown = flow?.trajectory.request, shown.isLike(wanted) {
      guard flow?.hasArrived == true, next == nil, shown.step != wanted.step else { return nil }
    }
    asked = wanted
    return wanted
  }

  /// What to ask the ideal denoiser for, to compare with: once for all that is drawn in this way.
  mutating func nextIdealRequest(_ wanted: SampleRequest) -> SampleRequest? {
    // Otherwise they are what is shown.
    guard settings.predictor != .ideal else { return nil }
    var ideal = settings
    ideal.predictor = .ideal
    // Guided, it would leave the data points.
    ideal.guidance = 0
    let request = SampleRequest(settings: ideal, generation: 0, step: 0, schedule: wanted.schedule)
    guard request != askedIdeal else { return nil }
    (askedIdeal, idealCopies) = (request, nil)
    return request
  }

  mutating func receiveIdeal(_ trajectory: Trajectory) {
    if trajectory.request == askedIdeal { idealCopies = trajectory.quality.copies }
  }

  /// Takes an answer, unless something else has been asked for since.
  mutating func receive(_ trajectory: Trajectory) {
    guard trajectory.request == asked else { return }
    asked = nil
    if let flow, flow.trajectory.request.isLike(trajectory.request) {
      next = trajectory
    } else {
      begin(trajectory)
    }
  }

  /// Lets time pass.
  mutating func advance(by seconds: Double, isTraining: Bool) {
    flow?.advance(by: seconds)
    guard let flow, flow.isOver else { return }
    if let next {
      begin(next)
    } else if repeats(isTraining) {
      begin(flow.trajectory)
    }
  }

  /// No longer waits for what has been asked for.
  mutating func stopWaiting() {
    asked = nil
    if idealCopies == nil { askedIdeal = nil }
  }

  /// Begins with the noise again, without anything asked for or answered before.
  mutating func forget() { self = SampleView(settings) }

  /// Plays what there is once more if it is what is wanted; else there is nothing to play yet.
  mutating func replay(_ wanted: SampleRequest) {
    let trajectory = [next, flow?.trajectory].compactMap(\.self).first { $0.request == wanted }
    (flow, next) = (trajectory.map(Flow.init), nil)
  }

  private mutating func begin(_ trajectory: Trajectory) { (flow, next) = (Flow(trajectory), nil) }

  /// The ideal denoiser's samples are the same every time: there is no need to ask again.
  private func repeats(_ isTraining: Bool) -> Bool { isTraining && settings.predictor == .ideal }
}
