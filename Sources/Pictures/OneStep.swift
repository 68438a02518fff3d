import Diffusion
import Plot

/// Where a denoiser thinks that noisy points came from.
package struct Estimates: Equatable, Sendable {
  /// The noisy points, `[B]`, all of one noise level.
  package let x: [Point]
  /// The estimates `x − sigma·epsilonHat`, `[B]`.
  package let x0: [Point]

  /// Asks the denoiser, which takes as long as it takes.
  package init(of x: [Point], sigma: Float, by denoiser: any Denoiser) {
    self.x = x
    x0 = denoiser.x0(x: x, sigma: sigma)
  }
}

/// Whose answers a picture shows.
package enum Comparison: CaseIterable, Sendable {
  /// The network's; the network's and where the ideal's are; the ideal's; from the ideal's to the network's.
  case learned, both, ideal, difference

  /// Whether the network has to be asked.
  package var showsLearned: Bool { self != .ideal }
  /// Whether the ideal denoiser has to be asked.
  package var showsIdeal: Bool { self != .learned }
}

/// The picture of one denoising step at one noise level: noisy points, and arrows from them to where they may have come
/// from. Arrows lie beneath the data, which so stay whole.
///
/// - Parameters:
///   - window: What is shown of the plane.
///   - noisy: The noisy points, `[B]`.
///   - learned: What the network makes of them; nil for nothing.
///   - ideal: What the ideal denoiser makes of them.
package func oneStep(
  of dataset: Dataset, sigma: Double, window: Window, noisy: [Point], learned: Estimates?, ideal: Estimates?,
  comparison: Comparison = .learned, dataSize: Scene.Mark.PointSize = .small
) -> Scene {
  var scene = Scene(
    window, title: "\(dataset.name): one denoising step, sigma = \(sigma.formatted(significant: 3))")
  let learned = comparison.showsLearned ? learned : nil
  let ideal = comparison.showsIdeal ? ideal : nil
  switch comparison {
  case .learned, .both:
    let name = ideal == nil ? "estimate" : "learned estimate"
    if let learned { scene.arrows(from: learned.x, to: learned.x0, ink: .arrow, name: name) }
  case .ideal: if let ideal { scene.arrows(from: ideal.x, to: ideal.x0, ink: .ideal) }
  case .difference:
    // Of one noise level and the same points, or it would be no difference.
    if let learned, let ideal, learned.x == ideal.x {
      scene.arrows(from: ideal.x0, to: learned.x0, ink: .arrow, name: "to the learned")
    }
  }
  scene.points(dataset.shown, size: dataSize, ink: .data, name: "data")
  if comparison != .difference { scene.symbols(noisy, .disc, ink: .point, name: "noisy") }
  // Where its own arrows end, these say so.
  if let ideal, comparison != .ideal { scene.symbols(ideal.x0, .cross, ink: .ideal, name: "ideal") }
  scene.scale(Float(sigma), "sigma")
  return scene
}

extension Scene {
  /// A line of a length in data units with its name, in the corner.
  fileprivate mutating func scale(_ length: Float, _ name: String) {
    let (x, y) = (window.x.range, window.y.range)
    let start = SIMD2(
      Float(x.lowerBound + 0.03 * (x.upperBound - x.lowerBound)),
      Float(y.lowerBound + 0.03 * (y.upperBound - y.lowerBound)))
    polyline([start, start + SIMD2(length, 0)], ink: .muted)
    text(name, at: start + SIMD2(length + 0.045 * Float(x.upperBound - x.lowerBound), 0), ink: .muted)
  }
}
