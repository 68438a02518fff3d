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
    #expect(cells[11, 17].ink == .ofClass(62) && Ink.ofClass(62) == .class7)
  }

  /// The screen with samples of this experiment, on their way and at rest.
  private func screens(_ experiment: Experiment, _ settings: SampleSettings = SampleSettings()) throws -> [String] {
    var state = makeState(experiment)
    state.samples.settings = settings
    state.insight = Insight(
      experiment, dataset: state.dataset, denoiser: state.frame.denoiser, generation: 0, step: 0)
    let request = try #require(requests(update(&state, .togglePicture)).first)
    _ = update(&state, .trajectory(try trajectory(request, of: state.dataset)))
    return [1, 2].map { seconds in
      _ = update(&state, .passed(seconds))
      return view(state, columns: 80, rows: 24, glyphs: .braille).lines.joined(separator: "\n")
    }
  }

  @Test("a schedule whose noise is too small says so while samples flow, and at rest")
  func mismatch() throws {
    var experiment = tiny
    experiment.schedule = ScheduleSettings(.logLinear, bounds: 0.002...0.2)
    for screen in try screens(experiment) { #expect(screen.contains("sigma max 0.2 is too small; take 1.")) }
    #expect(try screens(experiment).last?.contains("off the data") == true)
  }

  @Test("what was never trained is said to be so")
  func untrained() throws {
    var experiment = tinyTree
    func says(_ words: String, _ dropout: Double, guidance: Float) throws -> Bool {
      experiment.labelDropout = dropout
      return try screens(experiment, SampleSettings(guidance: guidance)).allSatisfy { $0.contains(words) }
    }
    #expect(try says("guidance is not trained", 0, guidance: 1) && says("classes are not trained", 1, guidance: 0))
    #expect(try !says("not trained", 0, guidance: 0) && !says("not trained", 0.1, guidance: 1))
  }

  @Test("samples say how long their network had been trained")
  func training() throws {
    #expect(try screens(tiny)[0].contains("after step 0"))
    #expect(try !screens(tiny, SampleSettings(predictor: .ideal))[0].contains("after step"))
  }
}
