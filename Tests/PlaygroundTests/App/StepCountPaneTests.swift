import Interface
import Plot
import Testing

@testable import Playground

/// The least that a pane can be: it says how many steps have been taken.
private struct StepCountPane: Pane {
  func draw(_ world: World, in place: Rectangle) -> Drawing {
    var drawing = Drawing(box: place, title: [Label("steps")])
    drawing.write("\(world.moment.id.step)", column: place.inside.column, row: place.inside.row)
    return drawing
  }
}

@Suite("a new pane")
struct StepCountPaneTests {
  @Test("is a type and one place in a list")
  func smallest() {
    var app = makeApp()
    app.views.append(StepCountPane())
    _ = app.update(.frame(makeFrame(steps: 42)))
    _ = app.update(.key(.backTab))
    #expect(app.lines()[1].hasPrefix("╭─ steps ─") && app.lines()[2].hasPrefix("│42 "))
  }
}
