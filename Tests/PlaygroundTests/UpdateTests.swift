import Diffusion
import Foundation
import Testing

@testable import Playground

@Suite("update")
struct UpdateTests {
  /// The commands that a message sends to the worker.
  func commands(_ state: inout State, _ message: Message) -> [TrainingWorker.Command] {
    update(&state, message).compactMap { if case .worker(let command) = $0 { command } else { nil } }
  }

  @Test("space pauses and resumes")
  func toggle() {
    var state = makeState()
    #expect(state.isTraining)
    #expect(commands(&state, .toggleTraining) == [.pause])
    #expect(!state.isTraining)
    #expect(commands(&state, .toggleTraining) == [.run])
  }

  @Test("n pauses first, and adds up when paused")
  func advance() {
    var state = makeState()
    #expect(commands(&state, .advance(1)) == [.pause, .advance(1)])
    #expect(commands(&state, .advance(100)) == [.advance(100)])
    #expect(!state.isTraining)
  }

  @Test("the learning rate goes to the running training, without a reset")
  func learningRate() {
    var state = makeState()
    #expect(commands(&state, .moveLearningRate(10)) == [.change(state.experiment)])
    #expect(abs(state.experiment.learningRate - 10 * tiny.learningRate) < 1e-12)
    #expect(state.generation == 0 && state.isTraining)
    // A reset and other settings keep it.
    #expect(
      commands(&state, .restart(newSeed: false))
        == [.restart(state.experiment, state.dataset, seed: 0, generation: 1)])
    state.chosenSetting = .weighting
    _ = update(&state, .moveSigma(1))
    #expect(state.experiment.learningRate == state.learningRate.value)
  }

  @Test("live settings keep what they leave true: samples, and what is known of the floor")
  func liveSettings() {
    var state = makeState()
    state.insight = Insight(
      tiny, dataset: state.dataset, denoiser: state.frame.denoiser, generation: 0, step: 0)
    for (setting, keeps) in [(Setting.weighting, true), (.rateSchedule, true), (.average, true), (.range, false)] {
      state.chosenSetting = setting
      _ = update(&state, .moveSigma(1))
      #expect((state.insight?.experiment == state.experiment) == keeps, "\(setting)")
    }
  }

  @Test("sigma moves without the worker")
  func sigma() {
    var state = makeState()
    let before = state.sigma.value
    #expect(commands(&state, .moveSigma(1)).isEmpty)
    #expect(state.sigma.value > before)
  }

  @Test("a reset counts generations; R takes the next seed")
  func restart() {
    var state = makeState()
    #expect(commands(&state, .restart(newSeed: false)) == [.restart(tiny, tiny.loadData(), seed: 0, generation: 1)])
    #expect(commands(&state, .restart(newSeed: true)) == [.restart(tiny, tiny.loadData(), seed: 1, generation: 2)])
  }

  @Test("sampling stops under other data or noise levels, which the ideal denoiser's samples depend on, too")
  func stopSampling() {
    var state = makeState()
    #expect(!stopsSampling(update(&state, .restart(newSeed: false))))
    for (setting, stops) in [(Setting.data, true), (.range, true), (.weighting, false), (.prediction, false)] {
      state.chosenSetting = setting
      #expect(stopsSampling(update(&state, .moveSigma(1))) == stops, "\(setting)")
    }
  }

  @Test("a frame from before a reset is dropped")
  func staleFrame() {
    let worker = makeWorker()
    var state = makeState()
    let stale = worker.firstFrame
    _ = update(&state, .restart(newSeed: false))
    worker.send(.restart(tiny, tiny.loadData(), seed: 0, generation: 1))
    let fresh = frame(of: worker) { $0.generation == 1 }
    _ = update(&state, .frame(fresh))
    _ = update(&state, .frame(stale))
    #expect(state.frame.generation == 1)
  }

  @Test("a failure stops training until the next try")
  func failure() {
    var state = makeState()
    var frame = state.frame
    frame.failure = .nonFinite(tensor: "loss", step: 3)
    _ = update(&state, .frame(frame))
    #expect(!state.isTraining)
    #expect(commands(&state, .toggleTraining) == [.run])
    #expect(state.isTraining)
  }

  @Test("what an export says stays until the next key")
  func notice() {
    var state = makeState()
    _ = update(&state, .exported("a.safetensors, .svg"))
    _ = update(&state, .frame(state.frame))
    #expect(state.notice == State.Notice(text: "wrote a.safetensors, .svg", isWarning: false))
    _ = update(&state, .toggleArrows)
    #expect(state.notice == nil)
    _ = update(&state, .exportFailed("cannot write a.svg: no space left"))
    #expect(state.notice?.isWarning == true)
  }
}

func stopsSampling(_ effects: [Effect]) -> Bool {
  effects.contains { if case .stopSampling = $0 { true } else { false } }
}

/// Waits for a frame that satisfies a condition.
func frame(of worker: TrainingWorker, where condition: (Frame) -> Bool) -> Frame {
  let start = ContinuousClock.now
  var frame = worker.firstFrame
  while !condition(frame), ContinuousClock.now - start < .seconds(20) {
    frame = worker.takeFrame() ?? frame
    usleep(100)
  }
  return frame
}
