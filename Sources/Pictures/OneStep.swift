import Diffusion
import Plot

/// Where a denoiser thinks that noisy points came from.
package struct Estimates: Equatable, Sendable {
  /// The noisy points, `[B]`, all of one noise level.
  package let x: [Point]
  /// The estimates `x − sigma·epsilonHat`, `[B]`.
  package let x0: [Point]

  package init(of x: [Point], sigma: Float, by denoiser: any Denoiser) {
    self.x = x
    x0 = denoiser.x0(x: x, sigma: sigma)
  }
}

/// The picture of one denoising step at one noise level. The window holds all the noisy points.
///
/// - Parameters:
///   - noisy: The noisy points, `[B]`.
///   - learned: What the network makes of them, of as many as have an arrow; nil for no arrows.
///   - ideal: What the ideal denoiser makes of them.
package func oneStep(
  of dataset: Dataset, sigma: Double, noisy: [Point], learned: Estimates?, ideal: Estimates?,
  dataSize: Scene.Mark.PointSize = .small
) -> Scene {
  let farthest = noisy.reduce(0) { max($0, abs($1.x), abs($1.y)) }
  var scene = Scene(
    .plane(radius: max(1.3, 1.03 * farthest)),
    title: "\(dataset.name): one denoising step, sigma = \(sigma.formatted(significant: 3))")
  scene.points(dataset.shown, size: dataSize, ink: .data, name: "data")
  // An answer may be older than the last change of sigma, and have more points.
  func arrows(_ estimates: Estimates, _ ink: Ink, _ name: String) {
    scene.arrows(
      from: Array(estimates.x.prefix(noisy.count)), to: Array(estimates.x0.prefix(noisy.count)), ink: ink, name: name)
  }
  // Where both point to the same place, the learned arrow is the one to be seen.
  if let ideal { arrows(ideal, .ideal, "ideal") }
  if let learned { arrows(learned, .arrow, "estimate") }
  scene.points(noisy, size: .large, ink: .point, name: "noisy")
  return scene
}

extension Dataset {
  /// As many points as a picture can show: more than the finest has dots along the curve would only cost time.
  package var shown: [Point] { sample(atMost: 4096) }
}
