import Expect

/// Checkpoints of one run in bounded memory, to go back to.
///
/// At the start of training much happens in few steps, so they are spaced evenly in the square root of the step. Whenever
/// they would take more than they may, the one goes that is missed least; the first and the latest stay.
package struct History: Sendable {
  /// What is enough to leaf through the training of a small network.
  package static let standardBytes = 64 << 20
  /// More are not told apart by whoever leafs through them.
  private static let mostCheckpoints = 256

  /// In ascending order of their steps.
  package private(set) var checkpoints: [Checkpoint] = []
  private let bytes: Int
  /// What the checkpoints take together.
  private var size = 0

  /// - Parameter bytes: What the checkpoints may take together; two are kept in any case.
  package init(bytes: Int = standardBytes) {
    expect(bytes >= 0, "a history of \(bytes) bytes")
    self.bytes = bytes
  }

  /// Keeps the run as it is now, if it is time to: after about as many steps as the square root of those taken. Keeping
  /// costs what the checkpoint holds, copied once.
  package mutating func record(_ run: Run) {
    if let last = checkpoints.last?.step {
      guard run.stepCount > last, (run.stepCount - last) * (run.stepCount - last) >= run.stepCount else { return }
    }
    keep(run.checkpoint)
  }

  /// Keeps a checkpoint that is later than all others.
  package mutating func keep(_ checkpoint: Checkpoint) {
    checkpoints.append(checkpoint)
    size += checkpoint.bytes
    while checkpoints.count > 2, size > bytes || checkpoints.count > History.mostCheckpoints { dropLeastMissed() }
  }

  /// Whether another checkpoint costs one of those that are kept.
  package var isFull: Bool { checkpoints.last.map { size + $0.bytes > bytes } ?? false }

  /// Without what came after a step.
  package func upTo(_ step: Int) -> History {
    var history = self
    history.checkpoints.removeAll { $0.step > step }
    history.size = history.checkpoints.reduce(0) { $0 + $1.bytes }
    return history
  }

  /// The latest checkpoint up to a step; nil if there is none.
  package func latest(upTo step: Int) -> Checkpoint? { checkpoints.last { $0.step <= step } }

  /// The last checkpoint whose loss is about as low as it had been by then: where to go back to when training went wrong.
  package var lastGood: Checkpoint? {
    checkpoints.last { checkpoint in
      guard let loss = checkpoint.losses.smoothed else { return true }
      return loss <= 2 * (checkpoint.losses.values.min() ?? loss)
    }
  }

  private mutating func dropLeastMissed() {
    let roots = checkpoints.map { Double($0.step).squareRoot() }
    func gap(without place: Int) -> Double { roots[place + 1] - roots[place - 1] }
    guard let least = (1..<checkpoints.count - 1).min(by: { gap(without: $0) < gap(without: $1) }) else { return }
    size -= checkpoints.remove(at: least).bytes
  }
}
