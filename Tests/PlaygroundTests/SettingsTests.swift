import Diffusion
import Plot
import Testing

@testable import Playground

@Suite("settings")
struct SettingsTests {
  func commands(_ effects: [Effect]) -> [TrainingWorker.Command] {
    effects.compactMap { if case .worker(let command) = $0 { command } else { nil } }
  }

  /// A state whose panel is open at a setting.
  func makeState(at setting: Setting) -> State {
    var state = makeFreshState()
    _ = update(&state, .toggleSettings)
    while state.chosenSetting != setting { _ = update(&state, .moveLearningRate(-1)) }
    return state
  }

  @Test("arrow keys belong to the open panel")
  func keys() {
    var state = makeState(at: .data)
    let (rate, sigma) = (state.learningRate.value, state.sigma.value)
    _ = update(&state, .moveLearningRate(-1))
    #expect(state.chosenSetting == .schedule)
    _ = update(&state, .moveLearningRate(1))
    _ = update(&state, .moveLearningRate(1))
    #expect(state.chosenSetting == .denoiser)
    #expect(state.learningRate.value == rate && state.sigma.value == sigma)
    _ = update(&state, .dismiss)
    #expect(state.chosenSetting == nil)
  }

  @Test("other data restarts training, and the panel says so before")
  func data() {
    var state = makeState(at: .data)
    let text = view(state, columns: 80, rows: 24, glyphs: .braille).lines.joined()
    #expect(text.contains("restarts training"))
    let commands = commands(update(&state, .moveSigma(-1)))
    #expect(state.experiment.data != tiny.data && state.generation == 1)
    #expect(commands == [.restart(state.experiment, state.dataset, seed: 0, generation: 1)])
    #expect(!state.wantsInsight)
  }

  @Test("another weighting acts on the running training")
  func weighting() {
    var state = makeState(at: .weighting)
    let text = view(state, columns: 80, rows: 24, glyphs: .braille).lines.joined()
    #expect(!text.contains("restarts training"))
    let commands = commands(update(&state, .moveSigma(1)))
    #expect(commands == [.change(state.experiment)] && state.generation == 0)
    #expect(state.experiment.formulation.weighting == .uniform)
  }

  @Test("between the key and the next frame, a loss of other settings is not measured by the new floor")
  func wayOfTheLoss() {
    var state = makeState(at: .weighting)
    let worker = makeWorker()
    worker.send(.advance(500))
    state.frame = frame(of: worker) { $0.step == 500 }
    state.insight = Insight(
      tiny, dataset: state.dataset, denoiser: state.frame.denoiser, generation: 0, step: 500)
    func text() -> String { view(state, columns: 120, rows: 40, glyphs: .braille).lines.joined() }
    #expect(text().contains("of the way"))
    _ = update(&state, .moveSigma(1))
    #expect(text().contains("floor") && !text().contains("of the way"))
  }

  @Test("class and guidance are listed only for data with classes")
  func classes() {
    let unlabelled = makeFreshState()
    #expect(!unlabelled.settings.contains(.guidance) && !unlabelled.settings.contains(.label))
    var state = makeFreshState(tinyTree)
    #expect(state.settings == Setting.allCases)
    _ = update(&state, .toggleSettings)
    while state.chosenSetting != .label { _ = update(&state, .moveLearningRate(-1)) }
    _ = update(&state, .moveSigma(-1))
    #expect(state.samples.settings.label == 63)
    _ = update(&state, .moveSigma(1))
    _ = update(&state, .moveSigma(1))
    #expect(state.samples.settings.label == 0)
    let text = view(state, columns: 80, rows: 24, glyphs: .braille).lines.joined()
    #expect(text.contains("class    1 "))
    while state.chosenSetting != .labelDropout { _ = update(&state, .moveLearningRate(-1)) }
    #expect(commands(update(&state, .moveSigma(1))) == [.change(state.experiment)])
    #expect(state.experiment.labelDropout == 0.2)
    // Other data have other classes.
    while state.chosenSetting != .data { _ = update(&state, .moveLearningRate(-1)) }
    _ = update(&state, .moveSigma(-1))
    #expect(state.samples.settings.label == nil)
  }

  @Test("there and back is the same, for every setting")
  func roundTrip() {
    for setting in Setting.allCases {
      let there = setting.moved(tiny, by: 1, original: tiny)
      let isOfSamples = [.sampler, .steps, .denoiser, .guidance, .label].contains(setting)
      #expect((there == tiny) == isOfSamples, "\(setting)")
      #expect(setting.moved(there, by: -1, original: tiny) == tiny, "\(setting)")
    }
  }

