@testable import Diffusion
import Foundation
import Interface
import Plot
import Terminal
import TestExperiments
import Testing

@testable import Playground

/// Nothing is cut without "…", nothing overlaps: a word that was cut or written over is no word of the program's.
@Suite("whole words")
struct WholeWordsTests {
  /// All that the sources say.
  static let vocabulary: Set<String> = {
    let sources = URL(fileURLWithPath: #filePath).appendingPathComponent("../../../../Sources").standardized
    let files = FileManager.default.enumerator(at: sources, includingPropertiesForKeys: nil)
    var words: Set<String> = ["日本語データ", "qqq"]
    for case let file as URL in files ?? .init() where file.pathExtension == "swift" {
      words.formUnion(WholeWordsTests.words((try? String(contentsOf: file, encoding: .utf8)) ?? "").map(\.word))
    }
    return words
  }()

  /// Runs of letters and digits with three letters or more, and whether "…" follows: a number that lies against a word
  /// makes another word of it.
  static func words(_ text: String) -> [(word: String, isCut: Bool)] {
    var words: [(String, Bool)] = []
    var word = String.UnicodeScalarView()
    for scalar in (text + " ").unicodeScalars {
      if scalar.properties.isAlphabetic || ("0"..."9").contains(scalar) {
        word.append(scalar)
      } else {
        if word.count(where: \.properties.isAlphabetic) >= 3 { words.append((String(word), scalar == "…")) }
        word = .init()
      }
    }
    return words
  }

  /// Words are cut where there is little room; of the large ones the extremes are enough.
  static let sizes =
    [60, 61, 67, 72, 80, 87, 96, 100, 120].flatMap { columns in [20, 21, 24, 30, 36, 40].map { (columns, $0) } }
    + [(60, 100), (80, 50), (80, 60), (100, 60), (133, 50), (160, 36), (200, 21), (200, 50), (300, 20), (300, 100)]

  /// With everything answered, so that all panes have something to say.
  private func makeFullApp(_ experiment: Experiment, name: String? = nil) -> App {
    let data = experiment.loadData()
    let dataset = Dataset(name: name ?? data.name, points: data.points, labels: data.labels)
    var app = App(
      World(Configuration(experiment), dataset: dataset, seed: 0, frame: makeFrame(experiment, steps: 200)))
    _ = app.update(.resized(columns: 80, rows: 24))
    app.answerQuestions()
    return app
  }

  /// With a run B beside A, whose optimizer is another, and a curve of before.
  private func makeRivals() -> App {
    var session = Session(Run(tiny, dataset: tiny.loadData(), seed: 0, threads: 1), threads: 1)
    var app = makeApp()
    func perform(_ effects: [Effect]) {
      for command in commands(effects) { session.perform(command) }
      session.perform(.advance(60))
      while !session.isPaused { session.runSlice() }
      for frame in session.makeFrames() { _ = app.update(.frame(frame)) }
    }
    perform([])
    perform(app.press("r"))
    app.press(viewKey(ComparePane.self) + "o")
    perform(app.update(.key(.right)))
    _ = app.update(.key(.escape))
    app.press("1")
    app.answerQuestions()
    return app
  }

  /// Presses keys, of which "↵" is Enter, "⇥" Tab and "→" the arrow.
  private func press(_ keys: String, _ app: inout App) {
    let named: [Character: Key] = ["↵": .enter, "⇥": .tab, "→": .right]
    for key in keys { _ = app.update(.key(named[key] ?? .character(key))) }
  }

  /// What is looked at of every app: all views, and what changes their words.
  private static let views = [
    "", "i", "iii", "a", "2", "2i", "2iii", "2o", "2oo", "3", "4", "5", "5i", "6", "6lk", "7", "7v", "8", "8o", "8E",
    "L",
    "z", "zz", "zzz", "zzzz",
  ]
  /// What lies over them.
  private static let overlays: [String] = {
    let explained = (0..<8).map { "x" + String(repeating: "⇥", count: $0) }
    let toured = TourStop.all.indices.map { "t" + String(repeating: "↵", count: $0) }
    return [
      "s", "3s", "s/no", "s/qqq", "s↵", "s/preset↵↵", "s/schedule↵↵", "s/hidden↵↵12,", "?", "y", "U", "U⇥", "p", "p↵",
      "2p",
      "7o", "b", "zs", "Lp", "<", "f",
    ] + explained + toured
  }()

  @Test(
    "at every size, in every view, under every overlay, for data with and without classes, with a wide name, and for two runs",
    arguments: ["plain", "classes", "wide", "rivals"])
  func words(kind: String) {
    let app =
      switch kind {
      case "classes": makeFullApp(tinyTree)
      case "wide": makeFullApp(tiny, name: "日本語データ")
      case "rivals": makeRivals()
      default: makeFullApp(tiny)
      }
    // Most words are the same whatever the data, and much the same in one view as in the next: a part of the sizes will
    // do, another for each.
    let share = kind == "plain" ? 1 : 3
    let scripts =
      WholeWordsTests.views.map { ($0, 2 * share) } + WholeWordsTests.overlays.map { ($0, 6 * share) }
    for (number, (keys, stride)) in scripts.enumerated() {
      var app = app
      press(keys, &app)
      app.answerQuestions(limit: 3)
      for (columns, rows) in WholeWordsTests.sizes.enumerated().filter({ ($0.offset + number) % stride == 0 }).map(
        \.element)
      {
        _ = app.update(.resized(columns: columns, rows: rows))
        let grid = app.cells()
        let place: Comment = "\(columns)×\(rows), \(keys)"
        // What lies over a part of a pane covers words, as it should.
        let lines = covering(app).map { glyphs(in: $0, of: grid) } ?? grid.lines
        let strange = lines.flatMap(WholeWordsTests.words).filter { word, isCut in
          !isCut && !WholeWordsTests.vocabulary.contains(word)
        }
        #expect(strange.isEmpty, "\(place): \(strange.map(\.word))")
        expectWholeBorders(app, grid, place)
      }
    }
  }

  /// The overlay that lies over a part of a pane.
  private func covering(_ app: App) -> Rectangle? {
    guard let overlay = app.overlays.last else { return nil }
    if case .docked = overlay.placement(app.world), app.zoomed == nil { return nil }
    if case .band = overlay.placement(app.world) { return nil }
    return app.layout?.panes.last?.place
  }

  private func glyphs(in place: Rectangle, of grid: CellGrid) -> [String] {
    (place.row..<place.endRow).map { row in
      String(String.UnicodeScalarView((place.column..<place.endColumn).map { grid[$0, row].glyph }))
    }
  }

  /// A pane is one box, or boxes one below the other: along its sides each box that ends is followed by the next.
  private func expectWholeBorders(_ app: App, _ grid: CellGrid, _ place: Comment) {
    guard let layout = app.layout else { return }
    for (i, (_, pane)) in layout.panes.enumerated() {
      let above = layout.panes[(i + 1)...].map(\.place)
      var isWhole = true
      func expect(_ column: Int, top: Unicode.Scalar, bottom: Unicode.Scalar) {
        var expected: Set<Unicode.Scalar> = [top]
        for row in pane.row..<pane.endRow {
          let glyph = grid[column, row].glyph
          let isCovered = above.contains { $0.contains(Pointer.Spot(column: column, row: row)) }
          let isLast = row == pane.endRow - 1
          isWhole = isWhole && (isCovered || expected.contains(glyph) && (!isLast || glyph == bottom))
          expected = isCovered ? [top, "│", bottom] : glyph == bottom ? [top] : ["│", bottom]
        }
      }
      expect(pane.column, top: "╭", bottom: "╰")
      expect(pane.endColumn - 1, top: "╮", bottom: "╯")
      #expect(isWhole, place)
    }
  }
}
