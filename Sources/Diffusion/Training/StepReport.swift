/// The parts of a training step, in order.
package enum StepPart: CaseIterable, Sendable {
  case drawing, gradient, optimizer
}

/// What one training step did.
package struct StepReport: Equatable, Sendable {
  /// Steps taken, this one included.
  package let step: Int
  /// The training loss of this step's batch, before the update.
  package let loss: Float
  /// Global norm of the gradient before clipping.
  package let gradientNorm: Float
  /// Whether the gradient was longer than it may be, and was shortened.
  package let isClipped: Bool
  /// The rate that this step used.
  package let learningRate: Double
  /// The smallest and the largest noise level of the batch.
  package let sigmaRange: ClosedRange<Float>
}
