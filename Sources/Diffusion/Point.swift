/// A point of the plane, in data units.
package typealias Point = SIMD2<Float>

extension Point {
  /// Squared Euclidean length.
  package var lengthSquared: Float { x * x + y * y }

  /// Whether both coordinates are finite.
  package var isFinite: Bool { x.isFinite && y.isFinite }
}
