import Diffusion
import Goldens
import Interface
import Plot
import Terminal
import Testing

@testable import Playground

@Suite("tour")
struct TourOverlayTests {
  private func tour(_ app: App) -> TourOverlay? { app.overlays.compactMap { $0 as? TourOverlay }.first }

  /// Does what the screen of a title asks for.
  private func perform(_ title: String, _ app: inout App) {
    func setting(_ key: String, _ text: String) {
      app.press("s/" + key)
      _ = app.update(.key(.enter))
      _ = app.update(.key(.enter))
      app.press(text)
      _ = app.update(.key(.enter))
      _ = app.update(.key(.escape))
    }
    let samples = (Views.all.firstIndex { $0 is SamplePane } ?? 0) + 1
    switch title {
    case "noise": app.press("}}")
    case "prediction": app.press("i")
    case "one step": app.press("}}}}}}}}}}}}")
    case "sigma": app.press("{{{{{{{{{{{{")
    case "weighting, and the plateau": setting("weighting", "uniform")
    case "the floor": break
    case "sampling": app.press("\(samples),")
    case "guidance":
      setting("data", "moons")
      app.press(")")
    case "memorising, generalising": app.press("d")
    case "first order, natural gradient":
      setting("optimizer", "natural")
    default: Issue.record("nobody knows how to do \(title)")
    }
  }

  @Test("every screen notices when what it asks for is done, and not before")
  func stops() {
    var app = makeApp(tinyTree)
    app.press("1t")
    for (number, stop) in TourStop.all.enumerated() {
      #expect(tour(app)?.number == number)
      app.answerQuestions()
      _ = app.update(.passed(0))
      #expect(tour(app)?.isDone == false, "\(stop.title)")
      perform(stop.title, &app)
      app.answerQuestions()
      _ = app.update(.passed(0))
      if stop.title != "the floor" { #expect(tour(app)?.isDone == true, "\(stop.title)") }
      // The arrows are of the first view.
      if number < 6 { app.press("1") }
      _ = app.update(.key(.enter))
    }
    #expect(app.overlays.isEmpty)
  }

  @Test("every screen's text stands whole on the smallest screen")
  func whole() {
    var app = makeApp(columns: Layout.leastColumns, rows: Layout.leastRows)
    app.press("t")
    for stop in TourStop.all {
      guard let place = app.layout?[.overlay(0)] else { return }
      let grid = app.cells()
      for line in wrap(stop.idea, columns: place.columns - 4) + wrap(stop.task, columns: place.columns - 6) {
        #expect(grid.shows(line), "\(stop.title): \(line)")
      }
      _ = app.update(.key(.enter))
    }
    #expect(app.overlays.isEmpty)
  }

  @Test("back, out, and settings over it")
  func keys() {
    var app = makeApp()
    app.press("t")
    _ = app.update(.key(.backspace))
    #expect(app.world.notice?.text == "this is the first screen of the tour")
    _ = app.update(.key(.enter))
    _ = app.update(.key(.backspace))
    #expect(tour(app)?.number == 0)
    app.press("s")
    #expect(app.cells().shows("s closes"))
    app.press("s")
    #expect(app.cells().shows("1 of 10"))
    app.press("t")
    #expect(app.overlays.isEmpty)
  }

  @Test("no title is cut: where it is narrow, a shorter one stands")
  func titles() {
    for stop in TourStop.all {
      let title = stop.short ?? stop.title
      #expect(title.cellWidth <= Drawing.room(36) - "10 of 10".cellWidth - 3, "\(stop.title)")
    }
  }

  @Test("the tour's first screen")
  func golden() {
    var app = makeApp()
    app.press("t")
    let box = app.overlays[0].draw(app.world, in: Rectangle(columns: 36, rows: 13))
    #expect(difference(box.cells(.braille), from: "tour", inks: true) == nil)
  }
}
