import Goldens
import Interface
import Plot
import Terminal
import Testing

@testable import Playground

@Suite("explain")
struct ExplainOverlayTests {
  /// With everything answered, so that there is something to explain.
  private func makeFullApp(columns: Int = 80, rows: Int = 24) -> App {
    var app = App(World(.init(tiny), dataset: tiny.loadData(), seed: 0, frame: makeFrame(steps: 200)))
    _ = app.update(.resized(columns: columns, rows: rows))
    app.answerQuestions()
    return app
  }

  @Test("everything on the screen is explained, in every view, whole on the smallest screen")
  func everything() {
    for view in 1...Views.all.count {
      var app = makeFullApp(columns: Layout.leastColumns, rows: Layout.leastRows)
      app.press("\(view)")
      let places = app.layout?.panes.map(\.place) ?? []
      app.press("x")
      let targets = app.explainables
      for place in places { #expect(targets.contains { $0.place == place }, "view \(view)") }
      for target in targets {
        let grid = app.cells()
        let columns = Layout.leastColumns - 4
        for text in [target.explanation.shows, target.explanation.look]
          + [target.explanation.formula].compactMap(\.self)
        {
          for line in wrap(text, columns: columns) { #expect(grid.shows(line), "\(line)") }
        }
        _ = app.update(.key(.tab))
      }
      #expect((app.overlays.last as? ExplainOverlay)?.chosen == 0)
    }
  }

  @Test("what is pressed with the mouse is explained, and not done")
  func pointer() throws {
    var app = makeFullApp()
    app.press("x")
    let rate = try #require(app.layout?[.rate])
    let before = app.world.learningRate.value
    let spot = PointerEvent(.press(.left), column: rate.column + 5, row: rate.row + 1)
    _ = app.update(.pointer(spot))
    #expect(app.cells().shows("what is this? learning rate") && app.world.learningRate.value == before)
    _ = app.update(.pointer(spot))
    #expect(app.cells().shows("what is this? gradient norm"))
    _ = app.update(.key(.escape))
    #expect(app.overlays.isEmpty)
  }

  @Test("the explanation of the first view")
  func golden() {
    var app = makeFullApp()
    app.press("x")
    let band = app.overlays[0].draw(app.world, in: Rectangle(columns: 80, rows: 7))
    #expect(difference(band.cells(.braille), from: "explain", inks: true) == nil)
  }
}
