import Diffusion

/// Plays samples on their way from noise to data: each flow, and when it has rested the next.
struct SamplePlayer: Sendable {
  private(set) var flow: Flow?
  /// The last samples that arrived of those that are wanted, whose figures stay while the next flow.
  private(set) var finished: Trajectory?
  /// Whether the flow stands still where it is.
  private(set) var isHeld = false
  /// What is played when the present flow has rested.
  private var next: Trajectory?
  /// The last that was taken.
  private var taken: SampleRequest?

  /// Whether there is need of samples: of other ones than are played, or at the end of a flow, of the network as it is
  /// then.
  func needs(_ wanted: SampleRequest) -> Bool {
    guard let shown = flow?.trajectory.request, shown.isLike(wanted) else { return true }
    // What stands still follows the network all the time, and whoever goes back in time does not wait.
    if isHeld || wanted.isEarlier(than: shown) { return shown != wanted }
    return flow?.hasArrived == true && next == nil && shown != wanted
  }

  /// Takes samples, once, if they are of the kind that is wanted.
  mutating func take(_ trajectory: Trajectory, _ wanted: SampleRequest) {
    guard trajectory.request != taken, trajectory.request.isLike(wanted) else { return }
    taken = trajectory.request
    if let flow, flow.trajectory.request.isLike(trajectory.request) {
      if isHeld || trajectory.request.isEarlier(than: flow.trajectory.request) {
        self.flow?.bend(to: trajectory)
        next = nil
        return
      }
      next = trajectory
    } else {
      begin(trajectory)
    }
  }

  /// Lets go of what belongs to other settings: its figures would be taken for those of what is wanted. What flows goes
  /// on, unless the noise or the data are others.
  mutating func forget(unlike wanted: SampleRequest) {
    if let finished, !finished.request.isLike(wanted) || wanted.isEarlier(than: finished.request) {
      self.finished = nil
    }
    if flow?.trajectory.request.isOfSame(wanted) == false { self = SamplePlayer() }
  }

  /// - Parameter repeats: Whether what has been played is played again.
  mutating func advance(by seconds: Double, repeats: Bool) {
    guard !isHeld else { return }
    flow?.advance(by: seconds)
    guard let flow, flow.hasArrived else { return }
    finished = flow.trajectory
    guard flow.isOver else { return }
    if let next {
      begin(next)
    } else if repeats {
      begin(flow.trajectory)
    }
  }

  func isMoving(repeats: Bool) -> Bool {
    guard let flow, !isHeld else { return false }
    return !flow.hasArrived || next != nil || repeats
  }

  /// Whether there is something on its way that could be held.
  var isFlowing: Bool { !isHeld && flow?.hasArrived == false }

  mutating func hold() { isHeld = flow?.hasArrived == false }

  /// Holds the flow where the noise level is this one.
  mutating func seek(sigma: Double) {
    flow?.seek(sigma: Float(sigma))
    isHeld = flow != nil
  }

  /// Holds the flow at the sampler's next step, or at the one before.
  mutating func step(_ count: Int) {
    flow?.step(count)
    isHeld = flow != nil
  }

  mutating func release() { isHeld = false }

  /// Plays what there is once more if it is what is wanted; else there is nothing to play yet.
  mutating func replay(_ wanted: SampleRequest) {
    let trajectory = [next, flow?.trajectory].compactMap(\.self).first { $0.request == wanted }
    (flow, next, isHeld) = (trajectory.map(Flow.init), nil, false)
    if trajectory == nil { taken = nil }
  }

  private mutating func begin(_ trajectory: Trajectory) { (flow, next, isHeld) = (Flow(trajectory), nil, false) }
}
