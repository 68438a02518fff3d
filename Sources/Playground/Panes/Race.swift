import Diffusion

/// Two trajectories from the same noise, played so that an evaluation of the denoiser takes equally long in both.
struct Race: Sendable {
  private static let leadIn = 0.4
  /// Of the slower.
  private static let duration = 4.0
  private static let rest = 2.5

  private let left: Trajectory
  private let right: Trajectory
  /// Seconds since it began.
  private var elapsed = 0.0

  init(left: Trajectory, right: Trajectory) { (self.left, self.right) = (left, right) }

  subscript(lane: RacePane.Lane) -> Trajectory { lane == .left ? left : right }

  mutating func advance(by seconds: Double) { elapsed += seconds }

  /// On by so many evaluations, or back.
  mutating func step(_ count: Int) {
    let position = min(max(position.rounded() + Double(count), 0), evaluations)
    elapsed = Race.leadIn + Race.duration * position / evaluations
  }

  /// In evaluations.
  var position: Double { evaluations * min(max((elapsed - Race.leadIn) / Race.duration, 0), 1) }

  /// Whether both have arrived.
  var isOver: Bool { position >= evaluations }

  var hasRested: Bool { elapsed >= Race.leadIn + Race.duration + Race.rest }

  private var evaluations: Double { Double(max(left.evaluations, right.evaluations, 1)) }

  /// The larger noise level of the two: what has to fit into both pictures.
  var sigma: Float { max(state(.left).sigma, state(.right).sigma) }

  struct State {
    fileprivate let trajectory: Trajectory
    fileprivate let step: Int
    fileprivate let share: Float
    let evaluations: Int
    let isOver: Bool

    /// Where the samples have been, from noise to now.
    var past: [[Point]] {
      isOver ? trajectory.points : trajectory.points[...step] + [trajectory.points(step: step, share: share)]
    }

    var sigma: Float { trajectory.sigma(step: step, share: share) }
  }

  /// Where a lane is.
  func state(_ lane: RacePane.Lane) -> State {
    let trajectory = self[lane]
    let counts = trajectory.evaluationCounts
    let step = counts.lastIndex { Double($0) <= position } ?? 0
    guard step + 1 < counts.count else {
      return State(trajectory: trajectory, step: step, share: 0, evaluations: counts[step], isOver: true)
    }
    let share = Float((position - Double(counts[step])) / Double(max(counts[step + 1] - counts[step], 1)))
    return State(trajectory: trajectory, step: step, share: share, evaluations: Int(position), isOver: false)
  }
}
