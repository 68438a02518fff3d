import Diffusion
import Terminal
import Testing

@testable import Playground

@Suite("freeze")
struct FreezeTests {
  @Test("f lets the screen stand while training goes on; f again shows what there is by now")
  func freeze() {
    var app = makeApp(columns: 160)
    _ = app.update(.frame(makeFrame(steps: 3)))
    app.press("f")
    _ = app.update(.frame(makeFrame(steps: 9)))
    #expect(app.world.moment.id.step == 3 && app.world.isTraining)
    #expect(app.cells().shows("■ frozen  step 3, now 9") && app.cells().shows("f thaw"))
    app.press("f")
    #expect(app.world.moment.id.step == 9 && app.cells().shows("● running"))
  }

  @Test("a failure and a pause are told while the screen is frozen; a reset thaws it")
  func told() {
    var app = makeApp()
    app.press("f")
    var frame = makeFrame(steps: 2)
    frame.failure = .nonFinite(tensor: "loss", step: 3)
    _ = app.update(.frame(frame))
    #expect(app.cells().shows("■ diverged") && !app.world.isTraining)
    app.press("r")
    #expect(!app.world.isFrozen && app.world.isTraining)
  }

  @Test("a reset sets aside what was trained while the screen was frozen")
  func setAside() {
    var app = makeApp()
    app.press("f")
    _ = app.update(.frame(makeFrame(steps: 9)))
    #expect(commands(app.press("r")).first == .setAside)
    app.press("u")
    #expect(app.world.run == 0 && app.world.moment.id.step == 9)
  }
}
