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
    app.world.insight = Insight(app.world)
    #expect(app.cells().shows("of the way"))
    var next = app.world.configuration
    next.experiment.formulation.weighting = .uniform
    _ = app.world.change(to: next)
    #expect(app.cells().shows("floor") && !app.cells().shows("of the way"))
  }
}
