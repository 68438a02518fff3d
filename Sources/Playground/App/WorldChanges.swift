import Diffusion

/// What changes the world, and what is to be done about it.
extension World {
  /// Goes over to other settings, with fresh weights if the present ones would mean something else.
  package mutating func change(to next: Configuration) -> [Effect] {
    guard let points = points(of: next.experiment) else {
      say("the points of \(next.experiment.data.name) are not read: start with --data", isWarning: true)
      return []
    }
    let before = configuration
    let restarts = before.experiment.obstacle(to: next.experiment) != nil
    let setsAside = restarts ? setAside() : []
    if restarts || !next.experiment.hasLoss(like: before.experiment) { keepCourse() }
    adopt(next, points)
    guard !restarts else { return setsAside + restart(after: before, seed: seed) }
    remember(before)
    return goOn(from: before.experiment)
  }

  /// Has the present run go on under other settings than those before, and looks at it as it is.
  private mutating func goOn(from before: Experiment) -> [Effect] {
    guard experiment != before else { return [] }
    toPresent()
    return [.lab(.change(experiment))]
  }

  /// Begins again, with fresh weights; so does B.
  package mutating func restart(newSeed: Bool = false) -> [Effect] {
    let (before, setsAside) = (seed, setAside())
    keepCourse()
    if newSeed { seed &+= 1 }
    return setsAside + restart(after: configuration, seed: before)
  }

  /// Takes the last change back; the run that it ended comes back, or begins again if it was not kept.
  mutating func goBack(to change: Change) -> [Effect] {
    if let run = change.run, run == aside?.run { return restore() }
    let before = experiment
    // They were there before, so they are known.
    guard let points = points(of: change.configuration.experiment) else { return [] }
    adopt(change.configuration, points)
    guard change.run != nil else { return goOn(from: before) }
    seed = change.seed
    return beginAgain()
  }

  private mutating func restart(after before: Configuration, seed: UInt64) -> [Effect] {
    remember(before, endedRun: run, seed: seed)
    return beginAgain()
  }

  private mutating func beginAgain() -> [Effect] {
    let other = rival?.configuration
    begin()
    return [.lab(.restart(experiment, dataset, seed: seed, run: run))] + again(other)
  }

  /// From here on there is another run, without a past.
  mutating func begin() {
    (run, rival, rewind, isFrozen) = (nextRun(), nil, nil, false)
    forgetPause()
  }

  /// B, as it was to be, beside a run that begins again.
  private mutating func again(_ other: Configuration?) -> [Effect] {
    guard let other, reason(againstBranching: other) == nil else { return [] }
    return branch(other, at: 0)
  }

  /// Trains until told to pause, or pauses.
  package mutating func train(_ wanted: Bool) -> [Effect] {
    toPresent()
    wantsTraining = wanted
    forgetPause()
    rival?.newest?.failure = nil
    return [.lab(wanted ? .run : .pause)]
  }

  /// Takes so many steps and pauses.
  package mutating func advance(_ count: Int) -> [Effect] {
    // Steps are added to those that are still to be taken, but "until told" has none to add to.
    toPresent()
    let pauses: [Effect] = isTraining ? [.lab(.pause)] : []
    wantsTraining = false
    forgetPause()
    return pauses + [.lab(.advance(count))]
  }

  /// - Parameter notches: Of the slider.
  package mutating func moveLearningRate(_ notches: Int) -> [Effect] {
    let before = configuration
    learningRate.move(by: notches)
    configuration.experiment.learningRate = learningRate.value
    remember(before)
    return goOn(from: before.experiment)
  }

  /// Takes what has become of A or of B, and shows it unless the screen stands.
  mutating func take(_ frame: Frame) {
    switch frame.moment.id.run {
    case run:
      if let pausing = frame.pausing, newest.pausing == nil { say(pausing.words(frame)) }
      newest = frame
    case rival?.run: rival?.newest = frame
    default: return
    }
    if !isFrozen { showNewest() }
  }

  /// Lets the screen stand while training goes on, or shows what there is by now.
  package mutating func freeze(_ wanted: Bool) {
    isFrozen = wanted
    if !wanted { showNewest() }
  }

  private mutating func showNewest() {
    frame = newest
    if let newest = rival?.newest { rival?.frame = newest }
    look()
  }

  /// Trains up to something, and then pauses.
  package mutating func run(until: Until) -> [Effect] {
    _ = train(true)
    return [.lab(.runUntil(until))]
  }

  /// Training is told what to do: why it paused before is history.
  private mutating func forgetPause() {
    (newest.failure, newest.pausing, newest.until) = (nil, nil, nil)
  }

  mutating func take(_ answered: Answered) {
    if let about = answered.question as? any AboutRival {
      rival?.answers.take(Answered(question: about.question, answer: answered.answer))
      return
    }
    answers.take(answered)
    takeProbe(answered)
    guard let insight = answered.answer as? Insight, let present = insight.under(experiment) else { return }
    self.insight = present
  }

  /// The points that an experiment learns; nil for a file's that were not read. A file was read once, and is not read
  /// again.
  func points(of other: Experiment) -> Dataset? {
    // To hold a share out takes passes over all points.
    if other.points == experiment.points { return dataset }
    for (known, points) in [(experiment, dataset), (original.configuration.experiment, original.dataset)]
    where known.data == other.data && known.dataSeed == other.dataSeed {
      return other.split(points)
    }
    return drawn.first { $0.source == other.data }.map { other.split($0.dataset) } ?? other.makeData()
  }

  /// Takes other settings, with what still holds under them.
  mutating func adopt(_ other: Configuration, _ points: Dataset) {
    let last = experiment
    configuration = other
    if experiment.schedule != last.schedule { sigma = World.sigmaSlider(experiment, at: sigma.value) }
    if experiment.points != last.points {
      dataset = points
      noise = NoisyPoints(of: dataset)
      sigma = World.sigmaSlider(experiment, at: firstSigma(dataset))
      configuration.classNames = dataset.classNames
      configuration.sampling.label = nil
    }
    configuration.forgetMissingAverage()
    if experiment.learningRate != learningRate.value { learningRate = World.rateSlider(experiment.learningRate) }
    insight = insight?.under(experiment)
  }
}
