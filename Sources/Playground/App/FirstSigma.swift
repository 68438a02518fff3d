import Diffusion

/// The noise levels that the playground may begin at, the smallest first.
private let candidates: [Float] = [0.018, 0.025, 0.035, 0.05, 0.07, 0.1]

/// A noise level at which one denoising step already shows the data: the largest up to which the best estimates land on
/// them. An estimate is the mean of where a noisy point may have come from, so that with more noise it lies between the
/// data's parts, on none of them. Where parts are small and many, as the letters of a long word are, the estimates of
/// much more noise are somewhere on the data again, but on no part that one could tell.
///
/// - Complexity: A million exponentials, some ten milliseconds, once for a data set.
func firstSigma(_ dataset: Dataset) -> Double {
  // Fewer points are the same shape, and cost less. Copies would hide how far apart they are.
  let few = dataset.points.sample(atMost: 1500)
  let ideal = IdealDenoiser(points: few)
  var seen: Set<Point> = []
  let tree = PointTree(few.filter { seen.insert($0).inserted })
  var random = Random(seed: 0, stream: .probes)
  let clean = few.sample(atMost: 100)
  let epsilon = random.normals(clean.count)
  let kind = tree.read { tree in
    // Between neighbours along the data an estimate is on them, too.
    let gap = median(clean.map { tree.twoNearest(to: $0).second.squaredDistance.squareRoot() })
    return candidates.prefix(while: { sigma in
      let estimates = ideal.x0(x: zip(clean, epsilon).map { $0 + sigma * $1 }, sigma: sigma)
      let distances = estimates.map { tree.nearest(to: $0).squaredDistance.squareRoot() }
      return distances.count { $0 <= sigma / 5 + gap } * 10 >= distances.count * 7
    }).last
  }
  return Double(kind ?? candidates[0])
}

private func median(_ values: [Float]) -> Float { values.sorted()[values.count / 2] }
