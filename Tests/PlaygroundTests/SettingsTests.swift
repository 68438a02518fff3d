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
    #expect(state.experiment.formulation.weighting == .uniform && state.insight == nil)
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
    #expect(text.contains("class         1 "))
    // Other data have other classes.
    while state.chosenSetting != .data { _ = update(&state, .moveLearningRate(-1)) }
    _ = update(&state, .moveSigma(-1))
    #expect(state.samples.settings.label == nil)
  }

  @Test("there and back is the same, for every setting")
  func roundTrip() {
    for setting in Setting.allCases {
      let there = setting.moved(tiny, by: 1, original: tiny)
      #expect((there == tiny) == setting.isOfSamples, "\(setting)")
      #expect(setting.moved(there, by: -1, original: tiny) == tiny, "\(setting)")
    }
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
    let lines = settingsPanel(makeState(at: .weighting), columns: 36).lines
    #expect(
      lines.joined(separator: "\n") == """
        ╭─ settings ──────────── s closes ─╮
        │   data          swiss-roll       │
        │   schedule      log-linear       │
        │   prediction    epsilon          │
        │   features      plain            │
        │ ▸ weighting     inverse-variance │
        │   rate schedule cosine           │
        │   average       off              │
        │   sampler       accelerated      │
        │   steps         20               │
        │   denoiser      learned          │
        │                                  │
        │ ↑↓ choose  ←→ change it live     │
        ╰──────────────────────────────────╯
        """)
  }
}

private func makeFreshState(_ experiment: Experiment = tiny) -> State { makeState(experiment) }
