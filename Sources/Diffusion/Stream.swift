/// What random numbers are drawn for, each purpose from a stream of its own: drawing more of one thing does not change
/// another, and no two things draw the same numbers.
///
/// The numbers say which stream it is, so a case keeps its own for good: with another, the same seed would give other
/// results.
package enum Stream: UInt64, CaseIterable, Sendable {
  /// Initial weights.
  case weights = 0
  /// The order of the points in each epoch of training.
  case epochs = 1
  /// Points of shapes and words.
  case shapes = 2
  /// Noisy points behind the floor of the loss.
  case lossFloor = 3
  /// Noisy points behind the loss by noise level.
  case lossByNoise = 4
  /// The data points that stand for all where coverage is measured.
  case coverage = 5
  /// Noisy points that a loss to be reached is measured on.
  case lossGoal = 6
  /// Start, noise and classes of samples that are judged.
  case judgedSamples = 7
  /// The data points that stand for all where there are too many.
  case subsets = 8
  /// Noise of training.
  case noise = 9
  /// Noise levels of training.
  case levels = 10
  /// Which labels training hides.
  case hiddenLabels = 11
  /// Points and noise of the picture of one denoising step.
  case denoisingStep = 12
  /// How Sobol's sequence is scrambled.
  case sobol = 13
  /// Where in their strata rows of training are.
  case strata = 14
  /// The order of the strata.
  case strataOrder = 15
  /// The data points that stand for all in training's targets.
  case references = 16
  /// Which points training does not see.
  case heldOut = 17
  /// Noise of the points whose likelihood is asked for.
  case likelihood = 18
  /// Points and noise that a network is evaluated on.
  case evaluation = 20
  /// Start, noise and classes of samples that are drawn into a file.
  case drawnSamples = 21
  /// Points and noise of the noisy points on screen.
  case probes = 100
  /// Start and noise of the samples on screen.
  case shownSamples = 101
  /// Their classes.
  case shownClasses = 102
  /// Where the brush of a drawing leaves points.
  case sketch = 103
}
