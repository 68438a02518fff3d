import Interface
import Testing

@testable import Diffusion
@testable import Playground

@Suite("loss pane")
struct LossPaneTests {
  @Test("between the key and the next frame, a loss of other settings is not measured by the new floor")
  func wayOfTheLoss() {
    var app = makeApp(columns: 120, rows: 40)
    _ = app.update(.frame(makeFrame(steps: 500)))
    app.world.insight = .precise(app.world)
    #expect(app.cells().shows("of the way"))
    var next = app.world.configuration
    next.experiment.formulation.weighting = .uniform
    _ = app.world.change(to: next)
    #expect(app.cells().shows("floor") && !app.cells().shows("of the way"))
  }

  @Test("a network that learned and then lost it is said not to learn, with what helps; one that recovers is not")
  func stuck() {
    func app(_ losses: [Double], rateNotches: Int = 0) -> App {
      var app = makeApp(columns: 80, rows: 24)
      let frame = makeFrame(steps: 200)
      var history = LossHistory()
      for loss in losses { history.append(loss) }
      _ = app.update(
        .frame(
          Frame(
            moment: frame.moment, seed: 0, remaining: nil, losses: history, gradients: frame.gradients,
            stepsPerSecond: 0, learningRate: nil, failure: nil)))
      app.world.insight = .precise(app.world)
      _ = app.world.moveLearningRate(rateNotches)
      return app
    }
    let zero = Double(Insight(makeWorld()).zero)
    let learned = [Double](repeating: 0.6 * zero, count: 1000)
    let dead = learned + [Double](repeating: 1e4, count: 50) + [Double](repeating: 1.05 * zero, count: 4000)
    #expect(app(dead).cells().shows("● not learning") && app(dead).cells().shows("reset (r)"))
    #expect(app(dead, rateNotches: 10).cells().shows("lower the rate (↓)"))
    // The average of a spike falls for long; the network has recovered.
    let healthy = learned + [Double](repeating: 1e4, count: 50) + [Double](repeating: 0.6 * zero, count: 600)
    #expect(!app(healthy).world.isStuck && !app(learned).world.isStuck)
    // A slow start is no failure.
    #expect(!app([Double](repeating: zero, count: 3000)).world.isStuck)
  }

  @Test("the axis begins at the step from which the loss has meant the same")
  func steps() {
    var app = makeApp()
    let frame = makeFrame(steps: 20)
    // Of 7 losses it keeps every other one.
    var history = LossHistory(capacity: 4)
    for loss in 1...7 { history.append(Double(loss)) }
    _ = app.update(
      .frame(
        Frame(
          moment: frame.moment, seed: 0, remaining: nil, losses: history, gradients: frame.gradients, stepsPerSecond: 0,
          learningRate: nil)))
    #expect(LossPane.chart(app.world).steps == 13...20)
  }

  @Test("a flat start is called a plateau, but not a loss that falls or has fallen")
  func plateau() {
    func app(_ losses: [Double]) -> App {
      var app = makeApp()
      var frame = makeFrame(steps: 200)
      var history = LossHistory()
      for loss in losses { history.append(loss) }
      frame = Frame(
        moment: frame.moment, seed: 0, remaining: nil, losses: history, gradients: frame.gradients, stepsPerSecond: 0,
        learningRate: nil)
      _ = app.update(.frame(frame))
      app.world.insight = .precise(app.world)
      return app
    }
    let zero = Double(Insight(makeWorld()).zero)
    #expect(app([Double](repeating: zero, count: 500)).cells().shows("● on the plateau"))
    #expect(!app((0..<500).map { zero * (1 - Double($0) / 1000) }).world.isOnPlateau)
    #expect(!app([Double](repeating: 0.5 * zero, count: 300) + [Double](repeating: zero, count: 400)).world.isOnPlateau)
  }
}
