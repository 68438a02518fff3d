import Diffusion

/// Clean points and their noise: the same from frame to frame, so that another sigma moves every point along its own
/// line.
package struct NoisyPoints: Sendable {
  private static let count = 512

  /// `[512]` each.
  package let x0: [Point]
  /// Standard normal.
  package let epsilon: [Point]

  init(of dataset: Dataset) {
    var random = Random(seed: 0, stream: .probes)
    x0 = (0..<NoisyPoints.count).map { _ in dataset.points[random.index(below: dataset.points.count)] }
    epsilon = random.normals(NoisyPoints.count)
  }

  /// The first so many, `x = x0 + sigma·epsilon`.
  package func points(_ count: Int, sigma: Double) -> [Point] {
    zip(x0, epsilon).prefix(count).map { $0 + Float(sigma) * $1 }
  }
}
