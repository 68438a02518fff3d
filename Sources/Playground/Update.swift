import Diffusion

/// Applies a message to the state.
///
/// - Returns: What has to be done about it, in order.
package func update(_ state: inout State, _ message: Message) -> [Effect] {
  switch message {
  case .frame(let frame):
    guard frame.generation == state.generation else { return [] }
    state.frame = frame
    return [.estimate]
  case .estimates(let estimates):
    if estimates.generation == state.generation { state.estimates = estimates }
    return []
  case .exported(let paths):
    state.notice = State.Notice(text: "wrote " + paths.joined(separator: " and "), isWarning: false)
    return []
  case .exportFailed(let reason):
    state.notice = State.Notice(text: reason, isWarning: true)
    return []
  default:
    state.notice = nil
    return press(&state, message)
  }
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
    return [.worker(.setLearningRate(state.learningRate.value))]
  case .toggleArrows:
    state.showsArrows.toggle()
    return [.estimate]
  case .restart(let newSeed):
    if newSeed { state.seed &+= 1 }
    state.generation += 1
    state.frame.failure = nil
    state.estimates = nil
    return [.worker(.restart(seed: state.seed, generation: state.generation))]
  case .export: return [.export]
  case .toggleHelp: state.showsHelp.toggle()
  case .dismiss: state.showsHelp = false
  case .redraw: return [.redraw]
  case .quit: return [.quit]
  case .frame, .estimates, .exported, .exportFailed: break
  }
  return []
}
