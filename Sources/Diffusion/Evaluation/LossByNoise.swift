import RealModule

/// The squared error of epsilonHat in bins of equal width in log sigma: what the network has learned of each noise level,
/// and what could be learned.
///
/// The noisy points are drawn once and the ideal denoiser is asked once, so that asking the network again and again is
/// cheap and does not flicker. The error of any prediction is E‖epsilonHat − epsilonIdeal‖² above the ideal's, given the
/// point; that sum is shown, as it has less noise than the errors themselves.
package struct LossByNoise: Sendable {
  /// One bin.
  package struct Bin: Equatable, Sendable {
    /// The band of noise levels, in data units.
    package let sigma: ClosedRange<Float>
    /// Mean of ‖epsilonHat − epsilon‖² to be expected of the network; 2 is what predicting zero scores.
    package let learned: Float
    /// The same of the ideal denoiser.
    package let ideal: Float
    /// The share of the loss's weight that falls here: of the levels drawn, what their errors count.
    package var mass: Float
  }

  private let edges: [Float]
  private let perBin: Int
  private let x: [Point]
  private let sigma: [Float]
  private let labels: [Int]
  private let estimates: [IdealDenoiser.Estimate]

  /// - Parameters:
  ///   - dataset: The training data.
  ///   - schedule: Its least and greatest level bound the bins.
  ///   - ideal: The ideal denoiser of that data.
  ///   - bins: How many bins.
  ///   - perBin: Noisy points in each, their levels evenly spaced in log.
  ///   - seed: Determines the draws.
  package init(
    _ dataset: Dataset, schedule: Schedule, ideal: IdealDenoiser, bins: Int = 16, perBin: Int = 64, seed: UInt64
  ) {
    let low = Double.log(Double(schedule.sigmas[0]))
    let high = Double.log(Double(schedule.sigmas[schedule.sigmas.count - 1]))
    func sigma(_ share: Double) -> Float { Float(Double.exp(low + (high - low) * share)) }
    var random = Random(seed: seed, stream: .lossByNoise)
    let rows = bins * perBin
    let indices = (0..<rows).map { _ in random.index(below: dataset.points.count) }
    let sigmas = (0..<rows).map { sigma((Double($0) + 0.5) / Double(rows)) }
    edges = (0...bins).map { sigma(Double($0) / Double(bins)) }
    self.perBin = perBin
    self.sigma = sigmas
    x = zip(indices, sigmas).map { dataset.points[$0] + $1 * random.normal() }
    labels = dataset.labels.map { labels in indices.map { Int(labels[$0]) } } ?? []
    estimates = ideal.estimates(x: x, sigma: sigmas, labels: labels)
  }

  /// Asks a denoiser.
  ///
  /// - Parameters:
  ///   - denoiser: What has been learned; its own labels and guidance do not matter.
  ///   - levels: The levels that training draws from, with the weighting in use.
  package func bins(_ denoiser: some ConditionalDenoiser, levels: [NoiseLevel]) -> [Bin] {
    let predicted = denoiser.epsilon(x: x, sigma: sigma, labels: labels)
    let masses = masses(levels)
    return (0..<edges.count - 1).map { bin in
      let rows = bin * perBin..<(bin + 1) * perBin
      let ideal = rows.reduce(0) { $0 + estimates[$1].variance } / Float(perBin)
      let excess = rows.reduce(0) { $0 + (predicted[$1] - estimates[$1].epsilon).lengthSquared } / Float(perBin)
      return Bin(
        sigma: edges[bin]...max(edges[bin], edges[bin + 1]), learned: ideal + excess, ideal: ideal, mass: masses[bin])
    }
  }

  /// Of each bin its mass, for levels of the same schedule with any weighting.
  package func masses(_ levels: [NoiseLevel]) -> [Float] {
    var masses = [Float](repeating: 0, count: edges.count - 1)
    for level in levels {
      // The first level may lie a rounding below the first edge.
      masses[max((edges.dropLast().lastIndex { $0 <= level.sigma }) ?? 0, 0)] += level.epsilonWeight
    }
    let total = masses.reduce(0, +)
    return masses.map { $0 / total }
  }
}
