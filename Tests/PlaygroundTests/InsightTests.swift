import Plot
import Testing

@testable import Diffusion
@testable import Playground

@Suite("Insight")
struct InsightTests {
  let dataset = tiny.loadData()

  func makeInsight() -> Insight {
    Insight(tiny, dataset: dataset, denoiser: makeState().frame.denoiser, generation: 0, step: 0)
  }

  @Test("the floor becomes precise and then stays")
  func floor() throws {
    var insight = makeInsight()
    let denoiser = makeState().frame.denoiser
    var looks = 0
    while !insight.isPrecise, looks < 500 {
      insight.refine(denoiser, generation: 0, step: 0)
      looks += 1
    }
    #expect(insight.isPrecise)
    let floor = try #require(insight.floor)
    #expect(floor.floor > 0 && floor.floor < insight.zero)
    insight.refine(denoiser, generation: 0, step: 0)
    #expect(insight.floor?.floor == floor.floor)
    #expect(insight.progress(loss: Double(floor.floor)) == 1)
    #expect(insight.progress(loss: Double(insight.zero)) == 0)
  }

  @Test("nothing more is wanted of the present network once the floor is precise")
  func wanted() {
    var state = makeState()
    #expect(state.wantsInsight)
    var insight = makeInsight()
    while !insight.isPrecise { insight.refine(state.frame.denoiser, generation: 0, step: 0) }
    _ = update(&state, .insight(insight))
    #expect(!state.wantsInsight)
    insight.refine(state.frame.denoiser, generation: 0, step: 7)
    _ = update(&state, .insight(insight))
    #expect(state.wantsInsight)
  }

  @Test("under another weighting, what was drawn is weighted anew; under other noise it does not hold")
  func otherSettings() throws {
    let insight = makeInsight()
    var other = tiny
    other.learningRate = 1
    other.formulation.weighting = .uniform
    let moved = try #require(insight.under(other))
    let fresh = Insight(other, dataset: dataset, denoiser: makeState().frame.denoiser, generation: 0, step: 0)
    #expect(moved.zero == fresh.zero && moved.zero != insight.zero)
    #expect(moved.bins == fresh.bins && moved.bins != insight.bins)
    let (floor, freshFloor) = (try #require(moved.floor), try #require(fresh.floor))
    #expect(abs(floor.floor - freshFloor.floor) < 4 * (floor.standardError + freshFloor.standardError))
    other.schedule.bounds = 0.002...1
    #expect(insight.under(other) == nil)
    other = tiny
    other.labelDropout = 0.5
    #expect(insight.under(other) == nil)
  }

  @Test("of a single data point everything can be known: the floor is zero, and precise at once")
  func singlePoint() throws {
    let insight = Insight(
      tiny, dataset: Dataset(name: "one", points: [Point(1, 0)]), denoiser: makeState().frame.denoiser, generation: 0,
      step: 0)
    #expect(insight.floor?.floor == 0 && insight.isPrecise)
    #expect(insight.progress(loss: Double(insight.zero / 2)) == 0.5)
  }

  @Test("bars, to the letter: learned and ideal side by side, full at 2, marks for the weight")
  func bars() {
    let learned: [Float] = [2, 2.5, 1.5, 1, 0.5, 0.25, 0.1, 0]
    let bins = learned.enumerated().map { i, value in
      LossByNoise.Bin(
        sigma: Float(i + 1)...Float(i + 2), learned: value, ideal: value / 2, mass: [0.02, 0.05, 0.13, 0.25][i % 4])
    }
    let grid = noiseBars(bins, columns: 16, rows: 3)
    #expect(
      grid.lines == [
        "█ █ ▂           ",
        "█▄█▇█▁▄         ",
        "███████▆▆▃▃▂▁▁▁▁",
        "  · • ●   · • ● ",
      ])
    #expect(grid[0, 0].ink == .curve && grid[1, 2].ink == .ideal)
  }

  @Test("bars of a network that is not finite warn")
  func notFinite() {
    let bins = [LossByNoise.Bin(sigma: 1...2, learned: .nan, ideal: 1, mass: 1)]
    #expect(noiseBars(bins, columns: 16, rows: 3)[0, 2] == Cell("!", .warning, .bold))
  }

  @Test("gradients of the last hundred steps")
  func gradients() {
    var history = GradientHistory()
    #expect(history.meanNorm == nil && history.clippedShare == 0)
    for step in 0..<150 { history.append(norm: Float(step), isClipped: step >= 140) }
    #expect(history.meanNorm == 99.5 && history.clippedShare == 0.1)
  }
}
