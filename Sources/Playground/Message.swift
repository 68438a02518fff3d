import Diffusion

/// Everything that can happen to the state.
package enum Message: Sendable {
  // From keys.
  case toggleTraining
  /// Takes so many steps and pauses.
  case advance(Int)
  /// In notches of the slider.
  case moveSigma(Int)
  case moveLearningRate(Int)
  case toggleArrows
  /// Learned, both, ideal.
  case nextComparison
  case togglePicture
  case nextSampler
  case nextPredictor
  /// To the next choice, or to the one before.
  case moveSampleSteps(Int)
  /// To the next class, or to the one before; all classes together are one more choice.
  case nextClass(Int)
  case moveGuidance(Int)
  case restart(newSeed: Bool)
  case export
  case toggleSettings
  case toggleHelp
  case dismiss
  case redraw
  case quit

  // From the outside.
  case frame(Frame)
  case estimates(Estimates)
  case idealEstimates(Estimates)
  case trajectory(Trajectory)
  case idealTrajectory(Trajectory)
  case insight(Insight)
  /// So many seconds since the last time.
  case passed(Double)
  /// The names of the files that an export wrote, or why it could not.
  case exported(String)
  case exportFailed(String)
}

/// What `update` asks the loop to do.
package enum Effect: Sendable {
  case worker(TrainingWorker.Command)
  /// Have the noisy points estimated anew.
  case estimate
  /// Have samples drawn.
  case sample(SampleRequest)
  /// Have the ideal denoiser's drawn, to compare with.
  case sampleIdeal(SampleRequest)
  /// Nobody waits any more for samples, neither the network's nor the ideal denoiser's.
  case stopSampling
  case export
  case redraw
  case quit
}
