import Diffusion
import Plot

extension Scene {
  /// Lines through where so many of the samples have been so far, the longer ago the fainter.
  mutating func trails(_ points: [[Point]], count: Int, ink: Ink = .point) {
    let rows = points.first.map { spread($0, count: count) } ?? []
    let steps = points.count - 1
    guard !rows.isEmpty, steps > 0 else { return }
    // Of the 256 colours the only dark orange is a red.
    let shades: [Float] = [0.5, 0.75]
    for (part, shade) in shades.enumerated() {
      let range = part * steps / shades.count...(part + 1) * steps / shades.count
      guard range.count > 1 else { continue }
      let lines = rows.flatMap { row in points[range].map { $0[row] } + [Point(.nan, .nan)] }
      polyline(lines, ink: ink, shade: Shade(shade), name: part == shades.count - 1 ? "ways" : nil)
    }
  }
}

/// So many of the points, in directions from their middle that are about equally far apart.
private func spread(_ points: [Point], count: Int) -> [Int] {
  guard count < points.count else { return Array(points.indices) }
  let middle = points.reduce(.zero, +) / Float(max(points.count, 1))
  let turns = points.map { turn($0 - middle) }
  let rows = points.indices.sorted { (turns[$0], $0) < (turns[$1], $1) }
  return (0..<max(count, 0)).map { rows[$0 * rows.count / count] }
}

/// What grows with the angle of a direction, from -2 to 2.
private func turn(_ way: Point) -> Float {
  let share = way.x / max(abs(way.x) + abs(way.y), .leastNormalMagnitude)
  return way.y < 0 ? share - 1 : 1 - share
}
