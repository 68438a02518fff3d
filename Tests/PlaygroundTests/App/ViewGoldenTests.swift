import Diffusion
import Goldens
import Interface
import Plot
import Terminal
import Testing

@testable import Playground

/// Every view and what lies over it as a new user would see it, over weights that have learned: to be looked at, one by
/// one. Themes differ in colours alone, so the inks of one picture and the colours of all inks are all there is to hold.
@Suite("pictures of the views")
struct ViewGoldenTests {
  private static let trained = makeTrained()
  private static let rivals = makeRivals()

  /// What is pressed, how much noise there is, and how long one waits: a picture of each.
  private static let scripts: [(name: String, keys: String, sigma: Double, seconds: Double)] = [
    ("denoise", "", 0.2, 0), ("denoise-both", "i", 2, 0), ("field", numberKey(FieldPane.self), 0.3, 0),
    ("field-density", numberKey(FieldPane.self) + "o", 0.2, 0),
    ("sample", numberKey(SamplePane.self), 0.3, 1.6),
    ("race", numberKey(RacePane.self), 0.3, 2.4),
    ("quality", numberKey(QualityPane.self), 0.3, 0),
    ("loss", numberKey(CoursePane.self) + "{", 0.3, 0),
    ("compare", numberKey(ComparePane.self), 0.2, 0),
    ("draw", numberKey(DrawPane.self) + "o", 0.3, 0),
  ]

  @Test("in braille at three sizes, and in ASCII", arguments: scripts.indices)
  func pictures(number: Int) throws {
    let picture = ViewGoldenTests.scripts[number]
    let base = ["loss", "compare"].contains(picture.name) ? ViewGoldenTests.rivals : ViewGoldenTests.trained
    for (columns, rows, glyphs) in [
      (80, 24, Glyphs.braille), (120, 40, .braille), (200, 60, .braille), (80, 24, .ascii),
    ] {
      var app = base
      app.show(picture.keys, columns: columns, rows: rows, glyphs, sigma: picture.sigma, after: picture.seconds)
      let name = "\(picture.name)-\(columns)x\(rows)" + (glyphs == .ascii ? "-ascii" : "")
      #expect(difference(try app.view(glyphs), from: name, inks: columns == 80 && glyphs == .braille) == nil)
    }
  }

  @Test("in blocks, where a density is shaded and where arrows have no dots", arguments: ["denoise", "field-density"])
  func blocks(name: String) throws {
    let picture = try #require(ViewGoldenTests.scripts.first { $0.name == name })
    var app = ViewGoldenTests.trained
    app.show(picture.keys, .block, sigma: picture.sigma)
    #expect(difference(try app.view(.block), from: "\(name)-80x24-block") == nil)
  }

  @Test("samples of a network that knows nothing are shown where they are, far from the data")
  func untrained() throws {
    var app = ViewGoldenTests.rivals
    app.press(numberKey(ComparePane.self) + "W" + numberKey(SamplePane.self))
    app.show("", after: 10)
    #expect(difference(try app.view(.braille), from: "sample-untrained-80x24") == nil)
  }

  @Test("whole screens", arguments: [(80, 24), (120, 40), (200, 60)])
  func screens(columns: Int, rows: Int) {
    var app = ViewGoldenTests.trained
    app.show("", columns: columns, rows: rows, sigma: 0.1)
    #expect(difference(app.cells(), from: "screen-\(columns)x\(rows)") == nil)
  }

  /// Most lie over the view for drawing, which is empty.
  private static let overlays: [(name: String, keys: String)] = [
    ("probe", "p"), ("lecture", "L"), ("settings", "8s"), ("search", "8s/noise"), ("value", "8s/data↵↵"),
    ("help", "8?"),
    ("branch", "7o"), ("command", "8y"), ("until", "8U"), ("explain", "8x"), ("tour", "8t"),
  ]

  @Test("what lies over the views", arguments: overlays.indices)
  func covered(number: Int) {
    let overlay = ViewGoldenTests.overlays[number]
    var app = ViewGoldenTests.trained
    app.show(overlay.keys, sigma: 0.2)
    #expect(difference(app.cells(), from: "screen-\(overlay.name)") == nil)
  }

  @Test("the colours of the inks and of their shades, in every theme")
  func colors() {
    let palettes = Theme.allCases.map { Palette(colors: 256, theme: $0, environment: [:]) }
    let eight = Palette(colors: 8, environment: [:])
    func cell(_ color: Int?) -> String { (color.map { "\($0)" } ?? "–").padded(to: 4) }
    let heading = "".padded(to: 9) + Theme.allCases.map { $0.rawValue.padded(to: 18) }.joined() + "of 8"
    let rows = Ink.allCases.map { ink in
      let themes = palettes.map { palette in
        Shade.allCases.dropFirst().reversed().map { cell(palette.color(ink, $0)) }.joined().padded(to: 18)
      }
      return "\(ink)".padded(to: 9) + themes.joined() + cell(eight.color(ink))
    }
    #expect(difference([heading] + rows, from: "themes") == nil)
  }
}

extension App {
  /// Presses keys, of which "↵" is Enter, on a screen of a size, and waits until everything is answered, and longer.
  fileprivate mutating func show(
    _ keys: String, columns: Int = 80, rows: Int = 24, _ glyphs: Glyphs = .braille, sigma: Double = 0.3,
    after seconds: Double = 0
  ) {
    world.glyphs = glyphs
    _ = update(.resized(columns: columns, rows: rows))
    world.sigma.move(to: sigma)
    for key in keys { _ = update(.key(key == "↵" ? .enter : .character(key))) }
    // The chart of quality fills for as long as one watches.
    answerQuestions(limit: 40)
    _ = update(.passed(seconds))
  }

  fileprivate func view(_ glyphs: Glyphs) throws -> CellGrid {
    let place = try #require(layout?[.view])
    return self[.view].draw(world, in: place).cells(glyphs)
  }
}
