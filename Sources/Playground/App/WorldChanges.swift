import Diffusion

/// What changes the world, and what is to be done about it.
extension World {
  /// Goes over to other settings, with fresh weights if the present ones would mean something else.
  package mutating func change(to next: Configuration) -> [Effect] {
    let last = experiment
    guard let points = points(of: next.experiment) else {
      say("the points of \(next.experiment.data.name) are not read: start with --data", isWarning: true)
      return []
    }
    adopt(next, points)
    guard experiment != last else { return [] }
    return last.obstacle(to: experiment) == nil ? [.lab(.change(experiment))] : restart()
  }

  /// Begins again, with fresh weights.
  package mutating func restart() -> [Effect] {
    run += 1
    frame.failure = nil
    return [.lab(.restart(experiment, dataset, seed: seed, run: run))]
  }

  /// Trains until told to pause, or pauses.
  package mutating func train(_ wanted: Bool) -> [Effect] {
    wantsTraining = wanted
    frame.failure = nil
    return [.lab(wanted ? .run : .pause)]
  }

  /// Takes so many steps and pauses.
  package mutating func advance(_ count: Int) -> [Effect] {
    // Steps are added to those that are still to be taken, but "until told" has none to add to.
    let pauses: [Effect] = isTraining ? [.lab(.pause)] : []
    wantsTraining = false
    frame.failure = nil
    return pauses + [.lab(.advance(count))]
  }

  /// - Parameter notches: Of the slider.
  package mutating func moveLearningRate(_ notches: Int) -> [Effect] {
    learningRate.move(by: notches)
    configuration.experiment.learningRate = learningRate.value
    return [.lab(.change(experiment))]
  }

  mutating func take(_ frame: Frame) {
    guard frame.moment.id.run == run else { return }
    self.frame = frame
    moments = [frame.moment]
  }

  mutating func take(_ answered: Answered) {
    answers.take(answered)
    guard let insight = answered.answer as? Insight, let present = insight.under(experiment) else { return }
    self.insight = present
  }

  /// The points that an experiment learns; nil for a file's that were not read. A file was read once, and is not read
  /// again.
  private func points(of other: Experiment) -> Dataset? {
    for (known, points) in [(experiment, dataset), (original.configuration.experiment, original.dataset)]
    where known.data == other.data && known.dataSeed == other.dataSeed {
      return points
    }
    return other.makeData()
  }

  /// Takes other settings, with what still holds under them.
  private mutating func adopt(_ other: Configuration, _ points: Dataset) {
    let last = experiment
    configuration = other
    if experiment.schedule != last.schedule { sigma = World.sigmaSlider(experiment, at: sigma.value) }
    if experiment.data != last.data || experiment.dataSeed != last.dataSeed {
      dataset = points
      noise = NoisyPoints(of: dataset)
      sigma = World.sigmaSlider(experiment, at: firstSigma(dataset))
      configuration.classNames = dataset.classNames
      configuration.sampling.label = nil
    }
    if experiment.averageDecay == nil, sampling.predictor == .average { configuration.sampling.predictor = .learned }
    if experiment.learningRate != learningRate.value { learningRate = World.rateSlider(experiment.learningRate) }
    insight = insight?.under(experiment)
  }
}
