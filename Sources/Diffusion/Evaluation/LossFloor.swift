import Expect

/// The loss that the ideal denoiser would have: no network can do better on this data, so it is the floor of the running
/// loss under the same levels and weighting.
///
/// It is a mean over noise levels and noisy points of the posterior variance of the noise,
///
///     floor = E_level [ w · E_x ‖epsilonIdeal(x) − epsilon‖² ] = E_level [ w · E_x Var(epsilon | x) ],
///
/// which "Diagnosing and improving diffusion models by estimating the optimal loss value" (arXiv 2506.13763) estimates
/// for images. Here it is exact at each noisy point. It is kept as a mean for each level, so that another weighting needs
/// no new draws, is refined a few rows at a time, in the background, and can be asked at any time.
package struct LossFloor: Sendable {
  private let dataset: Dataset
  private let sigmas: [Float]
  private let labelDropout: Float
  private let ideal: IdealDenoiser
  private var random: Random
  /// Posterior variances seen at each level: how many, their sum, and the sum of their squares.
  private var counts: [Int]
  private var sums: [Double]
  private var squares: [Double]
  private var next = 0

  /// - Parameters:
  ///   - dataset: The training data.
  ///   - schedule: The levels that training draws from.
  ///   - ideal: The ideal denoiser of that data, with its classes if it has any.
  ///   - labelDropout: How often training hides the label.
  ///   - seed: Determines the draws.
  package init(_ dataset: Dataset, schedule: Schedule, ideal: IdealDenoiser, labelDropout: Double, seed: UInt64) {
    self.dataset = dataset
    self.ideal = ideal
    sigmas = schedule.sigmas
    self.labelDropout = dataset.labels == nil ? 1 : Float(labelDropout)
    random = Random(seed: seed, stream: .lossFloor)
    counts = [Int](repeating: 0, count: sigmas.count)
    sums = [Double](repeating: 0, count: sigmas.count)
    squares = sums
  }

  /// Noisy points looked at so far.
  package var draws: Int { counts.reduce(0, +) }

  /// Looks at `rows` more noisy points, the levels in turn.
  package mutating func refine(rows: Int) {
    let levels = (0..<rows).map { (next + $0) % sigmas.count }
    next = (next + rows) % sigmas.count
    let indices = levels.map { _ in random.index(below: dataset.points.count) }
    let sigma = levels.map { sigmas[$0] }
    let x = (0..<rows).map { dataset.points[indices[$0]] + sigma[$0] * random.normal() }
    var variances = [Float](repeating: 0, count: rows)
    if labelDropout > 0 {
      for (row, estimate) in ideal.estimates(x: x, sigma: sigma).enumerated() {
        variances[row] += labelDropout * estimate.variance
      }
    }
    if let labels = dataset.labels, labelDropout < 1, rows > 0 {
      let own = indices.map { Int(labels[$0]) }
      for (row, estimate) in ideal.estimates(x: x, sigma: sigma, labels: own).enumerated() {
        variances[row] += (1 - labelDropout) * estimate.variance
      }
    }
    for (level, variance) in zip(levels, variances) {
      counts[level] += 1
      sums[level] += Double(variance)
      squares[level] += Double(variance) * Double(variance)
    }
  }

  /// The floor and its standard error; nil until every level has been looked at twice.
  ///
  /// - Parameter levels: The levels of the schedule, with the weighting in use.
  package func value(_ levels: [NoiseLevel]) -> (floor: Float, standardError: Float)? {
    expect(levels.count == sigmas.count, "\(levels.count) levels, but the floor has \(sigmas.count)")
    guard counts.allSatisfy({ $0 >= 2 }) else { return nil }
    var (floor, variance) = (0.0, 0.0)
    for (level, (count, (sum, square))) in zip(levels, zip(counts, zip(sums, squares))) {
      let n = Double(count)
      let weight = Double(level.epsilonWeight) / Double(levels.count)
      floor += weight * sum / n
      variance += weight * weight * max(square - sum * sum / n, 0) / (n - 1) / n
    }
    return (Float(floor), Float(variance.squareRoot()))
  }

  /// What a network that always answers zero would score: `E_level [ w·(a²·E‖x0‖² + 2·b²) ]`, exactly.
  package static func predictingZero(_ levels: [NoiseLevel], dataset: Dataset) -> Float {
    let square = dataset.points.reduce(0.0) { $0 + Double($1.lengthSquared) } / Double(dataset.points.count)
    let sum = levels.reduce(0.0) { sum, level in
      let (a, b) = (Double(level.a), Double(level.b))
      return sum + Double(level.weight) * (a * a * square + 2 * b * b)
    }
    return Float(sum / Double(levels.count))
  }

  /// How far a loss is on the way from predicting zero to the floor: 0 at the start, 1 at the floor.
  package static func progress(loss: Float, floor: Float, zero: Float) -> Float {
    (zero - loss) / (zero - floor)
  }
}
