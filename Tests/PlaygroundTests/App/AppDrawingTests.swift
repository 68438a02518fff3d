import Diffusion
import Goldens
import Interface
import Plot
import Testing

@testable import Playground

@Suite("the screen")
struct AppDrawingTests {
  @Test("the smallest screen")
  func compact() {
    var app = makeApp(columns: 60, rows: 20)
    app.press("a")
    app.world.sigma.move(by: -1000)
    #expect(difference(app.cells(.ascii), from: "smallest", inks: true) == nil)
  }

  @Test("every size from 1×1 to 300×100 is drawn whole, in every view, with and without what covers it")
  func sizes() {
    let views = [viewKey(CoursePane.self), viewKey(ComparePane.self), viewKey(DrawPane.self)]
    let covered = views + [views[1] + "o", "p", "pz"]
    for keys in ["", "a", "2", "2i", "3", "4", "5", "s", "?", "s?", "z", "2z", "zz", "zzz", "zzzz", "zs"] + covered {
      var app = makeApp(tinyTree)
      app.press(keys)
      for columns in [1, 2, 10, 59, 60, 61, 80, 100, 200, 300] {
        for rows in [1, 2, 19, 20, 21, 24, 45, 60, 100] {
          _ = app.update(.resized(columns: columns, rows: rows))
          let grid = app.cells(.ascii)
          #expect(grid.columns == columns && grid.rows == rows)
          let isLarge = columns >= Layout.leastColumns && rows >= Layout.leastRows
          #expect(grid.lines[0].contains("roulade  tiny") == isLarge)
        }
      }
    }
  }

  @Test("too small a screen says what it needs")
  func tooSmall() {
    #expect(
      makeApp(columns: 26, rows: 5).lines() == [
        "                          ",
        "   roulade needs 60×20    ",
        "       this is 26×5       ",
        "         q quits          ",
        "                          ",
      ])
  }

  @Test("open settings leave the loss in sight, and the bars where there is room")
  func settings() throws {
    for (columns, rows, hasBars) in [(60, 20, false), (80, 24, false), (120, 40, true), (200, 60, true)] {
      var app = makeApp(tinyTree, columns: columns, rows: rows)
      app.press("s")
      let layout = try #require(app.layout)
      #expect((layout[.noise] != nil) == hasBars && layout[.rate] == nil)
      let text = app.lines()
      #expect(text[1].contains("─ loss ─"))
      #expect(text[rows - 2].hasSuffix("╯") && text[rows - 2].contains("←→ restarts training"))
    }
  }

  @Test("a failure stands in the middle of the view, with tensor and step")
  func failure() {
    var app = makeApp()
    app.world.newest.failure = .nonFinite(tensor: "net.4.weight", step: 812)
    let text = app.lines().joined(separator: "\n")
    #expect(text.contains("training stopped") && text.contains("■ diverged"))
    #expect(text.contains("net.4.weight is not finite") && text.contains("812"))
  }

  @Test(
    "the header has a failure's step and tensor, too, on small screens as on large ones",
    arguments: [(60, "output of net.4"), (80, "gradient of net.4.weight"), (200, "gradient of net.4.weight")])
  func failureInHeader(columns: Int, tensor: String) {
    var app = makeApp(columns: columns, rows: 24)
    app.world.newest.failure = .nonFinite(tensor: tensor, step: 2812)
    for _ in 0..<2 {
      #expect(app.lines()[0].contains("■ diverged  at 2,812: \(tensor)"))
      app.press("z")
    }
  }

  @Test("numbers are grouped by thousands")
  func grouping() {
    #expect([0, 12, 999, 1000, 12_345, 1_234_567].map(grouped) == ["0", "12", "999", "1,000", "12,345", "1,234,567"])
  }

  @Test(
    "a name of wide characters, emoji and marks breaks no border", arguments: [60, 61, 62, 63, 80, 120], Glyphs.allCases
  )
  func wideNames(columns: Int, glyphs: Glyphs) {
    var experiment = tiny
    experiment.name = "日本語🙂é"
    let half = tinyTree.loadData()
    let dataset = Dataset(
      name: "日本語🙂e\u{301}👩‍👩‍👧", points: half.points, labels: half.labels,
      classNames: half.classNames.map { "語🙂\($0)" })
    var app = App(
      World(
        Configuration(experiment, sampling: SampleSettings(label: 0)), dataset: dataset, seed: 0,
        frame: makeLab(tinyTree).firstFrame))
    _ = app.update(.resized(columns: columns, rows: 24))
    for key in (1...Views.all.count).map(String.init) {
      app.press(key)
      for line in app.lines(glyphs) { #expect(line.cellWidth == columns, "\(line)") }
    }
  }

  @Test("what comes from outside draws no control character: names, notices, failures")
  func controlCharacters() {
    let escape = "\u{1B}]0;title\u{7}\u{1B}[2J\u{9B}1m\r\n"
    var experiment = tinyTree
    experiment.name = escape
    let tree = tinyTree.loadData()
    let dataset = Dataset(
      name: escape, points: tree.points, labels: tree.labels, classNames: tree.classNames.map { escape + $0 })
    var app = App(
      World(
        Configuration(experiment, sampling: SampleSettings(label: 0)), dataset: dataset, seed: 0,
        frame: makeLab(tinyTree).firstFrame))
    for message in [Message.exported(.success(escape)), .exported(.failure(ExportFailure(description: escape)))] {
      for keys in ["1", "2", "s", "s"] {
        app.press(keys)
        _ = app.update(message)
        #expect(app.cells().lines.joined().unicodeScalars.allSatisfy { $0.properties.generalCategory != .control })
      }
    }
  }
}
