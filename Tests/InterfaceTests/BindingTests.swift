import Interface
import Plot
import Terminal
import Testing

@Suite("bindings")
struct BindingTests {
  static let bindings: [Binding<Int>] = [
    Binding("space", [.character(" "): 1], "pause and resume", footer: ("space", "pause"), rank: 0),
    Binding(
      "← →  [ ]", [.left: -1, .right: 1, .character("["): -1, .character("]"): 1], "sigma", footer: ("←→", "sigma"),
      rank: 1),
    Binding("Ctrl-L", [.control("l"): 2], "draw anew", rank: 2),
    Binding("?", [.character("?"): 3], "this help", footer: ("?", "help"), rank: 3),
    Binding("q", [.character("q"): 4], "quit", footer: ("q", "quit"), rank: 4),
  ]
  let hints = bindings.map(\.hint)

  func line(_ columns: Int) -> String {
    var drawing = Drawing(Rectangle(columns: columns, rows: 1))
    Footer(hints, in: drawing.place).draw(on: &drawing)
    return drawing.cells(.braille).lines[0]
  }

  @Test("the footer keeps its last two words, those that lead to all others")
  func footer() {
    #expect(line(44) == " space pause  ←→ sigma  ? help  q quit      ")
    #expect(line(34) == " space pause  ? help  q quit      ")
    #expect(line(18) == " ? help  q quit   ")
  }

  @Test("a press on the footer is the key whose sign is pressed, or the first of the word")
  func press() {
    let footer = Footer(hints, in: Rectangle(column: 0, row: 9, columns: 44, rows: 1))
    let keys = (0..<44).map { footer.key(column: $0, row: 9) }
    #expect(keys[1...11].allSatisfy { $0 == .character(" ") } && keys[0] == nil && keys[12] == nil)
    #expect(keys[14] == .left && keys[15] == .right && keys[16...21].allSatisfy { $0 == .left })
    #expect(keys[24] == .character("?") && keys[37] == .character("q") && keys[38] == nil)
    #expect(footer.key(column: 14, row: 8) == nil)
  }

  @Test("help and README say the same")
  func help() {
    let table = HelpTable(hints)
    let lines = table.draw(in: Rectangle(columns: table.columns, rows: table.rows)).cells(.braille).lines
    #expect(lines[0].hasPrefix("╭─ keys ──") && lines[1] == "│  space     pause and resume  │" && lines.count == 7)
    #expect(
      markdownTable(Array(hints[1...2])) == """
        | key | what it does |
        |---|---|
        | `← →  [ ]` | sigma |
        | `Ctrl-L` | draw anew |
        """)
  }
}
