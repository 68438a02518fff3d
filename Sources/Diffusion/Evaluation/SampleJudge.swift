/// Draws samples and says how good they are.
package struct SampleJudge: Sendable {
  /// Samples that a verdict rests on.
  package static let count = 2000

  private let dataset: Dataset
  private let settings: SampleSettings
  private let meter: QualityMeter
  private lazy var ideal = IdealDenoiser(dataset)
  private var random: Random

  /// Judges samples drawn with these settings; the seed decides which they are.
  package init(dataset: Dataset, settings: SampleSettings, seed: UInt64) {
    self.dataset = dataset
    self.settings = settings
    meter = QualityMeter(dataset, count: Self.count, seed: seed)
    random = Random(seed: seed, stream: .judgedSamples)
  }

  /// Draws `count` samples, other ones each time.
  ///
  /// - Parameter isWanted: Asked before each step of the sampler; work ends when it says no.
  /// - Returns: Nil if the answer was no longer wanted.
  package mutating func measure(_ run: Run, count: Int, isWanted: () -> Bool = { true }) -> SampleQuality? {
    var denoiser = settings.denoiser(learned: run.denoiser, average: run.averageDenoiser, ideal: ideal)
    denoiser.labels = settings.labels(count: count, of: dataset, using: &random)
    denoiser.guidance = settings.guidance
    var sampling = Sampling(settings, schedule: run.experiment.schedule, noise: random.normals(count))
    while !sampling.isFinished {
      guard isWanted() else { return nil }
      sampling.step(denoiser, using: &random)
    }
    return isWanted() ? meter.measure(sampling.x) : nil
  }
}
