import Foundation
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
    let classes = [.data] + Ink.classes.prefix(colors == 8 ? 5 : 8)
    #expect(Set(classes.map { palette.color($0) }).count == classes.count)
  }

  /// Okabe and Ito's blue, orange, bluish green and reddish purple.
  private static let hues: [(ink: Ink, color: Color)] = [
    (.data, Color(0x0072B2)), (.point, Color(0xE69F00)), (.arrow, Color(0x009E73)), (.ideal, Color(0xCC79A7)),
  ]

  /// Red is 0, green a third, blue two thirds of the way around.
  private static func hue(_ color: Color) -> Double {
    let (red, green, blue) = (Double(color.red), Double(color.green), Double(color.blue))
    return atan2(3.0.squareRoot() * (green - blue), 2 * red - green - blue) / (2 * .pi)
  }

  @Test(
    "data are blue, noisy points orange, learned is green and ideal purple, in every theme", arguments: Theme.allCases)
  func hues(theme: Theme) throws {
    for (ink, _) in Self.hues {
      let color = try #require(theme.color(ink))
      func distance(_ other: Color) -> Double {
        let turns = abs(Self.hue(color) - Self.hue(other))
        return min(turns, 1 - turns)
      }
      let nearest = try #require(Self.hues.min { distance($0.color) < distance($1.color) })
      #expect(nearest.ink == ink && distance(nearest.color) < 1.0 / 12, "\(ink)")
    }
  }

  @Test("learned has one colour, and classes have those of nothing else", arguments: Theme.allCases)
  func classes(theme: Theme) {
    #expect(theme.color(.arrow) == theme.color(.curve))
    let others: [Ink] = [.data, .point, .arrow, .ideal, .warning]
    for ink in Ink.classes { #expect(!others.contains { theme.color($0) == theme.color(ink) }) }
    #expect(Set(Ink.classes.map { theme.color($0)?.hex }).count == Ink.classes.count)
  }

  @Test("values and secondary text are legible on their ground")
  func contrast() {
    for ink in [Ink.accent, .muted, .warning] {
      #expect((Theme.light.color(ink)?.contrast(with: Color(0xFDF6E3)) ?? 21) >= 4.5, "\(ink)")
      #expect((Theme.dark.color(ink)?.contrast(with: Color(0x000000)) ?? 21) >= 4.5, "\(ink)")
    }
    #expect(abs(Color(0xFFFFFF).contrast(with: Color(0)) - 21) < 1e-6)
    #expect(abs(Color(0x767676).contrast(with: Color(0xFFFFFF)) - 4.54) < 0.005)
  }

  @Test("the ground is what COLORFGBG says")
  func ground() {
    #expect(Theme(environment: ["COLORFGBG": "15;0"]) == .dark)
    #expect(Theme(environment: ["COLORFGBG": "0;default;15"]) == .light)
    #expect(Theme(environment: ["COLORFGBG": "x"]) == .middle)
    #expect(Theme(environment: [:]) == .middle)
  }

  @Test("xterm's cube is met exactly")
  func cube() {
    #expect(Color(0x005FAF).indexed == 25 && Color(0xD78700).indexed == 172 && Color(0x767676).indexed == 243)
    #expect(Color(0x005FAF).hex == "#005faf")
  }
}

@Suite("Colours of shades")
struct ShadeColorTests {
  @Test("stronger shades stand out more from the ground, in 256 colours", arguments: [Theme.dark, .light])
  func ramp(theme: Theme) {
    let palette = Palette(colors: 256, theme: theme, environment: [:])
    let ground = Color(theme == .dark ? 0 : 0xFFFFFF)
    for ink in Ink.allCases where theme.color(ink) != nil {
      let contrasts = Shade.allCases.dropFirst().compactMap { theme.color(ink, $0)?.contrast(with: ground) }
      #expect(contrasts == contrasts.sorted() && contrasts.count == 4, "\(ink)")
      #expect(palette.color(ink, .full) == palette.color(ink))
    }
    for ink in [Ink.muted, .data, .point, .arrow, .ideal] {
      #expect(Set(Shade.allCases.map { palette.color(ink, $0) }).count == 5, "\(ink)")
    }
  }

  @Test("the trails of samples have other colours than the samples, with or without classes", arguments: Theme.allCases)
  func trails(theme: Theme) {
    let palette = Palette(colors: 256, theme: theme, environment: [:])
    for shade in [0.5, 0.75].map({ Shade($0) }) {
      #expect(palette.color(.point, shade) != palette.color(.point))
      // The foreground of a terminal is as bright as any.
      #expect(palette.color(.muted, shade) != nil)
      #expect(!Ink.classes.contains { palette.color($0) == palette.color(.muted, shade) })
    }
  }

  @Test("where nobody knows the ground, or there are few colours, a glyph shows what fills a cell")
  func glyphs() {
    var grid = CellGrid(columns: 1, rows: 1)
    grid[0, 0].ground = Cell.Ground(ink: .ideal, shade: Shade(0.75))
    for (colors, theme) in [(256, Theme.middle), (256, .highContrast), (8, .dark), (0, .dark)] {
      let shown = Palette(colors: colors, theme: theme, environment: [:]).showing(grid)
      #expect(shown[0, 0] == Cell("▓", .ideal))
    }
    #expect(Palette(colors: 256, theme: .light, environment: [:]).showing(grid) == grid)
  }
}
