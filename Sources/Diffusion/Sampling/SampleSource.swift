/// Draws samples, as many as are asked for, in batches of a fixed size: a longer row of them begins as a shorter one does,
/// and any number takes the memory of one batch.
package struct SampleSource: Sendable {
  private static let batch = 1024

  private let configuration: Configuration
  private let dataset: Dataset
  private var denoiser: any ConditionalDenoiser
  private var random: Random

  /// - Parameters:
  ///   - configuration: How samples are drawn, from which levels.
  ///   - learned: The network.
  ///   - average: The same with the moving average of its weights, if one is kept.
  ///   - dataset: What was learned.
  ///   - seed: Determines the samples.
  package init(
    _ configuration: Configuration, learned: NetworkDenoiser, average: NetworkDenoiser?, dataset: Dataset, seed: UInt64
  ) {
    (self.configuration, self.dataset) = (configuration, dataset)
    denoiser = configuration.sampling.denoiser(learned: learned, average: average, ideal: IdealDenoiser(dataset))
    denoiser.guidance = configuration.sampling.guidance
    random = Random(seed: seed, stream: .drawnSamples)
  }

  /// - Parameter isWanted: Asked before each step of the sampler; once it says no, there are no more points.
  /// - Returns: The next points, `[B, 2]`, and their classes, `[B]`, or none; B is `count`, or less where that is more than
  ///   a batch.
  package mutating func next(atMost count: Int, isWanted: () -> Bool = { true }) -> (points: [Point], labels: [Int]) {
    denoiser.labels = configuration.sampling.labels(count: Self.batch, of: dataset, using: &random)
    var sampling = Sampling(
      configuration.sampling, schedule: configuration.experiment.schedule, dataset: dataset,
      noise: random.normals(Self.batch))
    guard sampling.finish(denoiser, using: &random, isWanted: isWanted) else { return ([], []) }
    return (Array(sampling.x.prefix(count)), Array(denoiser.labels.prefix(count)))
  }
}
