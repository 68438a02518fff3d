import Diffusion
import Plot

/// How far from the data samples are that a sampler drew with so many evaluations of a denoiser.
package struct QualityPoint: Equatable, Sendable {
  /// By its name.
  package let sampler: String
  /// Of the denoiser, for each sample.
  package let evaluations: Int
  /// Sliced Wasserstein, in data units.
  package let distance: Float

  package init(sampler: String, evaluations: Int, distance: Float) {
    (self.sampler, self.evaluations, self.distance) = (sampler, evaluations, distance)
  }
}

/// The chart of quality against evaluations, a line for each sampler, marked by its number.
///
/// - Parameters:
///   - points: In any order.
///   - samplers: Their names; the first is number 1.
///   - best: Of each budget the least distance that the ideal denoiser comes to, or nothing.
package func qualityCurve(
  of dataset: Dataset, _ points: [QualityPoint], samplers: [String], best: [QualityPoint] = [], title: String
) -> Scene {
  func place(_ point: QualityPoint) -> SIMD2<Float> { SIMD2(Float(point.evaluations), point.distance) }
  let distances = (points + best).map { Double($0.distance) }.filter { $0.isFinite && $0 > 0 }
  let least = distances.min() ?? 0.01
  var scene = Scene(
    .chart(
      x: Axis(0.9...150, scale: .log, title: "evaluations of the network"),
      y: Axis(covering: distances + [least, 2 * least], scale: .log, title: "distance from the data")),
    title: "\(dataset.name): \(title)")
  scene.polyline(best.sorted { $0.evaluations < $1.evaluations }.map(place), ink: .ideal, name: "best of the ideal")
  for (number, name) in samplers.enumerated() {
    let own = points.filter { $0.sampler == name }.sorted { $0.evaluations < $1.evaluations }
    guard !own.isEmpty else { continue }
    scene.polyline(own.map(place), ink: .ofClass(number), name: "\(number + 1) \(name)")
    for point in own { scene.text("\(number + 1)", at: place(point), ink: .ofClass(number)) }
  }
  return scene
}
