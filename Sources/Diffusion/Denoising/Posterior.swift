import RealModule

/// Which data points a noisy point may have come from.
package struct Posterior: Equatable, Sendable {
  /// The likeliest data points, the first the most, and their probabilities.
  package let points: [Point]
  /// `[K]`, in descending order; of all points they sum to 1.
  package let weights: [Double]
}

extension IdealDenoiser {
  /// The data points that a noisy point most likely came from, with their probabilities under the posterior
  ///
  ///     wᵢ = exp(−‖x − xᵢ‖² / (2·sigma²)) / Σⱼ exp(−‖x − xⱼ‖² / (2·sigma²))
  ///
  /// - Parameters:
  ///   - x: A noisy point.
  ///   - sigma: Its noise level, positive.
  ///   - share: So much probability together is enough, below 1.
  ///   - count: At most so many.
  /// - Complexity: O(N) where sigma is as large as the data, and much less where it is small.
  package func posterior(x: Point, sigma: Float, share: Double = 0.95, atMost count: Int = 512) -> Posterior {
    guard x.isFinite else { return Posterior(points: [], weights: []) }
    let seen = x.withFiniteSquare
    let scale = 1 / (2 * Double(sigma) * Double(sigma))
    var likely: [(weight: Double, point: Point)] = []
    all.read { tree in
      let nearest = Double(tree.nearest(to: seen).squaredDistance)
      // Beyond this a weight is less than e⁻³³ of the greatest.
      var bound = Float(min(nearest + 33 / scale, 1e34))
      tree.visitLeaves(around: seen, bound: &bound) { leaf, _ in
        for place in leaf {
          let point = Point(tree.xs[place], tree.ys[place])
          let square = Double((point - seen).lengthSquared)
          if square <= nearest + 33 / scale { likely.append((.exp((nearest - square) * scale), point)) }
        }
      }
    }
    let sum = likely.reduce(0) { $0 + $1.weight }
    likely.sort { $0.weight > $1.weight }
    var (covered, enough) = (0.0, 0)
    while enough < min(count, likely.count), covered < share * sum {
      covered += likely[enough].weight
      enough += 1
    }
    let chosen = likely.prefix(enough)
    return Posterior(points: chosen.map(\.point), weights: chosen.map { $0.weight / sum })
  }
}
