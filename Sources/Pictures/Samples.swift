import Diffusion
import Plot

/// The picture of samples at one moment on their way, from so far away that the noise fits in.
///
/// - Parameters:
///   - points: The samples, `[B]`; nil before there are any.
///   - labels: The class of each, `[B]`; empty for data without classes.
///   - sigma: Their noise level.
///   - fitting: Points of which nearly all have to fit in, however far they are out.
///   - trails: Where they have been so far, `[steps][B]`; so many of them leave a trail.
///   - isLettered: Whether the samples of classes are letters, for those who see no colours; else they are dots.
package func samples(
  of dataset: Dataset, points: [Point]?, labels: [Int] = [], sigma: Float, fitting: [Point] = [],
  trails: [[Point]] = [],
  trailCount: Int = 0, title: String, isLettered: Bool = false, size: Scene.Mark.PointSize = .small,
  dataSize: Scene.Mark.PointSize = .small
) -> Scene {
  var scene = Scene(dataset.window(sigma: 2 * Double(sigma), fitting: fitting), title: title)
  scene.trails(trails, count: trailCount, ink: labels.isEmpty ? .point : .muted)
  scene.points(dataset.shown, size: dataSize, ink: .data, name: "data")
  guard let points else { return scene }
  guard !labels.isEmpty else {
    scene.points(points, size: size, ink: .point, name: "samples")
    return scene
  }
  let names = dataset.classNames
  for (turn, ink) in Ink.classes.enumerated() {
    let own = points.indices.filter { labels[$0] % Ink.classes.count == turn }
    guard !own.isEmpty else { continue }
    guard !isLettered else {
      for index in own { scene.text(letter(ofClass: turn), at: points[index], ink: ink) }
      continue
    }
    // An ink that stands for several classes has no name.
    let name = names.count <= Ink.classes.count ? "class \(names[turn])" : nil
    scene.points(own.map { points[$0] }, size: size, ink: ink, name: name)
  }
  return scene
}

/// The letter of a class, counted from 0. There are as many letters as inks, and they take turns alike.
package func letter(ofClass label: Int) -> String { String(Array("abcdefgh")[label % Ink.classes.count]) }
