/// Where an estimate of the clean point may be: in the data's box with a margin. A network that is far wrong at one noise
/// level would otherwise throw a sample far away, where it has learned nothing that could bring it back. Samplers of images
/// bound pixels in the same way (Ho et al. 2020).
package struct EstimateBounds: Equatable, Sendable {
  /// The corner with the least coordinates, in data units.
  package let low: Point
  /// The opposite corner.
  package let high: Point

  /// - Parameter margin: Around the box, in units of its longer side.
  package init(_ points: [Point], margin: Double) {
    let (low, high) = (points.reduce(points[0], pointwiseMin), points.reduce(points[0], pointwiseMax))
    let room = Point(repeating: Float(margin) * (high - low).max())
    (self.low, self.high) = (low - room, high + room)
  }

  /// The predictions of the noise whose estimates `x − sigma·epsilon` are within the bounds and else nearest to those
  /// given. What is not finite stays as it is.
  ///
  /// - Parameters:
  ///   - epsilon: `[B, 2]`.
  ///   - x: The noisy points, `[B, 2]`.
  ///   - acted: Becomes true for the rows that were changed, `[B]`.
  func bound(_ epsilon: [Point], x: [Point], sigma: Float, acted: inout [Bool]) -> [Point] {
    var bounded = epsilon
    for (row, (x, e)) in zip(x, epsilon).enumerated() {
      let estimate = x - sigma * e
      let nearest = estimate.clamped(lowerBound: low, upperBound: high)
      guard estimate != nearest, estimate.isFinite else { continue }
      bounded[row] = (x - nearest) / sigma
      acted[row] = true
    }
    return bounded
  }
}
