/// Where training gets nowhere, or has stopped.
extension World {
  /// Over how many steps a loss has to fall to count as improving.
  private static let patience = 400

  /// Why training stopped, and what helps.
  package var failure: String? {
    guard rewind == nil, let failure = newest.failure else { return nil }
    let good =
      newest.history.lastGood.map { "< goes back to the last good weights, of step \(grouped($0.step)); " } ?? ""
    return "\(failure). \(good)r begins anew"
  }

  /// Whether training goes on without getting anywhere: the loss stays where predicting zero would have it, or above,
  /// as after a learning rate that was far too high. A slow start looks alike, so a network that has never done better
  /// has to be clearly worse than zero.
  package var isStuck: Bool {
    let losses = frame.losses
    guard isTraining, isCurrent, let insight, let floor = insight.floor?.floor, let now = losses.smoothed,
      let before = losses.value(stepsAgo: World.patience), moment.experiment.hasLoss(like: experiment)
    else { return false }
    let (zero, span) = (Double(insight.zero), Double(insight.zero - floor))
    let best = losses.values.min() ?? now
    let hasLearned = best < zero - 0.2 * span
    let isBad = now > zero - (hasLearned ? 0.03 : -0.03) * span
    // A spike leaves the average by 1 % a step, by itself.
    return isBad && !(now < 0.97 * before)
  }

  /// How far the loss is on the way from predicting zero to the floor; nil while that is not known.
  var progress: Float? {
    // Between a key and the next frame, the loss may still be that of other settings.
    guard moment.experiment.hasLoss(like: experiment), let loss = losses.smoothed else { return nil }
    return insight?.progress(loss: loss)
  }

  /// Over how many steps a plateau is flat.
  private static let plateau = 150

  /// Whether the loss stays about where predicting zero would have it, and was never better: so training begins under
  /// many settings, until the coarse shape is found.
  var isOnPlateau: Bool {
    guard isTraining, isCurrent, !isStuck, let progress, abs(progress) < 0.1, let now = frame.losses.smoothed,
      let best = frame.losses.values.min(), let before = frame.losses.value(stepsAgo: World.plateau)
    else { return false }
    return abs(now - before) < 0.05 * before && best > 0.85 * now
  }
}
