/// The loss of a denoiser on fresh draws: points of the data, noise and levels that no training step has seen.
package struct ExpectedLoss: Equatable, Sendable {
  package let value: Float
  /// The standard error of `value`.
  package let standardError: Float

  /// Draws every level equally often, as stratified draws of what training draws at random.
  ///
  /// - Parameters:
  ///   - denoiser: What to judge; its own labels and guidance do not matter.
  ///   - dataset: The training data.
  ///   - levels: The levels, with the weighting to judge by.
  ///   - drawsPerLevel: Draws at each level, at least 2.
  ///   - labelDropout: How often training hides the label.
  ///   - random: The source of the draws.
  package init(
    of denoiser: some ConditionalDenoiser, dataset: Dataset, levels: [NoiseLevel], drawsPerLevel: Int,
    labelDropout: Double = 1, using random: inout Random
  ) {
    precondition(drawsPerLevel >= 2, "a standard error needs 2 or more draws, not \(drawsPerLevel)")
    var (value, variance) = (0.0, 0.0)
    for level in levels {
      let indices = (0..<drawsPerLevel).map { _ in random.index(below: dataset.points.count) }
      let noise = random.normals(drawsPerLevel)
      let x = zip(indices, noise).map { dataset.points[$0] + level.sigma * $1 }
      let sigma = [Float](repeating: level.sigma, count: drawsPerLevel)
      let isHidden = dataset.labels == nil || Double(random.uniform()) < labelDropout
      let labels = isHidden ? [] : indices.map { Int(dataset.labels?[$0] ?? 0) }
      let errors = zip(denoiser.epsilon(x: x, sigma: sigma, labels: labels), noise).map {
        Double(level.epsilonWeight) * Double(($0 - $1).lengthSquared)
      }
      let n = Double(drawsPerLevel)
      let mean = errors.reduce(0, +) / n
      value += mean
      variance += errors.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / (n - 1) / n
    }
    self.value = Float(value / Double(levels.count))
    standardError = Float(variance.squareRoot() / Double(levels.count))
  }
}
