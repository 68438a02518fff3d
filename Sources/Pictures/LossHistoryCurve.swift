import Diffusion
import Plot

/// The picture of the smoothed loss that a run keeps.
///
/// - Parameters:
///   - history: Of the run.
///   - step: The run's; the history may begin later than it.
///   - data: What is learned.
package func lossCurve(_ history: LossHistory, atStep step: Int, of data: String) -> Scene {
  let first = step - history.count
  let points = history.values.enumerated().map {
    SIMD2(Float(first + ($0 + 1) * history.stride), Float($1))
  }
  let positive = history.values.filter { $0 > 0 && $0.isFinite }
  let isWide = (positive.max() ?? 1) >= 5 * (positive.min() ?? 1)
  let x = Axis(covering: [Double(first), Double(max(step, first + 1))], title: "training step")
  let y = Axis(covering: positive.isEmpty ? [1] : positive, scale: isWide ? .log : .linear, title: "loss")
  var scene = Scene(.chart(x: x, y: y), title: "Smoothed loss on \(data)")
  scene.polyline(points, ink: .curve)
  return scene
}
