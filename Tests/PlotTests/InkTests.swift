import Plot
import Testing

@Suite("Ink")
struct InkTests {
  @Test("where learned and ideal share a cell, learned is seen: the ideal never hides what is learned")
  func learnedBeforeIdeal() {
    for glyphs in Glyphs.allCases {
      var scene = Scene(.plane(radius: 1))
      for ink in [Ink.arrow, .ideal] { scene.arrows(from: [[-0.5, 0]], to: [[0.5, 0]], ink: ink) }
      let grid = glyphs.renderer.render(scene, columns: 9, rows: 3)
      #expect((0..<9).allSatisfy { grid[$0, 1].glyph == " " || grid[$0, 1].ink == .arrow })
    }
  }
}
