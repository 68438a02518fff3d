import Plot
import Testing

@testable import Diffusion
@testable import Playground

@Suite("words on A and B")
struct ComparedTests {
  @Test("B that diverged says in which step and tensor, as long as there is room", arguments: [80, 120, 200])
  func diverged(columns: Int) {
    var app = makeApp(columns: columns, rows: 24)
    app.press(viewKey(ComparePane.self))
    var frame = makeFrame(steps: 1)
    frame.failure = .nonFinite(tensor: "net.2.weight", step: 1200)
    app.world.rival = Rival(
      run: 1, start: 0, configuration: app.world.configuration, frame: frame, newest: frame)
    #expect(app.lines().contains { $0.contains(/B stopped.*(at step 1200|at 1,200)/) && $0.contains("net.2.weight") })
  }

  @Test("curves that end together are both named, where one would hide the other")
  func names() {
    var app = makeRivals()
    _ = app.update(.resized(columns: 80, rows: 24))
    app.press(viewKey(ComparePane.self))
    app.world.rival?.frame = app.world.frame
    let cells = app.cells()
    for (name, ink) in [("A", Compared.inkA), ("B", Compared.inkB)] as [(Unicode.Scalar, Ink)] {
      let isNamed = (2..<8).contains { row in
        (0..<cells.columns).contains { cells[$0, row].glyph == name && cells[$0, row].ink == ink }
      }
      #expect(isNamed, "\(name)")
    }
  }

  @Test("of a run that was resumed nobody knows what it took until then: it is not said to be sooner")
  func resumed() {
    var app = makeRivals()
    _ = app.update(.resized(columns: 80, rows: 24))
    app.press(viewKey(ComparePane.self))
    #expect(app.cells().shows("A 3.7× sooner at B's loss"))
    var checkpoint = Run(tiny, dataset: tiny.loadData(), seed: 0, threads: 1).checkpoint
    checkpoint.step = 4000
    app.world.frame.history.keep(checkpoint)
    #expect(app.cells().shows(" A was resumed: its past is not known ") && !app.cells().shows("sooner"))
    #expect(!app.cells().shows(" each: "))
  }

  @Test("while B catches up the header says so, instead of how fast A trained last")
  func header() {
    var app = makeRivals()
    _ = app.update(.resized(columns: 120, rows: 40))
    app.world.wantsTraining = true
    #expect(app.lines()[0].contains("1000 steps/s"))
    app.world.rival?.newest?.seconds = 2
    #expect(app.lines()[0].contains("B catches up") && !app.lines()[0].contains("steps/s"))
  }
}
