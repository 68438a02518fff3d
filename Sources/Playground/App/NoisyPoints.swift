import Diffusion
import Pictures
import Plot

/// Clean points and their noise: the same from frame to frame, so that another sigma moves every point along its own
/// line.
package struct NoisyPoints: Sendable {
  private static let count = 384
  /// Where so few arrows are long, short ones are shown, too.
  private static let few = 12

  /// How many points a picture has room for.
  package struct Density: Equatable, Sendable {
    /// At most so many.
    package var count = 60
    /// Of an arrow that can be seen to be one, in data units.
    package let length: Float
    /// From arrow to arrow, in data units.
    package let clearance: Float

    /// - Parameter row: The height of a row of cells, in data units; a picture has so many `rows`.
    package init(row: Float, rows: Int) {
      length = 1.3 * row
      clearance = row * max(1.5, Float(rows) / 24)
    }
  }

  /// `[384]` each.
  package let x0: [Point]
  package let epsilon: [Point]
  /// Fewer of the data, which are the same shape.
  private let outline: [Point]
  /// Of the box around all.
  private let corners: [Point]
  private let ideal: IdealDenoiser

  /// Drawn once for a data set, always the same.
  package init(of dataset: Dataset) {
    var random = Random(seed: 0, stream: .probes)
    x0 = (0..<NoisyPoints.count).map { _ in dataset.points[random.index(below: dataset.points.count)] }
    epsilon = random.normals(NoisyPoints.count)
    outline = dataset.points.sample(atMost: 400)
    corners = dataset.corners
    var ideal = IdealDenoiser(points: outline)
    ideal.isParallel = false
    self.ideal = ideal
  }

  /// The part of the plane to look at.
  package func window(sigma: Double) -> Window { .plane(around: corners, sigma: sigma) }

  /// `x = x0 + sigma·epsilon`, `[384]`.
  package func all(sigma: Double) -> [Point] { zip(x0, epsilon).map { $0 + Float(sigma) * $1 } }

  /// Noisy points to be shown: within the window, beside the data rather than on them, and so
  /// far from each other that their arrows to the clean points keep clear. Those with arrows long enough to be seen as
  /// such come first. The choice depends on nothing that is learned.
  package func points(_ density: Density, sigma: Double) -> [Point] {
    let (length, clearance) = (density.length, density.clearance)
    let window = window(sigma: sigma)
    let all = all(sigma: sigma).filter(window.contains)
    let arrows = zip(all, ideal.x0(x: all, sigma: Float(sigma))).map(Line.init)
    // With little noise all are on the data.
    let least = min(0.7 * clearance, Float(sigma))
    var chosen: [Line] = []
    func choose(_ count: Int, isLong: Bool) {
      for arrow in arrows where (arrow.length >= length) == isLong {
        guard chosen.count < count else { return }
        guard outline.allSatisfy({ ($0 - arrow.start).lengthSquared > least * least }),
          chosen.allSatisfy({ arrow.isClear(of: $0, by: clearance) })
        else { continue }
        chosen.append(arrow)
      }
    }
    choose(density.count, isLong: true)
    choose(min(density.count, NoisyPoints.few), isLong: false)
    return chosen.map(\.start)
  }
}

/// From a noisy point to a clean one.
private struct Line {
  let start: Point
  let end: Point

  init(_ start: Point, _ end: Point) { (self.start, self.end) = (start, end) }

  var length: Float { (end - start).lengthSquared.squareRoot() }

  func isClear(of other: Line, by clearance: Float) -> Bool {
    let square = clearance * clearance
    return squaredDistance(to: other.start) > square && other.squaredDistance(to: start) > square
      && part.squaredDistance(to: other.part.end) > square && other.part.squaredDistance(to: part.end) > square
      && !part.crosses(other.part)
  }

  /// Its first part: what follows may meet others, as where there is much noise all point to the same place.
  private var part: Line { Line(start, start + 0.6 * (end - start)) }

  private func squaredDistance(to point: Point) -> Float {
    let d = end - start
    let share = d.lengthSquared == 0 ? 0 : ((point - start) * d).sum() / d.lengthSquared
    return (point - start - min(max(share, 0), 1) * d).lengthSquared
  }

  private func crosses(_ other: Line) -> Bool {
    func side(_ a: Point, _ b: Point, _ c: Point) -> Float { (b.x - a.x) * (c.y - a.y) - (b.y - a.y) * (c.x - a.x) }
    return side(start, end, other.start) * side(start, end, other.end) < 0
      && side(other.start, other.end, start) * side(other.start, other.end, end) < 0
  }
}
