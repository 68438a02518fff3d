import Interface
import Plot
import Testing

@Suite("Drawing")
struct DrawingTests {
  @Test("places are the screen's, and what lies outside its own is cut off")
  func clipping() {
    var drawing = Drawing(Rectangle(column: 5, row: 2, columns: 4, rows: 2))
    drawing.write("abcdefgh", column: 3, row: 2)
    drawing.write("below", column: 5, row: 4)
    drawing.cell(Cell("x"), column: 8, row: 3)
    #expect(drawing.cells(.ascii).lines == ["cdef", "   x"])
  }

  @Test("a text in a place is broken at spaces, and cut at the right and at the bottom")
  func text() {
    var drawing = Drawing(Rectangle(columns: 9, rows: 5))
    drawing.write("one two three immeasurably more", in: Rectangle(column: 1, row: 1, columns: 7, rows: 3))
    #expect(drawing.cells(.braille).lines == ["         ", " one two ", " three   ", " immeas… ", "         "])
  }

  @Test("a later thing covers an earlier one: a box within hides the figure beneath it")
  func order() {
    let place = Rectangle(columns: 12, rows: 5)
    var drawing = Drawing(box: place, title: [Label("a")], value: [Label("7")], legend: [Label("b")])
    var scene = Scene(.chart(x: Axis(0...1), y: Axis(0...1)))
    scene.polyline([SIMD2(0, 0.5), SIMD2(1, 0.5)], ink: .curve)
    drawing.figure(scene, in: place.inside)
    drawing.draw(Drawing(box: Rectangle(column: 3, row: 1, columns: 5, rows: 3), title: []))
    #expect(
      drawing.cells(.ascii).lines == [
        "╭─ a ── 7 ─╮",
        "│  ╭───╮   │",
        "│**│   │***│",
        "│  ╰───╯   │",
        "╰─ b ──────╯",
      ])
  }

  @Test("which glyphs there are is asked last: one drawing in three alphabets, and its scene for a file")
  func glyphs() {
    var drawing = Drawing(Rectangle(columns: 3, rows: 1))
    var scene = Scene(.chart(x: Axis(0...1), y: Axis(0...1)), title: "a point")
    scene.points([SIMD2(0.5, 0.5)], ink: .point)
    drawing.figure(scene, in: drawing.place)
    var whole = Drawing(Rectangle(columns: 9, rows: 9))
    whole.draw(drawing)
    for glyphs in Glyphs.allCases {
      #expect(drawing.cells(glyphs) == glyphs.renderer.render(scene, columns: 3, rows: 1))
    }
    #expect(whole.scenes.map(\.scene.title) == ["a point"] && whole.scenes[0].place == drawing.place)
  }

  @Test("words in a border are cut with … before they touch a corner, and the value is the last to go")
  func narrowBox() {
    let box = Drawing(
      box: Rectangle(columns: 16, rows: 2), title: [Label("learning rate")], value: [Label("5e-3")],
      legend: [Label("gradient norm 5.5")])
    #expect(box.cells(.braille).lines == ["╭─ le… ─ 5e-3 ─╮", "╰─ gradient … ─╯"])
    for columns in 0...12 {
      let box = Drawing(box: Rectangle(columns: columns, rows: 3), title: [Label("title")], value: [Label("value")])
      let line = box.cells(.braille).lines[0]
      #expect(columns < 2 || (line.hasPrefix("╭") && line.hasSuffix("╮")))
    }
  }

  @Test("labels are shortened as one text, each in its ink")
  func labels() {
    let labels = [Label("● ", .data), Label("data  "), Label("noisy", .point)]
    #expect(labels.shortened(to: 13) == labels)
    #expect(labels.shortened(to: 10).map(\.text) == ["● ", "data  ", "n…"])
    #expect(labels.shortened(to: 8).map(\.text) == ["● ", "data …"])
    #expect(labels.shortened(to: 0).isEmpty)
    #expect(pack(["a", "bc", "d"], columns: 6) == ["a · bc", "d"] && wrap("a bc d", columns: 4) == ["a bc", "d"])
    #expect(longest(["long", "it"], columns: 2) == "it" && longest(["long"], columns: 2) == "l…")
  }

  @Test("a text that has more lines than its place ends with …, and one that fits does not")
  func cut() {
    func lines(_ rows: Int) -> [String] {
      let place = Rectangle(columns: 9, rows: rows)
      var drawing = Drawing(place)
      drawing.write("one two three four five", in: place)
      return drawing.cells(.ascii).lines
    }
    #expect(lines(3) == ["one two  ", "three    ", "four five"])
    #expect(wrap("one two three four five", columns: 9, rows: 2) == ["one two", "three fo…"])
    #expect(wrap("one two", columns: 9, rows: 1) == ["one two"] && wrap("one", columns: 9, rows: 0) == [])
  }
}
