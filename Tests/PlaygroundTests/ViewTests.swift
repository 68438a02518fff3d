import Diffusion
import Plot
import Testing

@testable import Playground

@Suite("view")
struct ViewTests {
  func lines(_ state: State, _ columns: Int, _ rows: Int, _ glyphs: Glyphs = .braille) -> [String] {
    view(state, columns: columns, rows: rows, glyphs: glyphs).lines
  }

  @Test("the smallest screen, to the letter")
  func compact() {
    var state = makeState()
    state.showsArrows = false
    state.sigma.move(by: -1000)
    let lines = lines(state, 60, 20, .ascii)
    let golden = """
       roulade  tiny  swiss-roll  seed 0       ● training  step 0\u{20}
      ╭─ one step from noise ──────────╮╭─ loss ───────────── – ─╮
      │                                ││                        │
      │                                ││                        │
      │            o....o              ││                        │
      │        ...o.     o..o          ││                        │
      │       .o            ...        │╰────────────────────────╯
      │     ..    .....o..    ..       │╭─ noise sigma  0.00200 ─╮
      │    ..   ...       o.   .o      ││                        │
      │    o    o    .o.   .    .      ││                        │
      │         .    .    ..   ..      ││                        │
      │         o    .o..o.    o       ││                        │
      │          o.          ..        ││ ●───────────────────── │
      │           ....o..oo..          ││ 0.002                2 │
      │                                │╰─ █ learned █ ideal ────╯
      │                                │╭─ learning rate 5.0e-3 ─╮
      │                                ││ ━━━━━━━━━━━━━●──────── │
      │                                ││ 1e-6                 1 │
      ╰─ ● data  ● noisy ──────────────╯╰────────────────────────╯
       space pause  n step  g samples  i ideal  ? help  q quit   \u{20}
      """
    #expect(lines.joined(separator: "\n") == golden)
  }

  @Test("every size from 1×1 to 250×80 is drawn whole")
  func sizes() {
    let state = makeState()
    for columns in [1, 2, 10, 59, 60, 61, 80, 100, 200, 250] {
      for rows in [1, 2, 19, 20, 21, 24, 45, 60, 80] {
        let grid = view(state, columns: columns, rows: rows, glyphs: .ascii)
        #expect(grid.columns == columns && grid.rows == rows)
        let isLarge = columns >= Layout.leastColumns && rows >= Layout.leastRows
        #expect(grid.lines[0].contains("roulade  tiny") == isLarge)
      }
    }
  }

  @Test("too small a screen says what it needs")
  func tooSmall() {
    #expect(
      lines(makeState(), 26, 5) == [
        "                          ",
        "   roulade needs 60×20    ",
        "       this is 26×5       ",
        "         q quits          ",
        "                          ",
      ])
  }

  @Test("panes tile the body without gaps or overlaps")
  func layout() throws {
    for (columns, rows) in [(60, 20), (80, 24), (120, 30), (200, 24), (60, 60), (200, 60), (500, 200)] {
      let layout = try #require(Layout(columns: columns, rows: rows))
      let panes = [layout.plot, layout.loss, layout.noise, layout.rate].compactMap { $0 }
      #expect(panes.reduce(0) { $0 + $1.columns * $1.rows } == columns * (rows - 2))
      #expect(panes.allSatisfy { $0.columns >= 22 && $0.rows >= 4 })
    }
    // Twice as wide as high inside: cells are twice as high as wide.
    let large = try #require(Layout(columns: 200, rows: 60))
    #expect(large.plot.columns - 2 == 2 * (large.plot.rows - 2))
  }

  @Test("open settings leave the loss in sight, and the bars where there is room")
  func settingsLayout() throws {
    for (columns, rows, hasBars) in [(60, 20, false), (80, 24, false), (120, 40, true), (200, 60, true)] {
      var state = makeState(tinyTree)
      _ = update(&state, .toggleSettings)
      let layout = try #require(Layout(columns: columns, rows: rows, settingsRows: settingsPanelRows(state)))
      let panes = [layout.loss, layout.noise, layout.settings].compactMap { $0 }
      #expect(panes.reduce(0) { $0 + $1.rows } == rows - 2)
      #expect((layout.noise != nil) == hasBars && layout.rate == nil && layout.loss.rows >= 2)
      let text = lines(state, columns, rows)
      #expect(text[1].contains("─ loss ─") && text[layout.loss.rows + 1].contains(hasBars ? "sigma" : "settings"))
      #expect(text[rows - 2].hasSuffix("╯") && text[rows - 2].contains("←→ restarts training"))
    }
  }

  @Test("a failure stands in the middle of the plot, with tensor and step")
  func failure() {
    var state = makeState()
    state.frame.failure = .nonFinite(tensor: "net.4.weight", step: 812)
    let text = lines(state, 80, 24).joined(separator: "\n")
    #expect(text.contains("training stopped"))
    #expect(text.contains("net.4.weight is not finite") && text.contains("812"))
    #expect(text.contains("■ stopped"))
  }

  @Test("the same x0 and epsilon at every sigma: a point moves along its own line")
  func scrubbing() {
    var state = makeState()
    let (first, sigma1) = (state.noisyPoints(10), Float(state.sigma.value))
    state.sigma.move(by: 5)
    let (second, sigma2) = (state.noisyPoints(10), Float(state.sigma.value))
    #expect(first.count == 10)
    for i in first.indices {
      let x0 = first[i] - (second[i] - first[i]) * sigma1 / (sigma2 - sigma1)
      #expect((x0 - state.probes.x0[i]).lengthSquared < 1e-8)
    }
  }

  @Test("numbers are grouped by thousands")
  func grouping() {
    #expect([0, 12, 999, 1000, 12_345, 1_234_567].map(grouped) == ["0", "12", "999", "1,000", "12,345", "1,234,567"])
  }

  @Test(
    "a name of wide characters, emoji and marks breaks no border", arguments: [60, 61, 62, 63, 80, 120], Glyphs.allCases
  )
  func wideNames(columns: Int, glyphs: Glyphs) {
    var experiment = tiny
    experiment.name = "日本語🙂é"
    let name = "日本語🙂e\u{301}👩‍👩‍👧"
    let half = tinyTree.data.load()
    let dataset = Dataset(
      name: name, points: half.points, labels: half.labels, classNames: half.classNames.map { "語🙂\($0)" })
    var state = State(experiment, dataset: dataset, seed: 0, frame: makeWorker(tinyTree).firstFrame)
    state.samples.settings.label = 0
    for picture in [State.Picture.estimates, .samples] {
      state.picture = picture
      for line in lines(state, columns, 24, glyphs) { #expect(line.cellWidth == columns, "\(line)") }
    }
  }
}
