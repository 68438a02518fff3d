import RealModule

/// How good a set of samples is, in numbers that a person can follow while they change.
package struct SampleQuality: Equatable, Sendable {
  /// Sliced Wasserstein-1 distance to the data, in data units: the mean over 32 directions of how far mass has to be
  /// moved along each (Bonneel et al. 2015).
  package let slicedWasserstein: Float
  /// Distance from a sample to the nearest data point, in data units: its mean, and what 95 % stay below.
  package let meanDistance: Float
  /// In data units; 95 % of samples are nearer to the data.
  package let distance95: Float
  /// The share of data points with a sample as near as their fifth nearest neighbour (Naeem et al. 2020, "Reliable
  /// fidelity and diversity metrics"); 0.97 for as many draws from the data's own distribution.
  package let coverage: Float
  /// The share of samples that are copies: at most a third as far from the nearest data point as from the second (Yoon
  /// et al. 2023, "Diffusion probabilistic models generalize when they fail to memorize"). It means little by itself
  /// where data points lie denser than the last noise level: compare it with the ideal denoiser's, which,
  /// unguided, only copies.
  package let copies: Float
  /// Samples that are not finite; they are left out of the rest, which is NaN if there are no others.
  package let lost: Int
}

/// What the data has to be asked only once to judge samples of it.
package struct QualityMeter: Sendable {
  private static let directions: [Point] = (0..<32).map {
    let angle = Float.pi * (Float($0) + 0.5) / 32
    return Point(.cos(angle), .sin(angle))
  }
  /// More data points than this would not change a distance by more than the draw of the samples does.
  private static let mostProjected = 20_000
  private static let neighbours = 5

  /// The data, each point once: the second nearest is never the nearest again.
  private let tree: PointTree
  /// For each direction the data's projections, sorted: its quantiles.
  private let quantiles: [[Float]]
  /// As many data points as there will be samples, and the squared distance to the fifth neighbour among them.
  private let references: [Point]
  private let radii: [Float]

  /// - Parameters:
  ///   - points: The data, `[N, 2]`.
  ///   - count: How many samples there will be at a time, about.
  ///   - seed: Determines which data points stand for all in coverage.
  package init(_ points: [Point], count: Int, seed: UInt64) {
    var seen = Set<Point>()
    tree = PointTree(points.filter { seen.insert($0).inserted })
    let projected = points.sample(atMost: Self.mostProjected)
    quantiles = Self.directions.map { direction in projected.map { ($0 * direction).sum() }.sorted() }
    var random = Random(seed: seed, stream: .coverage)
    let references = Array(random.draw(min(max(count, 1), points.count), of: points).drawn)
    self.references = references
    radii = references.map { Self.squaredRadius(around: $0, in: references) }
  }

  /// The squared distance to the fifth nearest neighbour, or to the farthest if there are fewer.
  private static func squaredRadius(around x: Point, in points: [Point]) -> Float {
    // One more, as the point itself is among them.
    var nearest = [Float](repeating: .infinity, count: neighbours + 1)
    for point in points {
      let square = (point - x).lengthSquared
      guard square < nearest[neighbours] else { continue }
      var rank = neighbours
      while rank > 0 && square < nearest[rank - 1] {
        nearest[rank] = nearest[rank - 1]
        rank -= 1
      }
      nearest[rank] = square
    }
    return nearest.last { $0 < .infinity } ?? 0
  }

  /// Judges samples, `[B, 2]`.
  ///
  /// - Complexity: O(B·log B + M·log B) for M reference points: some milliseconds for 2,000 samples.
  package func measure(_ samples: [Point]) -> SampleQuality {
    let finite = samples.filter(\.isFinite).map(\.withFiniteSquare)
    guard !finite.isEmpty else {
      return SampleQuality(
        slicedWasserstein: .nan, meanDistance: .nan, distance95: .nan, coverage: .nan, copies: .nan,
        lost: samples.count)
    }
    var (distances, copies) = ([Float](), 0)
    tree.read { tree in
      for x in finite {
        let (first, second) = tree.twoNearest(to: x)
        distances.append(first.squaredDistance.squareRoot())
        if first.squaredDistance <= second.squaredDistance / 9 { copies += 1 }
      }
    }
    distances.sort()
    let covered = PointTree(finite).read { samples in
      zip(references, radii).count { samples.nearest(to: $0).squaredDistance <= $1 }
    }
    let count = Float(finite.count)
    return SampleQuality(
      slicedWasserstein: slicedWasserstein(finite), meanDistance: distances.reduce(0, +) / count,
      distance95: distances[min(Int(0.95 * count), finite.count - 1)],
      coverage: Float(covered) / Float(references.count), copies: Float(copies) / count,
      lost: samples.count - finite.count)
  }

  /// ∫ |F⁻¹(u) − G⁻¹(u)| du in each direction, at as many u as there are samples.
  private func slicedWasserstein(_ samples: [Point]) -> Float {
    var sum = 0.0
    for (direction, quantiles) in zip(Self.directions, quantiles) {
      let projected = samples.map { ($0 * direction).sum() }.sorted()
      for (rank, value) in projected.enumerated() {
        let place = (Float(rank) + 0.5) / Float(projected.count) * Float(quantiles.count) - 0.5
        let low = min(max(Int(place.rounded(.down)), 0), quantiles.count - 1)
        let high = min(low + 1, quantiles.count - 1)
        let share = min(max(place - Float(low), 0), 1)
        sum += Double(abs(value - (quantiles[low] + share * (quantiles[high] - quantiles[low]))))
      }
    }
    return Float(sum / Double(samples.count * quantiles.count))
  }
}
