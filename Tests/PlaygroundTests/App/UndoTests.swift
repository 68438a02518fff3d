import Diffusion
import Terminal
import Testing

@testable import Playground

@Suite("undo")
struct UndoTests {
  @Test("u takes settings back, the last first; a slider that is moved on and on is one change")
  func undo() {
    var app = makeApp()
    for _ in 0..<5 { _ = app.update(.key(.up)) }
    app.press("2m")
    #expect(app.world.sampling.sampler == .heun && app.world.changes.count == 2)
    #expect(commands(app.press("u")).isEmpty)
    #expect(app.world.sampling.sampler == .accelerated)
    #expect(app.world.notice?.text == "undone: sampler accelerated")
    let effects = commands(app.press("u"))
    #expect(effects == [.change(app.world.experiment)] && app.world.experiment == tiny)
    #expect(app.world.learningRate.value == tiny.learningRate)
    app.press("u")
    #expect(app.world.notice?.text == "there is no change to undo")
  }

  @Test("there and back is the very same")
  func back() {
    var app = makeApp(tinyTree)
    let before = app.world.configuration
    app.press("s")
    var random = Random(seed: 0)
    for _ in 0..<60 {
      for _ in 0..<random.index(below: 12) { _ = app.update(.key(.down)) }
      _ = app.update(.key(random.index(below: 2) == 0 ? .left : .right))
    }
    for _ in 0..<100 where !app.world.changes.isEmpty { app.press("u") }
    #expect(app.world.configuration.experiment == before.experiment)
    #expect(app.world.configuration.sampling == before.sampling)
  }

  @Test("a setting is taken back in the present, also while looking back")
  func present() {
    var app = makeApp()
    _ = app.update(.frame(makeFrame(steps: 100)))
    app.press("+<")
    #expect(app.world.rewind != nil)
    #expect(commands(app.press("u")) == [.change(tiny)] && app.world.rewind == nil)
  }

  @Test("a reset is taken back with its seed")
  func reset() {
    var app = makeApp()
    app.press("R")
    #expect(app.world.seed == 1)
    app.press("u")
    #expect(app.world.seed == 0)
  }
}
