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
    random = Random(seed: seed, stream: .judgedSamples)
  }

  /// - Parameter isWanted: Asked before each step of the sampler; work ends when it says no.
  /// - Returns: Nil if the answer was no longer wanted.
  mutating func measure(_ run: Run, count: Int, isWanted: () -> Bool = { true }) -> SampleQuality? {
    var denoiser = settings.denoiser(learned: run.denoiser, average: run.averageDenoiser, ideal: ideal)
    denoiser.labels = settings.labels(count: count, of: dataset, using: &random)
    denoiser.guidance = settings.guidance
    var sampling = Sampling(
      settings.sampler, sigmas: run.schedule.sampleSigmas(steps: settings.steps), noise: random.normals(count))
    while !sampling.isFinished {
      guard isWanted() else { return nil }
      sampling.step(denoiser, using: &random)
    }
    return isWanted() ? meter.measure(sampling.x) : nil
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
