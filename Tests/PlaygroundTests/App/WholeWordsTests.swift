import Diffusion
import Foundation
import Interface
import Plot
import Testing

@testable import Playground

/// Nothing is cut without "…", nothing overlaps: a word that was cut or written over is no word of the program's.
@Suite("whole words")
struct WholeWordsTests {
  /// All that the sources say.
  static let vocabulary: Set<String> = {
    let sources = URL(fileURLWithPath: #filePath).appendingPathComponent("../../../../Sources").standardized
    let files = FileManager.default.enumerator(at: sources, includingPropertiesForKeys: nil)
    var words: Set<String> = ["日本語データ"]
    for case let file as URL in files ?? .init() where file.pathExtension == "swift" {
      words.formUnion(WholeWordsTests.words((try? String(contentsOf: file, encoding: .utf8)) ?? "").map(\.word))
    }
    return words
  }()

  /// Runs of three letters or more, and whether "…" follows.
  static func words(_ text: String) -> [(word: String, isCut: Bool)] {
    var words: [(String, Bool)] = []
    var word = String.UnicodeScalarView()
    for scalar in (text + " ").unicodeScalars {
      if scalar.properties.isAlphabetic {
        word.append(scalar)
      } else {
        if word.count >= 3 { words.append((String(word), scalar == "…")) }
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

  @Test("at every size, in every view, with every panel, for data with and without classes and with a wide name")
  func words() {
    let apps = [makeFullApp(tiny), makeFullApp(tinyTree), makeFullApp(tiny, name: "日本語データ")]
    let views = [viewKey(CoursePane.self), viewKey(ComparePane.self), viewKey(DrawPane.self)]
    for (number, app) in apps.enumerated() {
      // Most words are the same: of other data a part of the sizes will do.
      let sizes = WholeWordsTests.sizes.enumerated().filter { $0.offset % (number == 0 ? 1 : 4) == 0 }.map(\.element)
      for keys in ["", "i", "iii", "2", "2i", "2iii", "2o", "2oo", "3", "4", "5", "s", "3s", "?", "p"] + views
        + [views[1] + "o"]
      {
        var app = app
        app.press(keys)
        app.answerQuestions(limit: 3)
        for (columns, rows) in sizes {
          _ = app.update(.resized(columns: columns, rows: rows))
          let grid = app.cells()
          // What lies on top covers words, as it should.
          let top = app.layout?.panes.last?.place
          let lines = keys == "?" ? top.map { glyphs(in: $0, of: grid) } ?? [] : grid.lines
          let strange = lines.flatMap(WholeWordsTests.words).filter { word, isCut in
            !isCut && !WholeWordsTests.vocabulary.contains(word)
          }
          #expect(strange.isEmpty, "\(columns)×\(rows), \(keys): \(strange.map(\.word))")
          expectWholeBorders(app, grid, "\(columns)×\(rows), \(keys)")
        }
      }
    }
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
