/// A point of the plane, in data units.
package typealias Point = SIMD2<Float>

extension Point {
  /// Squared Euclidean length.
  package var lengthSquared: Float { x * x + y * y }

  /// Whether both coordinates are finite.
  package var isFinite: Bool { x.isFinite && y.isFinite }

  /// The same, or for a point very far away one in about that direction, whose squares are finite.
  var withFiniteSquare: Point { clamped(lowerBound: Point(repeating: -1e16), upperBound: Point(repeating: 1e16)) }
}
