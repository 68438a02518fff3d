import Plot
import Testing

/// The Swiss roll's shape, for pictures: a circle would not show a mirrored axis. Literal, so that no library's sine
/// decides a golden.
let comma: [SIMD2<Float>] = [
  [0, 0.9], [-0.35, 0.83], [-0.64, 0.64], [-0.83, 0.34], [-0.9, 0], [-0.83, -0.34], [-0.64, -0.64], [-0.34, -0.83],
  [0, -0.9], [0.34, -0.83], [0.64, -0.64], [0.6, -0.2], [0.3, 0], [0, 0.1],
]

/// Eight arrows of this length from a ring outward, east first and then counter-clockwise.
func star(length: Float) -> Scene {
  var scene = Scene(.plane(radius: 1))
  let h = Float(0.5).squareRoot()
  let directions: [SIMD2<Float>] = [[1, 0], [h, h], [0, 1], [-h, h], [-1, 0], [-h, -h], [0, -1], [h, -h]]
  scene.arrows(from: directions.map { $0 * 0.5 }, to: directions.map { $0 * (0.5 + length) }, ink: .arrow)
  return scene
}

func picture(_ glyphs: Glyphs, _ scene: Scene, columns: Int = 24, rows: Int = 12) -> String {
  glyphs.renderer.render(scene, columns: columns, rows: rows).lines.joined(separator: "\n")
}
