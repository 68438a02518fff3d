import Diffusion

/// Applies a message to the state.
///
/// - Returns: What has to be done about it, in order.
package func update(_ state: inout State, _ message: Message) -> [Effect] {
  switch message {
  case .frame(let frame):
    guard frame.generation == state.generation else { return [] }
    state.frame = frame
    return [.estimate] + sample(&state)
  case .estimates(let estimates):
    if estimates.generation == state.generation { state.estimates = estimates }
    return []
  case .idealEstimates(let estimates):
    if estimates.generation == state.generation { state.idealEstimates = estimates }
    return []
  case .trajectory(let trajectory):
    state.samples.receive(trajectory)
    return []
  case .idealTrajectory(let trajectory):
    state.samples.receiveIdeal(trajectory)
    return []
  case .insight(let insight):
    guard let insight = insight.under(state.experiment) else { return [] }
    let isFirst = state.insight == nil
    state.insight = insight
    return (isFirst ? [.estimate] : []) + sample(&state)
  case .passed(let seconds):
    state.samples.advance(by: seconds, isTraining: state.isTraining)
    return sample(&state)
  case .exported(let names):
    state.notice = State.Notice(text: "wrote " + names, isWarning: false)
    return []
  case .exportFailed(let reason):
    state.notice = State.Notice(text: reason, isWarning: true)
    return []
  default:
    state.notice = nil
    return state.chosenSetting.flatMap { pressInSettings(&state, $0, message) } ?? press(&state, message)
  }
}

/// The arrow keys belong to the panel while it is open.
///
/// - Returns: Nil for what means the same as ever.
private func pressInSettings(_ state: inout State, _ chosen: Setting, _ message: Message) -> [Effect]? {
  switch message {
  case .moveLearningRate(let count): state.chosenSetting = state.settings.element(after: chosen, -count)
  case .moveSigma(let count): return move(&state, chosen, by: count)
  case .dismiss: state.chosenSetting = nil
  default: return nil
  }
  return []
}

private func move(_ state: inout State, _ setting: Setting, by count: Int) -> [Effect] {
  switch setting {
  case .sampler: state.samples.settings.takeNextSampler(count)
  case .steps: state.samples.settings.moveSteps(count)
  case .denoiser: state.samples.settings.takeNextPredictor(count, hasAverage: state.experiment.averageDecay != nil)
  case .guidance: state.samples.settings.moveGuidance(count)
  case .label: state.samples.settings.takeNextClass(count, of: state.dataset.classCount)
  default:
    let next = setting.moved(state.experiment, by: count, original: state.original.experiment)
    guard next != state.experiment else { return [] }
    return change(&state, to: next)
  }
  return showSamples(&state)
}

/// Goes over to other settings, with fresh weights if the present ones would mean something else.
private func change(_ state: inout State, to next: Experiment) -> [Effect] {
  let last = state.experiment
  var effects: [Effect] = []
  if next.data != last.data || next.schedule != last.schedule {
    state.samples.forget()
    effects.append(.stopSampling)
  }
  state.adopt(next)
  effects += last.obstacle(to: next) == nil ? [.worker(.change(next))] : restart(&state)
  return effects + [.estimate]
}

private func restart(_ state: inout State) -> [Effect] {
  state.generation += 1
  state.frame.failure = nil
  (state.estimates, state.idealEstimates) = (nil, nil)
  return [.worker(.restart(state.experiment, state.dataset, seed: state.seed, generation: state.generation))]
}

private func press(_ state: inout State, _ message: Message) -> [Effect] {
  switch message {
  case .toggleTraining:
    state.wantsTraining = !state.isTraining
    state.frame.failure = nil
    return [.worker(state.wantsTraining ? .run : .pause)]
  case .advance(let count):
    // Steps are added to those that are still to be taken, but "until told" has none to add to.
    let pauses: [Effect] = state.isTraining ? [.worker(.pause)] : []
    state.wantsTraining = false
    state.frame.failure = nil
    return pauses + [.worker(.advance(count))]
  case .moveSigma(let notches):
    state.sigma.move(by: notches)
    return [.estimate]
  case .moveLearningRate(let notches):
    state.learningRate.move(by: notches)
    state.experiment.learningRate = state.learningRate.value
    return [.worker(.change(state.experiment))]
  case .toggleArrows:
    state.showsArrows.toggle()
    return [.estimate]
  case .nextComparison:
    // Whoever asks for the ideal wants to see it.
    state.comparison = state.showsArrows ? State.Comparison.allCases.element(after: state.comparison) : .both
    state.showsArrows = true
    return leaveSamples(&state) + [.estimate]
  case .togglePicture where state.picture == .samples:
    return leaveSamples(&state) + [.estimate]
  case .togglePicture:
    state.samples.replay(state.wantedSamples)
    return showSamples(&state)
  case .nextSampler:
    state.samples.settings.takeNextSampler()
    return showSamples(&state)
  case .nextPredictor:
    state.samples.settings.takeNextPredictor(hasAverage: state.experiment.averageDecay != nil)
    return showSamples(&state)
  case .moveSampleSteps(let count):
    state.samples.settings.moveSteps(count)
    return showSamples(&state)
  case .nextClass(let count):
    guard state.hasClasses else { return [] }
    state.samples.settings.takeNextClass(count, of: state.dataset.classCount)
    return showSamples(&state)
  case .moveGuidance(let count):
    guard state.hasClasses else { return [] }
    state.samples.settings.moveGuidance(count)
    return showSamples(&state)
  case .restart(let newSeed):
    if newSeed { state.seed &+= 1 }
    return restart(&state)
  case .export: return [.export]
  case .toggleSettings: state.chosenSetting = state.chosenSetting == nil ? .data : nil
  case .toggleHelp: state.showsHelp.toggle()
  case .dismiss: state.showsHelp = false
  case .redraw: return [.redraw]
  case .quit: return [.quit]
  case .frame, .estimates, .idealEstimates, .trajectory, .idealTrajectory, .insight, .passed, .exported, .exportFailed:
    break
  }
  return []
}

/// Samples are drawn only while somebody looks.
private func leaveSamples(_ state: inout State) -> [Effect] {
  guard state.picture == .samples else { return [] }
  state.picture = .estimates
  state.samples.stopWaiting()
  return [.stopSampling]
}

/// Whoever changes how samples are drawn wants to see them.
private func showSamples(_ state: inout State) -> [Effect] {
  state.picture = .samples
  return sample(&state)
}

/// Has samples drawn if they are shown and it is time for new ones.
private func sample(_ state: inout State) -> [Effect] {
  guard state.picture == .samples, state.insight != nil, state.isFrameCurrent else { return [] }
  let wanted = state.wantedSamples
  let request = state.samples.nextRequest(wanted)
  let ideal = state.samples.nextIdealRequest(wanted)
  return [request.map { .sample($0) }, ideal.map { .sampleIdeal($0) }].compactMap { $0 }
}
