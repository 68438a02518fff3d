import Diffusion
import Plot

/// Where a denoiser leads from each of many places: `x0Hat − x = −sigma·epsilonHat`.
package struct VectorField: Equatable, Sendable {
  /// `[B]` each, in data units.
  package let x: [Point]
  package let vectors: [Point]

  /// At given places, `[B]`, in data units.
  package init(_ x: [Point], sigma: Float, by denoiser: any Denoiser) {
    self.init(x, zip(x, denoiser.x0(x: x, sigma: sigma)).map { $1 - $0 })
  }

  /// At places all over a window, for a file.
  package init(over window: Window, columns: Int = 25, sigma: Float, by denoiser: any Denoiser) {
    let rows = max(Int((Double(columns) * window.aspect).rounded()), 1)
    let places = (0..<rows * columns).map { i in
      Point(
        Float(window.x.value(at: (Double(i % columns) + 0.5) / Double(columns))),
        Float(window.y.value(at: (Double(i / columns) + 0.5) / Double(rows))))
    }
    self.init(places, sigma: sigma, by: denoiser)
  }

  private init(_ x: [Point], _ vectors: [Point]) { (self.x, self.vectors) = (x, vectors) }

  /// How far this field's estimates are from another's; nil if it is of other places.
  package func difference(from other: VectorField) -> VectorField? {
    x == other.x ? VectorField(x, zip(vectors, other.vectors).map { $0 - $1 }) : nil
  }

  /// The mean length, in data units.
  package var meanLength: Float {
    vectors.reduce(0) { $0 + $1.lengthSquared.squareRoot() } / Float(max(vectors.count, 1))
  }
}

/// The picture of a field: an arrow at every place, bright where it leads far, and a dot where it leads nowhere.
///
/// - Parameters:
///   - spacing: From arrow to arrow, in data units: what is called far. No arrow is drawn longer.
///   - densities: To be drawn beneath, if any.
///   - mesh: Lines to be drawn beneath.
package func fieldArrows(
  of dataset: Dataset, title: String, window: Window, _ field: VectorField?, ink: Ink, spacing: Float,
  densities: Densities? = nil, mesh: [[Point]] = [], dataSize: Scene.Mark.PointSize = .small
) -> Scene {
  var scene = Scene(window, title: title)
  for line in mesh { scene.polyline(line, ink: .grid) }
  if let densities { scene.densities(densities) }
  if let field {
    let arrows = zip(field.x, field.vectors).map { (x: $0, vector: $1, length: $1.lengthSquared.squareRoot()) }
    scene.points(arrows.filter { $0.length < 0.08 * spacing }.map(\.x), ink: ink, shade: Shade(0.5))
    for (shade, range) in [(0.5, 0.08..<0.4), (0.75, 0.4..<0.8), (1, 0.8..<Float.infinity)] as [(Float, Range<Float>)] {
      let some = arrows.filter { range.contains($0.length / spacing) }
      scene.directions(
        from: some.map(\.x), to: some.map { $0.x + min(1, 0.9 * spacing / $0.length) * $0.vector }, ink: ink,
        shade: Shade(shade), name: shade == 1 ? "one step" : nil)
    }
  }
  // The density is a cloud around the data, of their ink.
  if densities == nil { scene.points(dataset.shown, size: dataSize, ink: .data, name: "data") }
  return scene
}

/// The lines of a grid in pure noise, for a flow to bend.
///
/// - Parameter sigma: The noise level; the grid reaches twice as far.
/// - Returns: Lines across and down, `[lines][points]`.
package func noiseMesh(sigma: Float, lines: Int = 9, points: Int = 65) -> [[Point]] {
  func place(_ i: Int, of count: Int) -> Float { sigma * (4 * Float(i) / Float(count - 1) - 2) }
  return (0..<lines).flatMap { line in
    let across = (0..<points).map { Point(place($0, of: points), place(line, of: lines)) }
    return [across, across.map { Point($0.y, $0.x) }]
  }
}
