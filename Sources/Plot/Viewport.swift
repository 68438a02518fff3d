/// The part of the plane that a picture shows.
package struct Window: Equatable, Sendable {
  package let x: Axis
  package let y: Axis
  /// Whether a unit of x is drawn as long as a unit of y.
  package let isSquare: Bool

  /// A part of the data plane: at least `radius` in every direction from the centre, more where the picture is wider
  /// than it is high or the reverse.
  package static func plane(center: SIMD2<Float> = .zero, radius: Float) -> Window {
    let (x, y, r) = (Double(center.x), Double(center.y), Double(radius))
    return Window(x: Axis(x - r...x + r), y: Axis(y - r...y + r), isSquare: true)
  }

  /// The part of the data plane that holds these points and a margin around them. Where they lie on a line or in a place
  /// it is a quarter as high as wide, or the reverse, and never empty.
  ///
  /// - Parameters:
  ///   - points: One or more finite points.
  ///   - margin: In data units.
  package static func plane(fitting points: [SIMD2<Float>], margin: Float) -> Window {
    let low = points.reduce(points[0], pointwiseMin)
    let high = points.reduce(points[0], pointwiseMax)
    let halves = SIMD2<Double>(high - low) / 2 + Double(margin)
    let sides = pointwiseMax(halves, SIMD2(repeating: max(halves.max() / 4, 1e-3)))
    let center = SIMD2<Double>(low + high) / 2
    return Window(
      x: Axis(center.x - sides.x...center.x + sides.x), y: Axis(center.y - sides.y...center.y + sides.y),
      isSquare: true)
  }

  /// Height over width, in units of the data.
  package var aspect: Double {
    (y.range.upperBound - y.range.lowerBound) / (x.range.upperBound - x.range.lowerBound)
  }

  /// The height of a cell, which is half as wide, in a picture of so many that shows it whole, in units of the data.
  package func cellHeight(columns: Int, rows: Int) -> Double {
    let width = x.range.upperBound - x.range.lowerBound
    return max(width * aspect / Double(max(rows, 1)), 2 * width / Double(max(columns, 1)))
  }

  /// Whether a point is within both axes.
  package func contains(_ point: SIMD2<Float>) -> Bool {
    x.range.contains(Double(point.x)) && y.range.contains(Double(point.y))
  }

  /// A chart: each axis fills the picture, on its own scale.
  package static func chart(x: Axis, y: Axis) -> Window {
    Window(x: x, y: y, isSquare: false)
  }
}

/// Where the data of a window lands in a picture: data → unit square → pixels.
///
/// Pixels count from the top left, y downward; (0, 0) is the middle of the first one and `extent` the middle of the last.
package struct Viewport: Equatable, Sendable {
  private let window: Window
  private let scale: SIMD2<Double>
  private let origin: SIMD2<Double>

  /// - Parameters:
  ///   - window: What is shown.
  ///   - extent: Distance from the first to the last pixel, across and down.
  ///   - pixelAspect: Height of a pixel over its width: 1 for a braille dot, 2 for a whole character cell.
  package init(_ window: Window, extent: SIMD2<Double>, pixelAspect: Double = 1) {
    self.window = window
    guard window.isSquare else {
      scale = extent
      origin = SIMD2(0, extent.y)
      return
    }
    let width = window.x.range.upperBound - window.x.range.lowerBound
    let height = window.y.range.upperBound - window.y.range.lowerBound
    let pixelsPerUnit = min(extent.x / width, pixelAspect * extent.y / height)
    scale = SIMD2(width * pixelsPerUnit, height * pixelsPerUnit / pixelAspect)
    origin = SIMD2(extent.x - scale.x, extent.y + scale.y) / 2
  }

  /// The pixel of a point of the data, which may lie outside the picture; nil for what has no place in the window: NaN,
  /// infinities, and what is not positive on a log axis.
  package func project(_ point: SIMD2<Float>) -> SIMD2<Double>? {
    guard let x = window.x.position(of: Double(point.x)), let y = window.y.position(of: Double(point.y)) else {
      return nil
    }
    return SIMD2(origin.x + x * scale.x, origin.y - y * scale.y)
  }

  /// The point of the data at a pixel, the reverse of `project`; nil where a picture of no extent has no such point.
  package func unproject(_ pixel: SIMD2<Double>) -> SIMD2<Float>? {
    guard scale.x > 0, scale.y > 0 else { return nil }
    let (x, y) = (
      window.x.value(at: (pixel.x - origin.x) / scale.x), window.y.value(at: (origin.y - pixel.y) / scale.y)
    )
    return SIMD2(Float(x), Float(y))
  }
}
