@testable import Diffusion
import Interface
import Plot
import Terminal
import Testing

@testable import Playground

@Suite("loss view")
struct CoursePaneTests {
  private static let number = Views.all.firstIndex { $0 is CoursePane } ?? 0

  private func makeApp(steps: Int = 400, columns: Int = 120, rows: Int = 40) throws -> App {
    var app = PlaygroundTests.makeApp(columns: columns, rows: rows)
    _ = app.update(.frame(makeFrame(steps: steps)))
    app.press(viewKey(CoursePane.self))
    return app
  }

  private func pane(_ app: App) throws -> CoursePane { try #require(app.views[Self.number] as? CoursePane) }

  @Test("shows loss, gradient and rate over the whole run, and reads the latest step")
  func whole() throws {
    let app = try makeApp()
    let shown = app.cells()
    #expect(shown.shows("gradient norm") && shown.shows("learning rate") && shown.shows("step 400"))
  }

  @Test("the cursor reads any step, by key and by pointer, and stays with the newest at the end")
  func cursor() throws {
    var app = try makeApp()
    _ = app.update(.key(.left))
    let step = try #require(try pane(app).cursor)
    #expect(step < 400 && step > 380)
    for _ in 0..<200 { _ = app.update(.key(.left)) }
    #expect(try pane(app).cursor == 0 && app.cells().shows("step 1 "))
    for _ in 0..<200 { _ = app.update(.key(.right)) }
    #expect(try pane(app).cursor == nil)
    let place = try #require(app.layout?[.view])
    _ = app.update(.pointer(PointerEvent(.press(.left), column: place.column + place.columns / 2, row: place.row + 3)))
    let pressed = try #require(try pane(app).cursor)
    #expect(pressed > 150 && pressed < 250)
  }

  @Test("a curve of before whose loss means something else says so")
  func anotherLoss() {
    var app = makeRivals()
    app.world.rival = nil
    app.press(viewKey(CoursePane.self))
    #expect(app.cells().shows(" before: lr 0.05 ") && !app.cells().shows("another loss"))
    app.world.configuration.experiment.formulation.parameterization = .v
    #expect(app.cells().shows(" before, another loss"))
  }

  @Test("zooming keeps the step under the cursor where it is; panning does not leave the run; 0 shows all")
  func zoom() throws {
    var window = StepWindow()
    let all = 0.0...1000.0
    window.zoom(by: 0.5, around: 250, all: all)
    #expect(window.axis(all).range == 125...625)
    window.pan(by: -1, all: all)
    #expect(window.axis(all).range == 0...500)
    window.pan(by: 100, all: all)
    #expect(window.axis(all).range == 500...1000)
    // At the end, it follows.
    #expect(window.axis(0...2000).range.upperBound == 2000)
    for _ in 0..<50 { window.zoom(by: 0.5, around: 700, all: all) }
    let span = window.axis(all).range
    #expect(span.upperBound - span.lowerBound >= 7 && span.contains(700))
    for _ in 0..<50 { window.zoom(by: 2, around: 700, all: all) }
    #expect(window.isWhole)

    var app = try makeApp()
    app.press("++")
    #expect(try !pane(app).window.isWhole)
    app.press("0")
    #expect(try pane(app).window.isWhole)
  }

  @Test("both axes are logarithmic or linear")
  func scales() throws {
    var app = try makeApp()
    app.press("lk")
    #expect(try pane(app).lossScale == .linear && pane(app).window.scale == .log)
    app.press("lk")
    #expect(try pane(app).lossScale == .log && pane(app).window.scale == .linear)
  }

  @Test("after a reset the curve of before stays in grey, with what was otherwise; pins stay until they are taken away")
  func before() throws {
    var app = try makeApp()
    app.press("P")
    #expect(app.world.courses.pinned.count == 1)
    app.press("+++")
    var next = app.world.configuration
    next.experiment.batchSize = 32
    _ = app.world.change(to: next)
    app.press("r")
    let before = try #require(app.world.courses.before)
    #expect(before.course.readings.last?.step == 400)
    next.experiment.batchSize = 64
    _ = app.world.change(to: next)
    #expect(app.cells().shows("before: batch 32") && app.cells().shows("1: batch 16"))
    app.press("C")
    #expect(app.world.courses.pinned.isEmpty && app.cells().shows("before"))
  }

  @Test("a course keeps all of its first steps and covers the whole run")
  func course() throws {
    var course = Course(capacity: 300)
    for step in 1...5000 {
      course.append(
        StepReport(
          step: step, loss: 1, gradientNorm: Float(step), isClipped: step % 2 == 0, learningRate: 1, sigmaRange: 1...1),
        rows: step, seconds: Double(step), loss: 1)
    }
    let steps = course.readings.map(\.step)
    #expect(steps.prefix(128) == Array(1...128)[...] && steps.count < 300 && (steps.last ?? 0) > 4930)
    let last = try #require(course.readings.last)
    #expect(abs(last.clippedShare - 0.5) < 0.05)
    #expect(course.upTo(200).readings.last?.step ?? 0 <= 200 && course.reading(upTo: 128)?.step == 128)
  }
}
