import Diffusion
import Export
import Foundation
import Interface
import Plot
import Terminal
import Testing

@testable import Playground

@Suite("draw pane")
struct DrawPaneTests {
  private static let number = Views.all.firstIndex { $0 is DrawPane } ?? 0

  private func makeApp() -> App {
    var app = PlaygroundTests.makeApp()
    app.press(viewKey(DrawPane.self))
    return app
  }

  private func sketch(_ app: App) throws -> Sketch { try #require(app.views[Self.number] as? DrawPane).sketch }

  private func drag(_ app: inout App) throws {
    let place = try #require(app.layout?[.view]).inside
    for (kind, column) in [
      (PointerEvent.Kind.press(.left), 5), (.drag(.left), 15), (.drag(.left), 25), (.release(.left), 25),
    ] {
      _ = app.update(.pointer(PointerEvent(kind, column: place.column + column, row: place.row + 8)))
    }
  }

  @Test("a drag leaves points along its way; undo takes the stroke back; the eraser takes what it touches")
  func strokes() throws {
    var app = makeApp()
    try drag(&app)
    let drawn = try sketch(app).points
    #expect(drawn.count > 100 && (drawn.map(\.x).max() ?? 0) - (drawn.map(\.x).min() ?? 0) > 0.9)
    app.press("u")
    #expect(try sketch(app).isEmpty)
    try drag(&app)
    app.press("E")
    try drag(&app)
    #expect(try sketch(app).points.count < drawn.count / 4)
    app.press("u")
    #expect(try sketch(app).points.count >= drawn.count)
  }

  @Test("the crosshair draws, too")
  func keys() throws {
    var app = makeApp()
    app.press(".")
    let touched = try sketch(app).points.count
    app.press("d")
    for _ in 0..<10 { _ = app.update(.key(.up)) }
    let drawn = try sketch(app).points
    #expect(touched > 0 && drawn.count > 3 * touched && (drawn.map(\.y).max() ?? 0) > 0.4)
    app.press("u")
    #expect(try sketch(app).points.count == touched)
  }

  @Test("Enter trains on it, as on a file that holds it, and shows that; before, it says what is missing")
  func train() throws {
    var app = makeApp()
    _ = app.update(.key(.enter))
    #expect(app.world.notice?.text.contains("nothing is drawn") == true)
    try drag(&app)
    let csv = try sketch(app).csv
    let sent = commands(app.update(.key(.enter)))
    let dataset = try PointsFile(text: csv, file: "drawing-1.csv").dataset
    #expect(sent == [.restart(app.world.experiment, dataset, seed: 0, run: 1)])
    #expect(app.world.dataset == dataset && app.chosenView == 0)
    #expect(app.world.notice?.text.hasSuffix("training begins again") == true)
    // Other data, and back to the drawing.
    let drawing = app.world.configuration
    _ = app.world.change(to: app.world.original.configuration)
    _ = app.world.change(to: drawing)
    #expect(app.world.dataset == dataset)
  }

  @Test("it is saved whole, and never over a file that is there")
  func save() throws {
    let directory = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString).path
    try FileManager.default.createDirectory(atPath: directory, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(atPath: directory) }
    var app = makeApp()
    try drag(&app)
    guard case .save(let text, let name)? = app.press("w").first else {
      Issue.record("nothing to save")
      return
    }
    let exporter = Exporter(Snapshot.Destination(directory: directory), waker: Waker {})
    exporter.write(text, as: name)
    exporter.write("x,y\n1,2\n", as: name)
    exporter.finish()
    let results = exporter.takeResults().compactMap { try? $0.get() }
    #expect(results == ["\(directory)/drawing.csv", "\(directory)/drawing-2.csv"])
    let read = try PointsFile(contentsOf: "\(directory)/drawing.csv").dataset
    #expect(read.points.count == (try sketch(app).points.count))
  }

  @Test("what changes nothing is no stroke: undo takes back the last that did")
  func idleStrokes() throws {
    var app = makeApp()
    app.press("dd")
    #expect(try !sketch(app).canUndo)
    app.press(".")
    let touched = try sketch(app).points
    app.press("E")
    for _ in 0..<20 { _ = app.update(.key(.up)) }
    app.press(".")
    #expect(try sketch(app).points == touched)
    app.press("u")
    #expect(try sketch(app).isEmpty && !sketch(app).canUndo)
  }

  @Test("a drawing is not taken for a file of the same name that was read")
  func names() throws {
    var experiment = tiny
    experiment.data = .file(path: "drawing-2.csv")
    let read = Dataset(name: "read", points: [Point(0, 0), Point(1, 1)])
    var world = World(
      Configuration(experiment), dataset: read, seed: 0,
      frame: Lab(Run(experiment, dataset: read, seed: 0, threads: 1), threads: 1, waker: Waker {}).firstFrame)
    for x in [Float(2), 3, 4] {
      _ = world.train(onDrawing: "x,y\n\(x),0\n0,\(x)\n")
      #expect(world.dataset != read)
      #expect(world.drawn.last.map { $0.source == world.experiment.data && $0.dataset == world.dataset } == true)
    }
    #expect(world.drawn.map(\.source.name).sorted() == ["drawing-1.csv", "drawing-3.csv", "drawing-4.csv"])
  }
}
