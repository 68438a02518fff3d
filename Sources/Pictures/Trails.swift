import Diffusion
import Plot

extension Scene {
  /// Lines through where the first samples have been so far, the longer ago the fainter.
  mutating func trails(_ points: [[Point]], count: Int, ink: Ink = .point) {
    let shown = min(count, points.first?.count ?? 0)
    let steps = points.count - 1
    guard shown > 0, steps > 0 else { return }
    let shades: [Float] = [0.25, 0.5, 0.75]
    for (part, shade) in shades.enumerated() {
      let range = part * steps / shades.count...(part + 1) * steps / shades.count
      guard range.count > 1 else { continue }
      let lines = (0..<shown).flatMap { row in points[range].map { $0[row] } + [Point(.nan, .nan)] }
      polyline(lines, ink: ink, shade: Shade(shade), name: part == shades.count - 1 ? "ways" : nil)
    }
  }
}
