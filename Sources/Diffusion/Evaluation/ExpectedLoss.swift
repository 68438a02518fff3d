import Expect

/// The loss of a denoiser on fresh draws: points of the data, noise and levels that no training step has seen.
package struct ExpectedLoss: Equatable, Sendable {
  /// The estimate.
  package let value: Float
  /// The standard error of `value`.
  package let standardError: Float

  /// Draws every level equally often, as stratified draws of what training draws at random.
  ///
  /// - Parameters:
  ///   - denoiser: What to judge, all classes together; its own labels and guidance do not matter.
  ///   - dataset: The training data.
  ///   - levels: The levels, with the weighting to judge by.
  ///   - drawsPerLevel: Draws at each level, at least 2.
  ///   - random: The source of the draws.
  package init(
    of denoiser: some ConditionalDenoiser, dataset: Dataset, levels: [NoiseLevel], drawsPerLevel: Int,
    using random: inout Random
  ) {
    expect(drawsPerLevel >= 2, "a standard error needs 2 or more draws, not \(drawsPerLevel)")
    let noise = random.normals(levels.count * drawsPerLevel)
    let sigma = levels.flatMap { [Float](repeating: $0.sigma, count: drawsPerLevel) }
    let x = zip(sigma, noise).map { sigma, noise in
      dataset.points[random.index(below: dataset.points.count)] + sigma * noise
    }
    let squares = zip(denoiser.epsilon(x: x, sigma: sigma, labels: []), noise).map { Double(($0 - $1).lengthSquared) }

    var (value, variance) = (0.0, 0.0)
    for (i, level) in levels.enumerated() {
      let errors = squares[(i * drawsPerLevel)..<((i + 1) * drawsPerLevel)].map { Double(level.epsilonWeight) * $0 }
      let n = Double(drawsPerLevel)
      let mean = errors.reduce(0, +) / n
      value += mean
      variance += errors.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / (n - 1) / n
    }
    self.value = Float(value / Double(levels.count))
    standardError = Float(variance.squareRoot() / Double(levels.count))
  }
}
