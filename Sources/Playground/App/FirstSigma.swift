import Diffusion

/// The noise levels that the playground may begin at, the largest first.
private let candidates: [Float] = [0.15, 0.1, 0.07, 0.05, 0.035, 0.025, 0.018]

/// A noise level at which one denoising step already shows the data: the largest at which the best estimates land on
/// them. An estimate is the mean of where a noisy point may have come from, so that with more noise it lies between the
/// data's parts, on none of them.
///
/// - Complexity: A few million exponentials, some tens of milliseconds, once for a data set.
func firstSigma(_ dataset: Dataset) -> Double {
  // Fewer points are the same shape, and cost less.
  let few = Dataset(name: dataset.name, points: dataset.sample(atMost: 1500))
  let ideal = IdealDenoiser(few)
  let tree = PointTree(few.points)
  var random = Random(seed: 0, stream: .probes)
  let clean = few.sample(atMost: 100)
  let epsilon = random.normals(clean.count)
  let kind = tree.read { tree in
    // Between neighbours along the data an estimate is on them, too.
    let gaps = clean.map { tree.twoNearest(to: $0).second.squaredDistance.squareRoot() }.sorted()
    let gap = gaps[gaps.count / 2]
    return candidates.first { sigma in
      let estimates = ideal.x0(x: zip(clean, epsilon).map { $0 + sigma * $1 }, sigma: sigma)
      let distances = estimates.map { tree.nearest(to: $0).squaredDistance.squareRoot() }
      return distances.count { $0 < sigma / 8 + gap } * 10 >= distances.count * 7
    }
  }
  return Double(kind ?? candidates[candidates.count - 1])
}
