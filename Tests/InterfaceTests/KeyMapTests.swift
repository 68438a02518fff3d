import Terminal
import Testing

@testable import Interface

@Suite("keys put elsewhere")
struct KeyMapTests {
  private static let tables = [
    [
      Binding("f", [.character("f"): 0], "freeze the screen", footer: ("f", "freeze"), rank: 0),
      Binding("r  R", [.character("r"): 1, .character("R"): 2], "reset", footer: ("r", "reset"), rank: 1),
      Binding("q", [.character("q"): 3], "quit", footer: ("q", "quit"), rank: 2),
    ].map(\.hint)
  ]

  private func make(_ wanted: [(String, String)]) -> (map: KeyMap, problems: [String]) {
    var problems: [String] = []
    let map = KeyMap(wanted, tables: KeyMapTests.tables) { problems.append("\($0): \($1)") }
    return (map, problems)
  }

  @Test("the new key does what the old one did, which does nothing any more")
  func moved() {
    let (map, problems) = make([("freeze", "F")])
    #expect(map.meaning(of: .character("F")) == .character("f") && map.meaning(of: .character("f")) == nil)
    #expect(map.meaning(of: .up) == .up && problems.isEmpty)
  }

  @Test("two keys can be exchanged")
  func exchanged() {
    let (map, problems) = make([("freeze", "r"), ("reset", "f")])
    #expect(map.meaning(of: .character("r")) == .character("f") && map.meaning(of: .character("f")) == .character("r"))
    #expect(problems.isEmpty)
  }

  @Test("help and footer print the new key")
  func printed() {
    let (map, _) = make([("reset", "o")])
    let hint = map.moved(KeyMapTests.tables[0][1])
    #expect(hint.label == "o  R" && hint.footer?.label == "o")
    #expect(map.moved(KeyMapTests.tables[0][0]) == KeyMapTests.tables[0][0])
  }

  @Test("mistakes are told")
  func mistakes() {
    #expect(make([("frieze", "F")]).problems == ["frieze: no key is called so; the words of the footer name them"])
    #expect(make([("freeze", "FF")]).problems == ["freeze: a key is one character, not 'FF'"])
    #expect(make([("freeze", "x"), ("reset", "x")]).problems == ["reset: 'x' is already the key of freeze"])
    #expect(make([("freeze", "q")]).problems == ["freeze: 'q' was the key of quit, which has none now"])
  }
}
