import Diffusion
import Plot

/// The picture of the ways that samples take from pure noise to the data.
///
/// - Parameters:
///   - states: Where the samples were at each noise level, `[steps + 1][B]`; one or more.
///   - labels: The class of each, `[B]`; empty for data without classes.
package func trails(of dataset: Dataset, states: [[Point]], labels: [Int] = [], title: String) -> Scene {
  let farthest = states[0].reduce(0) { max($0, abs($1.x), abs($1.y)) }
  // Most begin within, the outermost come from outside.
  var scene = Scene(.plane(radius: max(1.3, min(0.4 * farthest, 1e6))), title: title)
  scene.points(dataset.shown, ink: .data, name: "data")
  let ends = states[states.count - 1]
  func draw(_ some: [Int], _ ink: Ink, _ name: String?) {
    // One line with a gap after each way.
    scene.polyline(some.flatMap { i in states.map { $0[i] } + [Point(.nan, .nan)] }, ink: ink)
    scene.points(some.map { ends[$0] }, size: .large, ink: ink, name: name)
  }
  guard !labels.isEmpty else {
    draw(Array(ends.indices), .point, "samples")
    return scene
  }
  for (turn, ink) in Ink.classes.enumerated() {
    let own = ends.indices.filter { labels[$0] % Ink.classes.count == turn }
    if !own.isEmpty {
      draw(own, ink, dataset.classNames.count <= Ink.classes.count ? "class \(dataset.classNames[turn])" : nil)
    }
  }
  return scene
}
