/// What is drawn for one training step: `x = x0 + sigma·epsilon` and everything that the loss needs of it.
package struct Batch: Sendable {
  /// Rows drawn last, B; the buffers may be longer.
  package private(set) var rows = 0
  /// Noise levels, `[B]`.
  package private(set) var sigma: [Float]
  /// The noise, `[B, 2]`.
  package private(set) var epsilon: [Point]
  /// What the network sees, `[B, 4]`: `[x, sigmaEmbedding]`.
  package private(set) var input: [Float]
  /// What the network should answer, `[B, 2]`.
  package private(set) var target: [Float]
  /// What each row's error counts, `[B]`, divided by B.
  package private(set) var weight: [Float]
  private var indices: [Int32]

  package init(capacity: Int) {
    precondition(capacity >= 1, "a batch of \(capacity) rows")
    sigma = [Float](repeating: 0, count: capacity)
    epsilon = [Point](repeating: .zero, count: capacity)
    input = [Float](repeating: 0, count: 4 * capacity)
    target = [Float](repeating: 0, count: 2 * capacity)
    weight = sigma
    indices = [Int32](repeating: 0, count: capacity)
  }

  /// Draws points by shuffled epochs, levels uniformly from the schedule, and noise.
  package mutating func draw(
    from dataset: Dataset, order: inout ShuffledEpochs, levels: [NoiseLevel], using random: inout Random
  ) {
    rows = order.next(into: &indices, using: &random)
    for row in 0..<rows {
      let level = levels[random.index(below: levels.count)]
      let noise = random.normal()
      let x = dataset.points[Int(indices[row])] + level.sigma * noise
      sigma[row] = level.sigma
      epsilon[row] = noise
      input[4 * row] = x.x
      input[4 * row + 1] = x.y
      input[4 * row + 2] = level.embedding.x
      input[4 * row + 3] = level.embedding.y
      target[2 * row] = noise.x
      target[2 * row + 1] = noise.y
      weight[row] = level.weight / Float(rows)
    }
  }

  /// The smallest and the largest noise level drawn.
  package var sigmaRange: ClosedRange<Float> {
    var (low, high) = (sigma[0], sigma[0])
    for value in sigma[..<rows] {
      low = min(low, value)
      high = max(high, value)
    }
    return low...high
  }

  /// The name of the first tensor that holds something not finite, in the order in which they are computed.
  package var nonFiniteTensor: String? {
    if !sigma[..<rows].allSatisfy(\.isFinite) { return "sigma" }
    if !epsilon[..<rows].allSatisfy(\.isFinite) { return "epsilon" }
    if !input[..<(4 * rows)].allSatisfy(\.isFinite) { return "x" }
    return nil
  }
}

/// What training needs of one noise level, computed once.
package struct NoiseLevel: Equatable, Sendable {
  package let sigma: Float
  package let embedding: SIMD2<Float>
  package let weight: Float

  package init(sigma: Float, weighting: Weighting) {
    self.sigma = sigma
    embedding = sigmaEmbedding(sigma)
    weight = weighting.weight(sigma: sigma)
  }
}
