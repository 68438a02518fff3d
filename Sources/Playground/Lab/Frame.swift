import Diffusion

/// What the lab shows the screen of a run: a picture of training at one moment, never changed afterwards.
package struct Frame: Sendable {
  /// The network, and how many steps it has taken of which run. A frame of an earlier run is stale.
  package let moment: Moment
  /// Of the run.
  package let seed: UInt64
  /// Steps still to take before training pauses; nil when it goes on until it is told to pause.
  package var remaining: Int?
  /// Since the loss has meant the same.
  package let losses: LossHistory
  /// Of the last hundred steps.
  package let gradients: GradientHistory
  /// Over about the last second of training; 0 before the first step.
  package var stepsPerSecond: Double
  /// The rate that the last step used, after the schedule; nil before the first step.
  package let learningRate: Double?
  /// Why training cannot go on, if it cannot.
  package var failure: TrainingError?
  /// What training runs up to, if it was told.
  package var until: Until?
  /// Why it paused by itself, if it did.
  package var pausing: Pausing?
  /// Since the loss has meant the same.
  package var course = Course()
  /// The moments that one can go back to.
  package var history = History()
  /// Spent on training.
  package var seconds = 0.0
}
