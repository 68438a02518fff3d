import Interface
import Terminal
import Testing

@testable import Playground

@Suite("pointer")
struct AppPointerTests {
  func send(_ app: inout App, _ kind: PointerEvent.Kind, _ column: Int, _ row: Int) -> [Effect] {
    app.update(.pointer(PointerEvent(kind, column: column, row: row)))
  }

  /// Where a text stands on the screen.
  func place(_ text: String, _ app: App) throws -> (column: Int, row: Int) {
    let lines = app.lines()
    let row = try #require(lines.lastIndex { $0.contains(text) })
    let range = try #require(lines[row].range(of: text))
    return (lines[row].unicodeScalars.distance(from: lines[row].startIndex, to: range.lowerBound), row)
  }

  /// The cells of the knobs, from top to bottom: of sigma and of the rate.
  func knobs(_ app: App) -> [(column: Int, row: Int)] {
    let cells = app.cells()
    return (0..<cells.rows).flatMap { row in
      (0..<cells.columns).filter { cells[$0, row].glyph == "●" && cells[$0, row].ink == .accent }.map { ($0, row) }
    }
  }

  @Test("sigma's knob follows a press, a drag beside the track, and the wheel")
  func sigma() throws {
    var app = makeApp()
    let knob = try #require(knobs(app).first)
    let effects = send(&app, .press(.left), knob.column + 4, knob.row)
    #expect(effects.isEmpty && abs((knobs(app).first?.column ?? 0) - knob.column - 4) <= 1)
    _ = send(&app, .drag(.left), 500, 0)
    #expect(app.world.sigma.position == 1)
    _ = send(&app, .release(.left), 500, 0)
    _ = send(&app, .drag(.left), knob.column, knob.row)
    #expect(app.world.sigma.position == 1)
    _ = send(&app, .wheelDown, knob.column, knob.row)
    #expect(app.world.sigma.position < 1)
  }

  @Test("the wheel moves a slider from anywhere in its pane")
  func wheel() throws {
    var app = makeApp()
    let (noise, rate) = (try #require(app.layout?[.noise]), try #require(app.layout?[.rate]))
    let before = app.world
    _ = send(&app, .wheelUp, noise.column + 9, noise.row + 1)
    #expect(app.world.sigma.value > before.sigma.value)
    let sent = commands(send(&app, .wheelDown, rate.column + 5, rate.row))
    #expect(app.world.learningRate.value < before.learningRate.value && sent.count == 1)
  }

  @Test("a drag that begins on a picture moves the probe, and leaves it at the edge where it goes on over other panes")
  func probe() throws {
    var app = makeApp()
    let place = try #require(app.layout?[.view]).inside
    let sigma = app.world.sigma
    _ = send(&app, .press(.left), place.column + 20, place.row + 10)
    _ = send(&app, .drag(.left), 70, place.row + 14)
    let edge = try #require(app.world.probePoint)
    _ = send(&app, .drag(.left), place.endColumn - 1, place.row + 14)
    #expect(app.world.probePoint == edge && app.world.sigma == sigma)
    _ = send(&app, .release(.left), 5, 23)
    #expect(app.overlays.count == 1)
  }

  @Test("the rate's goes to the running training")
  func rate() throws {
    var app = makeApp()
    let knob = try #require(knobs(app).last)
    let sent = commands(send(&app, .press(.left), knob.column - 3, knob.row))
    #expect(sent == [.change(app.world.experiment)] && app.world.experiment.learningRate < tiny.learningRate)
    // Where it stands already, there is nothing to do.
    #expect(send(&app, .drag(.left), knob.column - 3, knob.row).isEmpty)
  }

  @Test("words of the footer are pressed")
  func footer() throws {
    var app = makeApp(columns: 200, rows: 40)
    for (word, isDone) in [
      ("n step", { app in !app.world.isTraining }), ("↑↓ rate", { $0.world.learningRate.value > tiny.learningRate }),
      ("g field", { $0.chosenView == 1 }), ("s settings", { $0.overlays.count == 1 }),
    ] as [(String, (App) -> Bool)] {
      let (column, row) = try place(word, app)
      #expect(!isDone(app))
      _ = send(&app, .press(.left), column, row)
      #expect(isDone(app), "\(word)")
    }
    let (column, row) = try place("q quit", app)
    guard case .quit? = send(&app, .press(.left), column + 3, row).first else {
      Issue.record("does not quit")
      return
    }
  }

  @Test("what lies under an overlay is not pressed; a row of the settings is chosen")
  func overlay() throws {
    var app = makeApp()
    let knob = try #require(knobs(app).last)
    app.press("s")
    #expect(commands(send(&app, .press(.left), knob.column - 3, knob.row)).isEmpty)
    let (column, row) = try place("schedule-range", app)
    _ = send(&app, .press(.left), column, row)
    #expect((app.overlays[0] as? SettingsOverlay)?.chosen == "schedule-range")
  }

  @Test("other buttons, and places where nothing is, do nothing")
  func nothing() {
    var app = makeApp()
    for kind in [PointerEvent.Kind.press(.right), .drag(.left), .release(.left), .release(.middle), .wheelUp] {
      #expect(send(&app, kind, 0, 0).isEmpty && send(&app, kind, 10_000, 10_000).isEmpty)
    }
  }
}
