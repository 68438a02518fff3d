/// A loss: the seed program's, at the seed program's levels, of the moving average, if there is one.
package struct LossGoal: Goal {
  // A glance takes as long as a thousand training points or so.
  package static let interval = 1_024...25_600

  /// At most this.
  package let loss: Float
  private let levels: [NoiseLevel]
  private var random: Random

  /// Reached when the loss of the seed program's own recipe is at most this, on draws of its own.
  package init(_ loss: Float, dataset: Dataset, seed: UInt64) {
    self.loss = loss
    levels = Experiment.seed.noiseLevels(for: dataset)
    random = Random(seed: seed, stream: .lossGoal)
  }

  package mutating func glance(at run: Run, isWanted: () -> Bool) -> Bool {
    let measured = measure(run, drawsPerLevel: 10)
    return measured.value - measured.standardError <= loss
  }

  package mutating func verdict(on run: Run, isWanted: () -> Bool) -> Verdict? {
    var draws = 100
    var measured = measure(run, drawsPerLevel: draws)
    guard isWanted() else { return nil }
    if measured.value <= loss {
      draws = 400
      measured = measure(run, drawsPerLevel: draws)
    }
    return Verdict(
      isReached: measured.value <= loss, measured: .loss(measured, draws: draws * levels.count), step: run.stepCount)
  }

  private mutating func measure(_ run: Run, drawsPerLevel: Int) -> ExpectedLoss {
    ExpectedLoss(
      of: run.averageDenoiser ?? run.denoiser, dataset: run.dataset, levels: levels, drawsPerLevel: drawsPerLevel,
      using: &random)
  }
}
