import Expect

/// Checkpoints of one run in bounded memory, to go back to. Whenever they would take more, every other one is dropped, and
/// from then on they are kept half as often; the first and the latest stay.
package struct History: Sendable {
  /// In ascending order of their steps.
  package private(set) var checkpoints: [Checkpoint] = []
  /// Steps from one checkpoint to the next.
  package private(set) var interval: Int
  private let bytes: Int

  /// - Parameters:
  ///   - bytes: What the checkpoints may take together; two are kept in any case.
  ///   - interval: Steps between them at the start. Keeping one costs about what it holds, copied once.
  package init(bytes: Int = 256 << 20, interval: Int = 16) {
    expect(bytes > 0 && interval > 0, "a history of \(bytes) bytes, every \(interval) steps")
    (self.bytes, self.interval) = (bytes, interval)
  }

  /// Keeps the run as it is now, if it is time to. Of a run that has gone back, what came after is forgotten.
  package mutating func record(_ run: Run) {
    checkpoints.removeAll { $0.step >= run.stepCount }
    guard run.stepCount % interval == 0 || checkpoints.isEmpty else { return }
    checkpoints.append(run.checkpoint)
    while size > bytes, checkpoints.count > 2 {
      interval *= 2
      let (first, last) = (checkpoints[0].step, run.stepCount)
      checkpoints.removeAll { $0.step % interval != 0 && $0.step != first && $0.step != last }
    }
  }

  /// The checkpoint whose step is nearest; nil if there is none at all.
  package func nearest(to step: Int) -> Checkpoint? {
    checkpoints.min { abs($0.step - step) < abs($1.step - step) }
  }

  private var size: Int { checkpoints.reduce(0) { $0 + $1.bytes } }
}
