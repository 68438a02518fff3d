import Plot
import Terminal
import Testing

@Suite("Palette")
struct PaletteTests {
  @Test("depth follows the number of colours")
  func depth() {
    #expect(Palette(colors: 0, environment: [:]).depth == .none)
    #expect(Palette(colors: 8, environment: [:]).depth == .ansi8)
    #expect(Palette(colors: 88, environment: [:]).depth == .ansi8)
    #expect(Palette(colors: 256, environment: [:]).depth == .indexed256)
    #expect(Palette(colors: 1 << 24, environment: [:]).depth == .indexed256)
  }

  @Test("NO_COLOR takes the colours away unless it is empty")
  func noColor() {
    #expect(Palette(colors: 256, environment: ["NO_COLOR": "1"]).depth == .none)
    #expect(Palette(colors: 256, environment: ["NO_COLOR": ""]).depth == .indexed256)
  }

  @Test("no colour is out of its depth, and none is black or white")
  func colors() {
    for ink in Ink.allCases {
      #expect(Palette(colors: 0, environment: [:]).color(ink) == nil)
      if let color = Palette(colors: 8, environment: [:]).color(ink) { #expect((1...6).contains(color)) }
      if let color = Palette(colors: 256, environment: [:]).color(ink) { #expect((17...250).contains(color)) }
    }
  }

  @Test("data, points, arrows and the ideal differ at every depth, and so do data and classes", arguments: [8, 256])
  func marksDiffer(colors: Int) {
    let palette = Palette(colors: colors, environment: [:])
    let marks: [Ink] = [.data, .point, .arrow, .ideal, .warning]
    #expect(Set(marks.map { palette.color($0) }).count == marks.count)
    let classes = [.data] + Ink.classes
    #expect(Set(classes.map { palette.color($0) }).count == classes.count)
  }
}
