/// Draws samples and says how good they are.
package struct SampleJudge: Sendable {
  /// Samples that a verdict rests on.
  package static let count = 2000

  private let dataset: Dataset
  private let settings: SampleSettings
  private let meter: QualityMeter
  /// Trees of all points, which only few settings ask for.
  private lazy var ideal = IdealDenoiser(dataset)
  private var random: Random

  /// Judges samples drawn with these settings; the seed decides which they are.
  package init(dataset: Dataset, settings: SampleSettings, seed: UInt64) {
    self.dataset = dataset
    self.settings = settings
    meter = QualityMeter(dataset.points, count: Self.count, seed: seed)
    random = Random(seed: seed, stream: .judgedSamples)
  }

  /// Draws `count` samples, other ones each time.
  ///
  /// - Parameter isWanted: Asked before each step of the sampler; work ends when it says no.
  /// - Returns: Nil if the answer was no longer wanted.
  package mutating func measure(_ run: Run, count: Int, isWanted: () -> Bool = { true }) -> SampleQuality? {
    samples(run, count: count, isWanted: isWanted).map(meter.measure)
  }

  /// Draws as many samples as a verdict rests on, and looks at them and at the model beside points that training saw and
  /// points that it did not.
  ///
  /// - Returns: Nil if no points are held out, or if the answer was no longer wanted.
  package mutating func generalization(of run: Run, isWanted: () -> Bool = { true }) -> Generalization? {
    guard dataset.heldOut != nil, let samples = samples(run, count: Self.count, isWanted: isWanted) else { return nil }
    return Generalization(
      of: dataset, under: denoiser(of: run), samples: samples, schedule: run.schedule, seed: run.seed,
      isWanted: isWanted)
  }

  /// The Kullback–Leibler divergence from what the data are drawn from, with the noise of the least level, to the model,
  /// in nats, with its standard error.
  ///
  /// - Returns: Nil if what the data are drawn from is not known, or if the answer was no longer wanted.
  package mutating func divergence(of run: Run, isWanted: () -> Bool = { true }) -> (
    mean: Double, standardError: Double
  )? {
    guard case .shape(let shape, _) = run.experiment.data, let mixture = shape.mixture else { return nil }
    var random = Random(seed: run.seed, stream: .likelihood)
    let sigmas = run.schedule.range
    let points = mixture.sample(Generalization.count, sigma: sigmas.lowerBound, using: &random)
    let logs = Likelihood.logDensity(of: points, under: denoiser(of: run), sigmas: sigmas, isWanted: isWanted)
    return logs.map {
      Likelihood.divergence(from: mixture.logDensity(x: points, sigma: sigmas.lowerBound), to: $0)
    }
  }

  private mutating func denoiser(of run: Run) -> any ConditionalDenoiser & DifferentiableDenoiser {
    settings.denoiser(learned: run.denoiser, average: run.averageDenoiser, ideal: ideal)
  }

  private mutating func samples(_ run: Run, count: Int, isWanted: () -> Bool) -> [Point]? {
    var denoiser = denoiser(of: run)
    denoiser.labels = settings.labels(count: count, of: dataset, using: &random)
    denoiser.guidance = settings.guidance
    var sampling = Sampling(settings, schedule: run.experiment.schedule, dataset: dataset, noise: random.normals(count))
    guard sampling.finish(denoiser, using: &random, isWanted: isWanted), isWanted() else { return nil }
    return sampling.x
  }
}
