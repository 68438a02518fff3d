import Plot

/// The picture of a training run's loss: each step's, and its moving average.
///
/// - Parameter losses: Of each step, the first first, `[N]`.
/// - Returns: A chart on a log axis if the average fell by a factor of 5 or more, else on a linear one.
package func lossCurve(_ losses: [Double], after first: Int = 0, of data: String? = nil) -> Scene {
  // The seed program's own windows where its runs are drawn: 50 for 400 steps, 800 for 20,000.
  let window = min(max(losses.count / 25, min(losses.count / 8, 50), 1), 800)
  let average = movingAverage(losses, window: window)
  // An average belongs to the middle of its window. The first windows are short and would wander: they are left out.
  let smooth = (window - 1..<max(losses.count, window - 1)).map { i in
    SIMD2(Float(first + i + 1) - Float(window - 1) / 2, Float(average[i]))
  }
  let smallest = smooth.map(\.y).filter { $0 > 0 }.min() ?? 1
  let largest = smooth.map(\.y).filter(\.isFinite).max() ?? 1
  let scale: Axis.Scale = largest >= 5 * smallest ? .log : .linear

  let step = Axis(covering: [Double(first), Double(first + losses.count)], title: "training step")
  let loss = Axis(covering: losses, scale: scale, title: "loss")
  var scene = Scene(.chart(x: step, y: loss), title: "Training loss" + (data.map { " on \($0)" } ?? ""))
  scene.polyline(outline(losses, after: first), ink: .grid, name: "each step")
  if window > 1 { scene.polyline(smooth, ink: .curve, name: "mean of \(window) steps") }
  return scene
}

/// A series as a line of at most so many points: through the smallest and the largest of each part of a long one, which
/// looks the same as through them all.
private func outline(_ values: [Double], after first: Int, points: Int = 1600) -> [SIMD2<Float>] {
  let parts = points / 2
  guard values.count > points else { return values.enumerated().map { SIMD2(Float(first + $0 + 1), Float($1)) } }
  return (0..<parts).flatMap { part in
    let range = part * values.count / parts..<(part + 1) * values.count / parts
    let low = range.min { values[$0] < values[$1] } ?? range.lowerBound
    let high = range.max { values[$0] < values[$1] } ?? range.lowerBound
    return [min(low, high), max(low, high)].map { SIMD2(Float(first + $0 + 1), Float(values[$0])) }
  }
}
