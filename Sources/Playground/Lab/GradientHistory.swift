/// The norms of the last hundred gradients, and which of them were clipped.
package struct GradientHistory: Equatable, Sendable {
  /// Steps that are remembered.
  package static let capacity = 100

  private var norms: [Float] = []
  private var clipped: [Bool] = []
  private var next = 0

  /// Before the first step.
  package init() {}

  /// Of the next step; the oldest is forgotten.
  package mutating func append(norm: Float, isClipped: Bool) {
    if norms.count < GradientHistory.capacity {
      norms.append(norm)
      clipped.append(isClipped)
    } else {
      norms[next] = norm
      clipped[next] = isClipped
    }
    next = (next + 1) % GradientHistory.capacity
  }

  /// The mean norm before clipping; nil before the first step.
  package var meanNorm: Float? {
    norms.isEmpty ? nil : norms.reduce(0, +) / Float(norms.count)
  }

  /// The share of steps whose gradient was clipped.
  package var clippedShare: Float {
    norms.isEmpty ? 0 : Float(clipped.count { $0 }) / Float(norms.count)
  }
}
