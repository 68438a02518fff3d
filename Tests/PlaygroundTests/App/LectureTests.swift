import Diffusion
import Goldens
import Interface
import Plot
import Terminal
import Testing

@testable import Playground

@Suite("for a lecture")
struct LectureTests {
  @Test("L puts the panels away, shows fewer points and big words, and L brings all back")
  func lecture() throws {
    var app = makeApp(columns: 120, rows: 40)
    let before = app.layout
    app.press("L")
    let place = try #require(app.layout?[.view])
    #expect(app.layout?.panes.count == 1 && place.columns == 120 && app.layout?.words.rows == 4)
    app.press("L")
    #expect(app.layout == before)
  }

  @Test("words as large as there is room for", arguments: Glyphs.allCases)
  func golden(glyphs: Glyphs) {
    let words = BigWords([("SIGMA 0.10", .point), ("LOSS 0.41", .arrow), ("STEP 12", .text)])
    let lines = words.cells(columns: 118, rows: 4, glyphs: glyphs).lines
    #expect(difference(lines, from: "lecture-\(glyphs.rawValue)") == nil)
  }
}

@Suite("keys put elsewhere, in the playground")
struct MovedKeysTests {
  @Test("a key that a person chose does it, is in the footer and the help, and can be typed into a text")
  func moved() {
    var app = makeApp(columns: 200, rows: 40)
    app.keyMap = KeyMap([("settings", "K")], tables: App.tables) { Issue.record("\($0): \($1)") }
    #expect(app.lines().last?.contains("K settings") == true)
    app.press("s")
    #expect(app.overlays.isEmpty)
    app.press("K/so")
    #expect((app.overlays.last as? SettingsOverlay)?.query == "so")
  }
}
