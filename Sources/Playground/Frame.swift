import Diffusion

/// What the worker shows the screen: a picture of training at one moment, never changed afterwards.
package struct Frame: Sendable {
  /// Counts resets. A frame made before the last reset is stale.
  package let generation: Int
  /// What the network is trained by.
  package let experiment: Experiment
  package let seed: UInt64
  /// Steps taken.
  package let step: Int
  /// Steps still to take before training pauses; nil when it goes on until it is told to pause.
  package let remaining: Int?
  /// Since the loss has meant the same.
  package let losses: LossHistory
  package let gradients: GradientHistory
  /// Over about the last second of training; 0 before the first step.
  package let stepsPerSecond: Double
  /// The rate that the last step used, after the schedule; nil before the first step.
  package let learningRate: Double?
  /// A snapshot of the network.
  package let denoiser: NetworkDenoiser
  /// A snapshot of the moving average of its weights, if one is kept.
  package let average: NetworkDenoiser?
  /// Why training cannot go on, if it cannot.
  package var failure: TrainingError?
}
