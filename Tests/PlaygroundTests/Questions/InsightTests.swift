import Testing

@testable import Diffusion
@testable import Playground

@Suite("Insight")
struct InsightTests {
  let dataset = tiny.loadData()

  func makeInsight() -> Insight {
    Insight(tiny, dataset: dataset, denoiser: makeWorld().moment.learned, moment: Moment.ID(run: 0, step: 0))
  }

  @Test("the floor becomes precise and then stays")
  func floor() throws {
    var insight = makeInsight()
    let denoiser = makeWorld().moment.learned
    var looks = 0
    while !insight.isPrecise, looks < 500 {
      insight.refine(denoiser, moment: Moment.ID(run: 0, step: 0))
      looks += 1
    }
    #expect(insight.isPrecise)
    let floor = try #require(insight.floor)
    #expect(floor.floor > 0 && floor.floor < insight.zero)
    insight.refine(denoiser, moment: Moment.ID(run: 0, step: 0))
    #expect(insight.floor?.floor == floor.floor)
    #expect(insight.progress(loss: Double(floor.floor)) == 1)
    #expect(insight.progress(loss: Double(insight.zero)) == 0)
  }

  @Test("against a posterior mean the floor is 0, and predicting zero scores what the noise's variance leaves")
  func posterior() throws {
    let insight = makeInsight()
    let floor = try #require(insight.floor).floor
    var other = tiny
    other.target = .posterior
    let moved = try #require(insight.under(other))
    #expect(moved.floor?.floor == 0)
    #expect(abs(moved.zero - (insight.zero - floor)) <= 1e-6 * insight.zero)
  }

  @Test("under another weighting, what was drawn is weighted anew; under other noise it does not hold")
  func otherSettings() throws {
    let insight = makeInsight()
    var other = tiny
    other.learningRate = 1
    other.formulation.weighting = .uniform
    let moved = try #require(insight.under(other))
    let fresh = Insight(
      other, dataset: dataset, denoiser: makeWorld().moment.learned, moment: Moment.ID(run: 0, step: 0))
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
      tiny, dataset: Dataset(name: "one", points: [Point(1, 0)]), denoiser: makeWorld().moment.learned,
      moment: Moment.ID(run: 0, step: 0))
    #expect(insight.floor?.floor == 0 && insight.isPrecise)
    #expect(insight.progress(loss: Double(insight.zero / 2)) == 0.5)
  }

  @Test("gradients of the last hundred steps")
  func gradients() {
    var history = GradientHistory()
    #expect(history.meanNorm == nil && history.clippedShare == 0)
    for step in 0..<150 { history.append(norm: Float(step), isClipped: step >= 140) }
    #expect(history.meanNorm == 99.5 && history.clippedShare == 0.1)
  }
}
