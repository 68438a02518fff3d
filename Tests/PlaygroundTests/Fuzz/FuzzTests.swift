import Diffusion
import Foundation
import Plot
import Terminal
import Testing

@testable import Playground

/// Keys held down, settings, sizes, the pointer, time, training and answers in any order. `ROULADE_FUZZ_KEYS` says how
/// many keys are pressed, `ROULADE_FUZZ_SEED` which; a failure names the last of what was done.
@Suite("any input")
struct FuzzTests {
  private static let parts = 8
  private static let keys = number("ROULADE_FUZZ_KEYS") ?? 1600
  private static let seed = number("ROULADE_FUZZ_SEED") ?? 0
  /// What a terminal may have, in colours and in what tells of its ground.
  private static let palettes = [0, 8, 16, 256].flatMap { colors in
    Theme.allCases.map { (colors: colors, palette: Palette(colors: colors, theme: $0, environment: [:])) }
  }

  @Test(
    "whatever is done, the screen can be drawn on every terminal and the settings can be trained", arguments: 0..<parts)
  func anything(part: Int) {
    var random = Random(seed: UInt64(FuzzTests.parts * FuzzTests.seed + part), stream: .probes)
    var visitor = Visitor(&random)
    while visitor.keys < FuzzTests.keys / FuzzTests.parts {
      if visitor.isTired { visitor.beginAnew(&random) }
      visitor.act(&random)
      if let problem = problem(visitor.app, &random) {
        Issue.record("part \(part), after \(visitor.keys) keys: \(problem); last: \(visitor.diary)")
        return
      }
    }
  }

  private static func number(_ variable: String) -> Int? {
    ProcessInfo.processInfo.environment[variable].flatMap { Int($0) }
  }

  /// What is wrong with the state, or with how it looks on a terminal drawn by lot.
  private func problem(_ app: App, _ random: inout Random) -> String? {
    if let problem = app.world.configuration.problem { return problem }
    let topics = app.questions().map(\.topic)
    if Set(topics).count != topics.count { return "two questions of one topic: \(topics)" }
    let glyphs = Glyphs.allCases[random.index(below: Glyphs.allCases.count)]
    let grid = glyphs.nearest(to: app.cells(glyphs))
    if (grid.columns, grid.rows) != (app.size.columns, app.size.rows) { return "drawn \(grid.columns)×\(grid.rows)" }
    let (colors, palette) = FuzzTests.palettes[random.index(below: FuzzTests.palettes.count)]
    for row in 0..<grid.rows {
      for column in 0..<grid.columns {
        let cell = grid[column, row]
        if cell.glyph.properties.generalCategory == .control, !cell.isContinuation { return "a control character" }
        if glyphs == .ascii, !cell.glyph.isASCII { return "\(cell.glyph) in ASCII" }
        if let color = palette.color(cell.ink), color >= colors { return "colour \(color) of \(colors)" }
      }
    }
    return nil
  }
}
