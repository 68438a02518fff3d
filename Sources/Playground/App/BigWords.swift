import Diffusion
import Interface
import Plot

/// Words in letters of several rows, to be read from the back of a room: as many as there is room for.
struct BigWords: Figure {
  /// Rows of the screen.
  static let rows = 4
  /// Columns of the screen from one letter to the next.
  private static let advance = 6

  private let words: [(text: String, ink: Ink)]

  /// - Parameter words: The most telling first; letters, digits and a few signs.
  init(_ words: [(text: String, ink: Ink)]) { self.words = words }

  func cells(columns: Int, rows: Int, glyphs: Glyphs) -> CellGrid {
    var grid = CellGrid(columns: columns, rows: rows)
    var column = 0
    for (text, ink) in words {
      let width = glyphs == .ascii ? 2 * text.count : BigWords.advance * text.count
      guard column + width <= columns else { continue }
      if glyphs == .ascii {
        // Too few dots for letters.
        let spaced = text.map { "\($0) " }.joined()
        grid.write(spaced, column: column, row: rows / 2, ink: ink, emphasis: .bold)
      } else {
        grid.draw(letters(text, ink).cells(columns: width, rows: rows, glyphs: glyphs), column: column, row: 0)
      }
      // More than between letters.
      column += width + (glyphs == .ascii ? BigWords.advance / 2 : BigWords.advance)
    }
    return grid
  }

  private func letters(_ text: String, _ ink: Ink) -> Scene {
    let advance = Double(StrokeFont.advance)
    // A unit of room below and above.
    var scene = Scene(.chart(x: Axis(0...advance * Double(text.count)), y: Axis(-0.5...6.5)))
    for stroke in StrokeFont.strokes(of: text).flatMap(\.self) { scene.polyline(stroke, ink: ink) }
    return scene
  }
}

/// What a lecture says of the present in big words, the most telling first.
func lectureWords(_ world: World) -> [(text: String, ink: Ink)] {
  let loss = world.frame.losses.smoothed.map { "LOSS " + $0.formatted(significant: 2) }
  return [
    ("SIGMA " + world.sigma.value.formatted(significant: 2), .point), loss.map { ($0, .arrow) },
    ("STEP \(world.moment.id.step)", .text),
  ].compactMap(\.self)
}
