import Goldens
import Interface
import Terminal
import Testing

@testable import Playground

@Suite("keys")
struct AppKeysTests {
  /// The tables of keys that can be in force together.
  static let tables: [[Hint]] =
    [App.bindings.map(\.hint)] + Views.all.map { type(of: $0).allHints } + Views.side.map { type(of: $0).allHints }
    + [
      SettingsOverlay.allHints, ValueOverlay.allHints, HelpOverlay.allHints, CommandOverlay.allHints,
      ExplainOverlay.allHints, UntilOverlay.allHints, TourOverlay.allHints, BranchOverlay.allHints,
      ProbeOverlay.allHints,
    ]

  @Test("within a table no key means two things, and labels name the keys that they stand for", arguments: tables)
  func unique(hints: [Hint]) {
    let keys = hints.flatMap(\.keys)
    #expect(Set(keys).count == keys.count)
    for hint in hints {
      for case .character(let character) in hint.keys where character != " " && !character.isNumber {
        #expect(hint.label.contains(character))
      }
    }
  }

  @Test("the table in docs/playground.md is made of these")
  func table() { #expect(difference(App.markdown, named: "keys", in: "docs/playground.md") == nil) }

  @Test("the help panel shows every key on the smallest screen, and the footer at least help and quit")
  func fit() throws {
    for (experiment, hasClasses) in [(tiny, false), (tinyTree, true)] {
      for view in 1...Views.all.count {
        var app = makeApp(experiment, columns: Layout.leastColumns, rows: Layout.leastRows)
        app.press("\(view)?")
        let place = try #require(app.layout?[.overlay(0)])
        guard case .centered(let columns, _) = app.overlays[0].placement(app.world) else { return }
        #expect(place.columns == columns)
        var seen = Set(app.lines())
        for _ in 0..<30 {
          _ = app.update(.key(.down))
          seen.formUnion(app.lines())
        }
        for hint in app.hints() where hint.rank < 97 {
          #expect(seen.contains { $0.contains(" \(hint.label) ") && $0.contains(hint.help) }, "\(hint.label)")
        }
        #expect(seen.contains { $0.contains("( )") } == (hasClasses && Views.all[view - 1] is SamplePane))
      }
    }
    let app = makeApp(columns: Layout.leastColumns, rows: Layout.leastRows)
    #expect(app.lines().last?.contains("? help  q quit") == true)
  }

  @Test("a text beneath another overlay is not typed into, and q quits where the footer says so")
  func coveredText() throws {
    var app = makeApp(columns: 120, rows: 40)
    app.press("s/t")
    #expect(app.lines().last?.contains("q quit") == false)
    // The tour comes in front of a search that has not ended.
    _ = app.update(.key(.enter))
    app.press("/")
    let search = try #require(app.overlays.last as? SettingsOverlay)
    app.overlays = [search, TourOverlay(app.world)]
    #expect(app.lines().last?.contains("q quit") == true)
    #expect(app.update(.key(.character("q"))).contains { if case .quit = $0 { true } else { false } })
    #expect((app.overlays.first as? SettingsOverlay)?.query == "")
  }

  @Test("an overlay that is opened again is there once, in front")
  func once() {
    var app = makeApp(columns: 120, rows: 40)
    app.press("UtUU")
    #expect(app.overlays.count == 2 && app.overlays[1] is UntilOverlay)
  }

  @Test("while the settings are open, the footer says what the arrows do there")
  func settings() {
    var app = makeApp(columns: 120, rows: 40)
    app.press("s")
    let footer = app.lines().last ?? ""
    #expect(
      footer.contains("↑↓ choose  ←→ change  Enter values  / find  s close") && !footer.contains("rate")
        && !footer.contains("sigma"))
  }

  @Test("what does nothing in a view is not in its footer, whoever else has the key")
  func off() {
    var app = makeApp(columns: 140, rows: 40)
    #expect(app.lines().last?.contains("sigma") == true)
    app.press(numberKey(SamplePane.self))
    #expect(app.lines().last?.contains("sigma") == false && app.lines().last?.contains("class") == false)
  }

  @Test("paused, space goes on")
  func goOn() {
    var app = makeApp()
    app.press(" ")
    #expect(app.lines().last?.contains("space go on") == true)
  }
}
