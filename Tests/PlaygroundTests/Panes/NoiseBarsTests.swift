import Goldens
import Plot
import Testing

@testable import Diffusion
@testable import Playground

@Suite("noise bars")
struct NoiseBarsTests {
  @Test("learned bars, full at 2, the ideal a line over them, marks for the weight", arguments: Glyphs.allCases)
  func bars(glyphs: Glyphs) {
    let learned: [Float] = [2, 2.5, 1.5, 1, 0.5, 0.25, 0.1, 0]
    let bins = learned.enumerated().map { i, value in
      LossByNoise.Bin(
        sigma: Float(i + 1)...Float(i + 2), learned: value, ideal: value / 2, mass: [0.02, 0.05, 0.13, 0.25][i % 4])
    }
    let grid = NoiseBars(bins).cells(columns: 24, rows: 4, glyphs: glyphs)
    #expect(difference(grid, from: "bars-\(glyphs)", inks: true) == nil)
  }

  @Test("bars of a network that is not finite warn")
  func notFinite() {
    let bins = [LossByNoise.Bin(sigma: 1...2, learned: .nan, ideal: 1, mass: 1)]
    #expect(NoiseBars(bins).cells(columns: 16, rows: 4, glyphs: .braille)[0, 2] == Cell("!", .warning, .bold))
  }

  @Test("the ideal's line never lies above the end of a bar that is as high", arguments: Glyphs.allCases)
  func line(glyphs: Glyphs) {
    func top(_ value: Float, ideal: Float) -> Int? {
      let bin = LossByNoise.Bin(sigma: 1...2, learned: value, ideal: ideal, mass: 0)
      let grid = NoiseBars([bin]).cells(columns: 16, rows: 6, glyphs: glyphs)
      return (0..<5).first { grid[0, $0].glyph != " " }
    }
    for value in stride(from: Float(0), through: 2, by: 0.01) {
      #expect(top(value, ideal: value) == top(value, ideal: 0), "\(value)")
    }
  }

  @Test("where there is no room, there is nothing")
  func small() {
    let bins = [LossByNoise.Bin(sigma: 1...2, learned: 1, ideal: 1, mass: 1)]
    for (columns, rows) in [(0, 0), (1, 4), (8, 1)] {
      #expect(
        NoiseBars(bins).cells(columns: columns, rows: rows, glyphs: .braille).lines.joined().allSatisfy { $0 == " " })
    }
  }
}
