import Plot
import Testing

@testable import Diffusion
@testable import Playground

/// What the sample view looks like.
extension SampleViewTests {
  @Test("the smallest screen at the end of a flow, to the letter")
  func golden() throws {
    var (state, request) = try makeSampling()
    let corners = [Point(-1, 1), Point(1, 1), Point(0, 0), Point(1, -1)]
    let quality = SampleQuality(
      slicedWasserstein: 0.031, meanDistance: 0.0213, distance95: 0.058, coverage: 0.92, copies: 0.04, lost: 0)
    let allCopies = SampleQuality(
      slicedWasserstein: 0, meanDistance: 0, distance95: 0, coverage: 1, copies: 0.98, lost: 0)
    _ = update(
      &state,
      .trajectory(
        Trajectory(request, sigmas: [2, 0.002], points: [corners, corners], evaluations: 20, quality: quality)))
    let ideal = SampleRequest(
      settings: SampleSettings(predictor: .ideal), generation: 0, step: 0, schedule: tiny.schedule)
    state.samples.receiveIdeal(
      Trajectory(ideal, sigmas: [2, 0.002], points: [corners, corners], evaluations: 20, quality: allCopies))
    _ = update(&state, .passed(2.5))
    let pane = samplePane(state, Rectangle(column: 0, row: 0, columns: 34, rows: 18), .ascii)
    #expect(
      pane.lines.joined(separator: "\n") == """
        ╭─ accelerated · 20 · learned ───╮
        │                                │
        │       o                o       │
        │          ..........            │
        │         ..   ..    ..          │
        │        .  .... ...  ..         │
        │       .   .  ... ..  .         │
        │           .  ..o...  .         │
        │           ..  ...   ..         │
        │            .........           │
        │                                │
        │                        o       │
        │                                │
        │ 0.021 off the data             │
        │ 95 % within 0.058              │
        │ covers 92 %                    │
        │ copies 4 %, ideal 98 %         │
        ╰─ ● data  ● samples ────────────╯
        """)
  }

  @Test("the legend says which classes and how guided, in as many words as fit")
  func legend() throws {
    var state = makeState(tinyTree)
    func legend(columns: Int) -> String? {
      samplePane(state, Rectangle(column: 0, row: 0, columns: columns, rows: 18), .braille).lines.last
    }
    #expect(legend(columns: 44) == "╰─ ● data  ●●● 64 classes · guidance 0 ────╯")
    state.samples.settings.label = 62
    state.samples.settings.guidance = 0.5
    #expect(legend(columns: 44) == "╰─ ● data  ● class 63 · guidance 0.5 ──────╯")
    #expect(legend(columns: 34) == "╰─ ● data  ● class 63 ×0.5 ──────╯")
    let cells = samplePane(state, Rectangle(column: 0, row: 0, columns: 44, rows: 18), .braille)
    #expect(cells[11, 17].ink == .ofClass(62) && Ink.ofClass(62) == .class3)
  }

  @Test("a schedule whose noise is too small says so while samples flow")
  func mismatch() throws {
    var experiment = tiny
    experiment.schedule = ScheduleSettings(.logLinear, bounds: 0.002...0.2)
    var state = makeState(experiment)
    state.insight = Insight(experiment, dataset: dataset, denoiser: state.frame.denoiser, generation: 0, step: 0)
    let request = try #require(requests(update(&state, .togglePicture)).first)
    _ = update(&state, .trajectory(try trajectory(request)))
    let text = view(state, columns: 80, rows: 24, glyphs: .braille).lines.joined(separator: "\n")
    #expect(text.contains("sigma max 0.2 is too small"))
  }
}
