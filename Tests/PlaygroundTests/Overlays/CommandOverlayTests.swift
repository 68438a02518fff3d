import Diffusion
import Goldens
import Interface
import Terminal
import Testing

@testable import Playground

@Suite("copy as a command")
struct CommandOverlayTests {
  /// A preset, so that little differs.
  private func makeSeedApp() -> App {
    var experiment = Experiment.seed
    experiment.data = .swissRoll(count: 200)
    return makeApp(experiment)
  }

  private func copied(_ effects: [Effect]) -> String? {
    for case .copy(let text) in effects { return text }
    return nil
  }

  @Test("y shows what makes the settings again, and puts it on the clipboard")
  func copy() {
    var app = makeSeedApp()
    app.press("R")
    let command = "roulade --preset seed --seed 1 --points 200"
    #expect(copied(app.press("y")) == command)
    #expect(app.overlays.count == 1)
    let box = app.overlays[0].draw(app.world, in: Rectangle(columns: 50, rows: 3))
    #expect(difference(box.cells(.braille).lines, from: "command") == nil)
    app.press("y")
    #expect(app.overlays.isEmpty)
  }

  @Test("where nothing differs from the default, it still says so: without options a start is as last time")
  func nothing() {
    #expect(makeWorld(.standard).command == "roulade --preset default")
  }

  @Test("how a file was read is part of it, but not once other data are learned")
  func file() {
    var experiment = tiny
    experiment.data = .file(path: "a b.csv")
    var world = World(
      Configuration(experiment), dataset: tiny.loadData(), seed: 0, frame: makeLab().firstFrame)
    world.fileArguments = ["--x-column", "3"]
    #expect(world.command.hasPrefix("roulade --data 'a b.csv' ") && world.command.hasSuffix(" --x-column 3"))
    var next = world.configuration
    next.experiment.data = .shape(.moons, count: 100)
    _ = world.change(to: next)
    #expect(!world.command.contains("--x-column"))
  }
}
