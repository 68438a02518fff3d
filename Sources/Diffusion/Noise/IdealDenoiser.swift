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
      for (slot, row) in rows.enumerated() {
        out.initializeElement(at: slot, to: epsilon(x: x[row], sigma: sigma[row]))
      }
    }
  }

  /// The predicted noise of one point.
  package func epsilon(x: Point, sigma: Float) -> Point {
    guard x.isFinite else { return Point(repeating: .nan) }
    // Very far away only the direction matters; squares must stay finite.
    let seen = x.clamped(lowerBound: Point(repeating: -1e16), upperBound: Point(repeating: 1e16))
    let nearest = tree.nearest(to: seen)
    let offset = meanOffset(from: nearest, x: seen, sigma: sigma)
    return ((x - nearest.point) - offset) / sigma
  }

  /// The posterior mean, seen from the nearest data point p:
  ///
  ///     Σᵢ wᵢ (xᵢ − p) / Σᵢ wᵢ,   wᵢ = exp(−(‖x − xᵢ‖² − ‖x − p‖²) / (2·sigma²)) ≤ 1
  ///
  /// The greatest weight is 1 (log-sum-exp). The difference of squares is (xᵢ − p)·(2x − p − xᵢ), which keeps the digits
  /// that the squares would lose where x is much farther from the data than sigma.
  private func meanOffset(from nearest: PointTree.Neighbour, x: Point, sigma: Float) -> Point {
    let p = nearest.point
    let mirrored = 2 * x - p
    // In units of log 2. Kept finite, as zero times infinity would not be zero.
    let scale = min(1 / (2 * Float.log(2) * sigma * sigma), .greatestFiniteMagnitude)
    var bound = nearest.squaredDistance + 48 / scale
    var (weight, offsetX, offsetY) = (0.0, 0.0, 0.0)
    tree.visitLeaves(around: x, bound: &bound) { vectors, _ in
      var w = PointTree.Vector.zero
      var wx = PointTree.Vector.zero
      var wy = PointTree.Vector.zero
      for v in vectors {
        let dx = tree.xs[v] - p.x
        let dy = tree.ys[v] - p.y
        let e = exp2((dx * (mirrored.x - tree.xs[v]) + dy * (mirrored.y - tree.ys[v])) * scale)
        w += e
        wx += e * dx
        wy += e * dy
      }
      // A leaf at a time in single precision, the leaves in double: a million small weights still count.
      weight += Double(w.sum())
      offsetX += Double(wx.sum())
      offsetY += Double(wy.sum())
    }
    return Point(Float(offsetX / weight), Float(offsetY / weight))
  }
}

/// 2ˣ of sixteen numbers for x ≤ 126, with a relative error below 2e-7; 2⁻¹²⁶ below that.
///
/// The integer part goes into the exponent; the rest, in −½...½, into a polynomial of degree 5 (minimax fit, error 9e-8).
@inline(__always)
func exp2(_ x: SIMD16<Float>) -> SIMD16<Float> {
  // Adding 1.5·2²³ leaves no bits for a fraction: it rounds, and the integer stands in the lowest bits.
  let rounder: Float = 0x1.8p23
  let x = pointwiseMax(x, SIMD16(repeating: -126))
  let shifted = x + rounder
  let r = x - (shifted - rounder)
  var power = r * 0.001_326_472_4 + 0.009_671_513
  power = power * r + 0.055_507_336
  power = power * r + 0.240_222_42
  power = power * r + 0.693_147
  power = power * r + 1
  let exponent = unsafeBitCast(shifted, to: SIMD16<UInt32>.self) &<< 23
  return unsafeBitCast(unsafeBitCast(power, to: SIMD16<UInt32>.self) &+ exponent, to: SIMD16<Float>.self)
}
