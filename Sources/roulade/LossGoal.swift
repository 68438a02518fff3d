import Diffusion
import Plot

/// A loss to train down to: the seed program's loss, of the weights in use (the moving average if there is one), on fresh
/// draws of the seed program's levels.
///
/// It is looked at every 25,600 training points, whatever the batch, so that a run stops at the same step whenever it is
/// repeated. A first look at 2,000 draws is cheap and may be lucky; 40,000 draws decide.
struct LossGoal {
  private static let pointsBetweenLooks = 25_600
  private static let glance = 5
  private static let verdict = 100

  let loss: Float
  private let levels: [NoiseLevel]
  private var random: Random
  private var pointsAtNextLook = Self.pointsBetweenLooks
  /// The verdict that was good enough; nil until there is one.
  private(set) var reached: ExpectedLoss?

  init(_ loss: Float, seed: UInt64) {
    self.loss = loss
    let formulation = Formulation(weighting: Experiment.seed.formulation.weighting)
    levels = Experiment.seed.schedule.schedule.sigmas.map {
      NoiseLevel(sigma: $0, formulation: formulation, sigmaData: 1)
    }
    random = Random(seed: seed, stream: 6)
  }

  /// Looks, if it is time to.
  mutating func judge(_ trainer: Trainer) {
    guard trainer.stepCount * trainer.experiment.batchSize >= pointsAtNextLook else { return }
    pointsAtNextLook += Self.pointsBetweenLooks
    let glance = measure(trainer, drawsPerLevel: Self.glance)
    // Not good, and not by bad luck either.
    guard glance.value - 2 * glance.standardError <= loss else { return }
    let verdict = measure(trainer, drawsPerLevel: Self.verdict)
    if verdict.value <= loss { reached = verdict }
  }

  /// The loss of the trainer's weights on `drawsPerLevel` fresh draws of each level.
  mutating func measure(_ trainer: Trainer, drawsPerLevel: Int = Self.verdict) -> ExpectedLoss {
    ExpectedLoss(
      of: trainer.averageDenoiser ?? trainer.denoiser, dataset: trainer.dataset, levels: levels,
      drawsPerLevel: drawsPerLevel, using: &random)
  }
}

extension ExpectedLoss {
  /// `3012 ± 31`.
  var text: String { "\(value.formatted(significant: 4)) ± \(standardError.formatted(significant: 2))" }
}
