/// The way between a file's coordinates and the box from −1 to 1.
package struct UnitBox: Codable, Equatable, Sendable {
  /// The middle of the points' bounding box, in the file's units.
  package let center: SIMD2<Double>
  /// Half of its longer side; 1 if all points are the same.
  package let halfSide: Double

  /// - Parameter points: One or more finite points.
  package init(around points: [SIMD2<Double>]) {
    let low = points.reduce(points[0], pointwiseMin)
    let high = points.reduce(points[0], pointwiseMax)
    // Halves first: the sum and the difference of huge coordinates could overflow.
    center = low / 2 + high / 2
    let half = (high / 2 - low / 2).max()
    halfSide = half > 0 ? half : 1
  }

  /// From the file's units into the box.
  package func apply(_ point: SIMD2<Double>) -> Point { Point((point - center) / halfSide) }

  /// From the box into the file's units.
  package func invert(_ point: Point) -> SIMD2<Double> { SIMD2<Double>(point) * halfSide + center }
}