  @Test("constants of a weighting and the greatest noise are choices, too")
  func constants() {
    func move(_ setting: Setting, _ count: Int, _ experiment: Experiment, from original: Experiment = tiny)
      -> Experiment
    {
      setting.moved(experiment, by: count, original: original)
    }
    let weaker = move(.weighting, -1, tiny)
    #expect(tiny.formulation.weighting == .inverseVariance(eps0: 1))
    #expect(weaker.formulation.weighting == .inverseVariance(eps0: 0.01))
    // One's own constant is among the choices.
    var own = tiny
    own.formulation.weighting = .minSNR(gamma: 3)
    let other = move(.weighting, 1, own, from: own)
    #expect(other.formulation.weighting == .minSNR(gamma: 1))
    #expect(move(.weighting, -1, other, from: own) == own)

    let wider = move(.range, 1, tiny)
    #expect(wider.schedule == ScheduleSettings(.logLinear, bounds: 0.002...5))
    // A schedule with another range still has its place among the schedules.
    #expect(move(.schedule, 1, wider).schedule == ScheduleSettings(.ddpm))
    var odd = tiny
    odd.schedule.bounds = 0.6...3
    #expect(move(.range, -1, odd, from: odd).schedule.bounds == 0.6...2)
    #expect(move(.range, -9, odd, from: odd).schedule.bounds == 0.6...2)
    var flow = tiny
    flow.schedule = ScheduleSettings(.flow)
    #expect(move(.range, -1, flow).schedule.bounds == 0.001...0.995 && move(.range, 1, flow) == flow)
    for kind in ScheduleKind.allCases {
      var experiment = tiny
      experiment.schedule = ScheduleSettings(kind)
      for _ in 0..<12 {
        experiment = move(.range, -1, experiment)
        #expect(experiment.schedule.problem == nil)
      }
    }
  }

  @Test("a change that changes nothing disturbs nobody")
  func noChange() {
    var state = makeState(at: .range)
    for _ in 0..<20 { _ = update(&state, .moveSigma(1)) }
    #expect(state.experiment.schedule.bounds.upperBound == 80)
    #expect(update(&state, .moveSigma(1)).isEmpty)
  }

  @Test("a schedule with other levels moves sigma into its range")
  func schedule() {
    var state = makeState(at: .schedule)
    _ = update(&state, .moveSigma(1))
    #expect(state.experiment.schedule.kind == .ddpm)
    #expect(state.sigma.range.contains(state.sigma.value))
  }

  @Test("without a moving average there is none to follow")
  func average() {
    var state = makeState(at: .denoiser)
    _ = update(&state, .moveSigma(1))
    #expect(state.samples.settings.predictor == .ideal)
    while state.chosenSetting != .average { _ = update(&state, .moveLearningRate(1)) }
    _ = update(&state, .moveSigma(1))
    #expect(state.experiment.averageDecay == 0.99)
    _ = update(&state, .nextPredictor)
    _ = update(&state, .nextPredictor)
    #expect(state.samples.settings.predictor == .average)
    _ = update(&state, .moveSigma(-1))
    #expect(state.experiment.averageDecay == nil && state.samples.settings.predictor == .learned)
  }

  @Test("the panel, to the letter")
  func golden() {
    var experiment = tiny
    experiment.formulation.features = InputFeatures(scaling: .unitVariance, octaves: 4)
    experiment.formulation.weighting = .inverseVariance(eps0: 1e-4)
    let dataset = Dataset(name: "measurements-of-spring.csv", points: [Point(0, 1)])
    var state = State(experiment, dataset: dataset, seed: 0, frame: makeFreshState().frame)
    state.chosenSetting = .weighting
    let lines = settingsPanel(state, columns: 36).lines
    #expect(
      lines.joined(separator: "\n") == """
        ╭─ settings ──────────── s closes ─╮
        │  data     measurements-of-spring…│
        │  schedule log-linear             │
        │  range    sigma 0.002 to 2       │
        │  predicts epsilon                │
        │  features unit-variance+fourier-4│
        │▸ weight   inverse-variance 0.0001│
        │  rate     cosine                 │
        │  average  off                    │
        │  sampler  accelerated            │
        │  steps    20                     │
        │  denoiser learned                │
        ╰─ ↑↓ choose ←→ change live ───────╯
        """)
  }
}

private func makeFreshState(_ experiment: Experiment = tiny) -> State { makeState(experiment) }
