import CKernels
import RealModule

/// The best possible denoiser of an empirical data distribution: the posterior mean of the clean point.
///
///     E[x0 | x] = Σᵢ wᵢ xᵢ,   w = softmax(−‖x − xᵢ‖² / (2·sigma²)),   epsilonHat = (x − E[x0 | x]) / sigma
///
/// No network can have a smaller mean squared error over this data, so its loss is the floor of every loss. Data points
/// whose weights are less than 2⁻⁴⁸ of the greatest are left out: a million of them change the mean by less than 10⁻⁸ of
/// their distance.
///
/// Equation: Karras et al. 2022, "Elucidating the design space of diffusion-based generative models", appendix B.3.
package struct IdealDenoiser: Denoiser {
  /// The data.
  package let tree: PointTree
  /// Whether to use all cores. The result is the same.
  package var isParallel = true

  /// - Complexity: O(N·log N).
  package init(points: [Point]) {
    tree = PointTree(points)
  }

  /// - Complexity: O(B·N) where sigma is as large as the data, and much less where it is small; no memory beyond the
  ///   result.
  package func epsilon(x: [Point], sigma: [Float]) -> [Point] {
    precondition(x.count == sigma.count, "x is [\(x.count), 2] but sigma is [\(sigma.count)]")
    return parallelMap(x.count, chunk: 16, parallel: isParallel) { rows, out in
      tree.read { tree in
        for (slot, row) in rows.enumerated() {
          out.initializeElement(at: slot, to: epsilon(tree, x: x[row], sigma: sigma[row]))
        }
      }
    }
  }

  private func epsilon(_ tree: PointTree.Reader, x: Point, sigma: Float) -> Point {
    guard x.isFinite else { return Point(repeating: .nan) }
    // Very far away only the direction matters; squares must stay finite.
    let seen = x.clamped(lowerBound: Point(repeating: -1e16), upperBound: Point(repeating: 1e16))
    let nearest = tree.nearest(to: seen)
    return ((x - nearest.point) - meanOffset(tree, from: nearest, x: seen, sigma: sigma)) / sigma
  }

  /// The posterior mean, seen from the nearest data point p:
  ///
  ///     Σᵢ wᵢ (xᵢ − p) / Σᵢ wᵢ,   wᵢ = exp(−(‖x − xᵢ‖² − ‖x − p‖²) / (2·sigma²)) ≤ 1
  ///
  /// The greatest weight is 1 (log-sum-exp), and weights too small for single precision are zero beside it.
  private func meanOffset(_ tree: PointTree.Reader, from nearest: PointTree.Neighbour, x: Point, sigma: Float) -> Point
  {
    let p = nearest.point
    // In units of log 2. Kept finite, as zero times infinity would not be zero.
    let scale = min(1 / (2 * Float.log(2) * sigma * sigma), .greatestFiniteMagnitude)
    var bound = nearest.squaredDistance + 48 / scale
    // A leaf at a time in single precision, the leaves in double: a million small weights still count.
    var sums = kernel_sums()
    tree.visitLeaves(around: x, bound: &bound) { leaf, _ in
      kernel_posterior(
        tree.xs.baseAddress, tree.ys.baseAddress, leaf.lowerBound, leaf.upperBound, x.x, x.y, p.x, p.y, scale, &sums)
    }
    return Point(Float(sums.x / sums.weight), Float(sums.y / sums.weight))
  }
}
