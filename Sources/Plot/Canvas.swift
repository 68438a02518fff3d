/// Something with pixels that marks are drawn on.
protocol Canvas {
  /// Pixels across and down.
  var width: Int { get }
  var height: Int { get }
  /// Height of a pixel over its width.
  var pixelAspect: Double { get }

  /// Of the marks that are drawn next.
  var shade: Shade { get set }

  mutating func lay(_ raster: Raster, _ ink: Ink, _ viewport: Viewport)
  /// Pixels may lie outside: drawing clips.
  mutating func point(_ pixel: SIMD2<Double>, _ size: Scene.Mark.PointSize, _ ink: Ink)
  mutating func symbol(_ pixel: SIMD2<Double>, _ symbol: Scene.Mark.Symbol, _ ink: Ink)
  mutating func line(_ segment: Segment, _ ink: Ink)
  mutating func arrow(_ segment: Segment, _ ink: Ink)
  /// The direction alone, in the cell of the start.
  mutating func direction(_ segment: Segment, _ ink: Ink)
  mutating func text(_ text: String, _ pixel: SIMD2<Double>, _ ink: Ink)
}

extension Canvas {
  mutating func draw(_ scene: Scene) {
    let extent = SIMD2(Double(max(width - 1, 0)), Double(max(height - 1, 0)))
    let viewport = Viewport(scene.window, extent: extent, pixelAspect: pixelAspect)
    for mark in scene.marks {
      shade = mark.shade
      switch mark.shape {
      case .points(let points, let size):
        for case let pixel? in points.lazy.map(viewport.project) { point(pixel, size, mark.ink) }
      case .symbols(let points, let kind):
        for case let pixel? in points.lazy.map(viewport.project) { symbol(pixel, kind, mark.ink) }
      case .arrows(let tails, let tips):
        for segment in segments(tails, tips, viewport) { arrow(segment, mark.ink) }
      case .directions(let tails, let tips):
        for segment in segments(tails, tips, viewport) { direction(segment, mark.ink) }
      case .polyline(let points):
        drawPolyline(points, mark.ink, viewport)
      case .raster(let raster):
        lay(raster, mark.ink, viewport)
      case .text(let string, let place):
        if let pixel = viewport.project(place) { text(string, pixel, mark.ink) }
      }
    }
  }

  private func segments(_ tails: [SIMD2<Float>], _ tips: [SIMD2<Float>], _ viewport: Viewport) -> [Segment] {
    zip(tails, tips).compactMap { tail, tip in
      guard let start = viewport.project(tail), let end = viewport.project(tip) else { return nil }
      return Segment(start, end)
    }
  }

  private mutating func drawPolyline(_ points: [SIMD2<Float>], _ ink: Ink, _ viewport: Viewport) {
    var previous: SIMD2<Double>?
    for point in points {
      let pixel = viewport.project(point)
      if let pixel {
        // A point between two gaps is a line of no length: still one pixel.
        line(Segment(previous ?? pixel, pixel), ink)
      }
      previous = pixel
    }
  }

  /// The pixel's column and row, if it is on the canvas.
  func place(_ pixel: SIMD2<Double>) -> (x: Int, y: Int)? {
    // Compared before conversion: `Int` traps on what it cannot hold.
    guard pixel.x > -0.5, pixel.y > -0.5, pixel.x < Double(width) - 0.5, pixel.y < Double(height) - 0.5 else {
      return nil
    }
    return (Int(pixel.x.rounded()), Int(pixel.y.rounded()))
  }
}

/// A straight piece of a line in pixels.
struct Segment {
  var start: SIMD2<Double>
  var end: SIMD2<Double>

  init(_ start: SIMD2<Double>, _ end: SIMD2<Double>) {
    self.start = start
    self.end = end
  }

  var delta: SIMD2<Double> { end - start }

  /// The part within a canvas of this size, if any (Liang and Barsky 1984).
  func clipped(width: Int, height: Int) -> Segment? {
    let last = SIMD2(Double(width), Double(height)) - 0.5001
    let d = delta
    var (from, to) = (0.0, 1.0)
    for axis in 0..<2 {
      if d[axis] == 0 {
        if start[axis] <= -0.5 || start[axis] > last[axis] { return nil }
        continue
      }
      let a = (-0.4999 - start[axis]) / d[axis]
      let b = (last[axis] - start[axis]) / d[axis]
      from = max(from, min(a, b))
      to = min(to, max(a, b))
    }
    return from <= to ? Segment(start + from * d, start + to * d) : nil
  }

  /// Visits its pixels from start to end, one for each step along the longer axis.
  func forEachPixel(_ visit: (_ x: Int, _ y: Int) -> Void) {
    let steps = max(abs(end.x.rounded() - start.x.rounded()), abs(end.y.rounded() - start.y.rounded()))
    for i in 0...Int(steps) {
      let p = start + (steps == 0 ? 0 : Double(i) / steps) * delta
      visit(Int(p.x.rounded()), Int(p.y.rounded()))
    }
  }

  /// The nearest of the eight compass directions as the eye sees them, each coordinate −1, 0 or 1; (0, 0) if it is too
  /// short to have one.
  func compass(pixelAspect: Double) -> (x: Int, y: Int) {
    let d = SIMD2(delta.x, delta.y * pixelAspect)
    guard max(abs(d.x), abs(d.y)) > 0.25 else { return (0, 0) }
    let tangent = 0.41421356  // Of 22.5 degrees, half of the angle between two directions.
    return (
      abs(d.x) > tangent * abs(d.y) ? (d.x > 0 ? 1 : -1) : 0,
      abs(d.y) > tangent * abs(d.x) ? (d.y > 0 ? 1 : -1) : 0
    )
  }

  /// The nearest of the four main ones; pixels are square.
  var mainDirection: (x: Int, y: Int) {
    let d = delta
    guard max(abs(d.x), abs(d.y)) > 0.25 else { return (0, 0) }
    return abs(d.x) >= abs(d.y) ? (d.x > 0 ? 1 : -1, 0) : (0, d.y > 0 ? 1 : -1)
  }
}
