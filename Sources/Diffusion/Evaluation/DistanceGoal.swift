/// A mean distance of samples to the nearest data point.
package struct DistanceGoal: Goal {
  package static let interval = 1_024...51_200

  /// At most this, in data units.
  package let distance: Float
  private var judge: SampleJudge

  /// Reached when samples are at most this far from the data in the mean, in data units.
  package init(_ distance: Float, dataset: Dataset, sampling: SampleSettings, seed: UInt64) {
    self.distance = distance
    judge = SampleJudge(dataset: dataset, settings: sampling, seed: seed)
  }

  package mutating func glance(at run: Run, isWanted: () -> Bool) -> Bool {
    judge.measure(run, count: 256, isWanted: isWanted).map { $0.meanDistance <= 1.5 * distance } ?? false
  }

  package mutating func verdict(on run: Run, isWanted: () -> Bool) -> Verdict? {
    judge.measure(run, count: SampleJudge.count, isWanted: isWanted).map {
      Verdict(isReached: $0.meanDistance <= distance, measured: .samples($0), step: run.stepCount)
    }
  }
}
