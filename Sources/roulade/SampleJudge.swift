import Diffusion
import Plot

/// Draws samples and says how good they are.
struct SampleJudge {
  static let count = 2000

  private let dataset: Dataset
  private let settings: SampleSettings
  private let meter: QualityMeter
  private lazy var ideal = IdealDenoiser(dataset)
  private var random: Random

  init(dataset: Dataset, settings: SampleSettings, seed: UInt64) {
    self.dataset = dataset
    self.settings = settings
    meter = QualityMeter(dataset, count: Self.count, seed: seed)
    random = Random(seed: seed, stream: 7)
  }

  mutating func measure(_ trainer: Trainer, count: Int) -> SampleQuality {
    var denoiser = settings.denoiser(learned: trainer.denoiser, average: trainer.averageDenoiser, ideal: ideal)
    denoiser.labels = settings.labels(count: count, of: dataset, using: &random)
    denoiser.guidance = settings.guidance
    let sampling = settings.sampler.sample(
      count: count, steps: settings.steps, schedule: trainer.schedule, denoiser: denoiser, using: &random)
    return meter.measure(sampling.x)
  }

  func describe(_ quality: SampleQuality) -> String {
    let (mean, far) = (quality.meanDistance.formatted(significant: 3), quality.distance95.formatted(significant: 3))
    let guidance = settings.guidance > 0 ? ", guidance \(settings.guidance.formatted(significant: 3))" : ""
    return "samples (\(settings.sampler.name), \(settings.steps) steps, \(settings.predictor.rawValue)\(guidance)) "
      + "at distance \(mean), 95 % within \(far), "
      + "sliced Wasserstein \(quality.slicedWasserstein.formatted(significant: 3)), "
      + "coverage \(quality.coverage.formatted(decimals: 2)), copies \(quality.copies.formatted(decimals: 2))"
  }
}
