import Terminal
import Testing

@testable import Playground

@Suite("help")
struct HelpOverlayTests {
  @Test("on the smallest screen it can be scrolled to its end, and back at once", arguments: ["", "L"])
  func end(keys: String) {
    var app = makeApp(columns: Layout.leastColumns, rows: Layout.leastRows)
    app.press(keys + "?")
    #expect(!app.cells().shows("Ctrl-C"))
    for _ in 0..<10 { _ = app.update(.key(.pageDown)) }
    #expect(app.cells().shows("Ctrl-C"))
    _ = app.update(.key(.up))
    #expect(!app.cells().shows("Ctrl-C"))
  }
}
