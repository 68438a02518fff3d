/// A rule by which points go from one noise level to the next lower.
///
/// A rule is one file in this folder, which also names the samplers that follow it, and one line in `Sampler.all`.
package protocol SamplingRule: Sendable {
  /// The rule at its start.
  ///
  /// - Parameter sampler: One that follows this rule: its settings.
  init(_ sampler: Sampler)

  /// Whether it uses noise.
  var isStochastic: Bool { get }

  /// Takes one step.
  ///
  /// - Parameters:
  ///   - step: From where to where.
  ///   - epsilon: Predicts the noise in points `[B, 2]` at a positive level, `[B, 2]`.
  /// - Returns: The points at the end of the step, `[B, 2]`.
  mutating func points(after step: SamplingStep, epsilon: ([Point], Float) -> [Point]) -> [Point]
}

/// One step of a sampling.
package struct SamplingStep: Sendable {
  /// The points at its start, `[B, 2]`.
  package let x: [Point]
  /// The noise level at its start, s, positive.
  package let start: Float
  /// The noise level at its end, s′, at most that at the start, and 0 at the end of most samplings.
  package let end: Float
  /// Steps of the whole sampling.
  package let steps: Int
  /// Standard normals, `[B, 2]`; may be empty for a rule that uses none.
  package let noise: [Point]

  /// The clean points that go with a prediction of the noise, `[B, 2]`.
  func denoised(_ epsilon: [Point]) -> [Point] { zip(x, epsilon).map { $0 - start * $1 } }
}

extension [Point] {
  /// The points with noise of this standard deviation added; as they are for none.
  func adding(_ spread: Float, _ noise: [Point]) -> [Point] {
    spread > 0 ? zip(self, noise).map { $0 + spread * $1 } : self
  }
}
