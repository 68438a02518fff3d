import Goldens
import Interface
import Plot
import Testing

@testable import Diffusion
@testable import Playground

@Suite("sample pane")
struct SamplePaneTests {
  /// An app that shows samples, with its insight.
  func makeSampling(_ experiment: Experiment = tiny, _ settings: SampleSettings = SampleSettings()) -> App {
    var app = makeApp(experiment)
    app.world.configuration.sampling = settings
    app.world.insight = Insight(app.world)
    app.press(numberKey(SamplePane.self))
    return app
  }

  func requests(_ app: App, _ topic: Topic = SampleQuestion.learned) -> [SampleRequest] {
    app.questions().filter { $0.topic == topic }.compactMap { ($0 as? SampleQuestion)?.subject }
  }

  func pane(_ app: App) throws -> SamplePane { try #require(app.view(SamplePane.self)) }

  @Test("the smallest screen at the end of a flow")
  func golden() throws {
    var app = makeSampling()
    let corners = [Point(-1, 1), Point(1, 1), Point(0, 0), Point(1, -1)]
    func take(_ topic: Topic, copies: Float) throws {
      let request = try #require(requests(app, topic).first)
      let quality = SampleQuality(
        slicedWasserstein: 0.031, meanDistance: 0.0213, distance95: 0.058, coverage: 0.92, copies: copies, lost: 0)
      let answer = Trajectory(
        request, sigmas: [2, 0.002], points: [corners, corners], evaluationCounts: [0, 20], quality: quality)
      let question = SampleQuestion(
        topic, request, count: 4, moment: app.world.moment, insight: try #require(app.world.insight))
      _ = app.update(.answers([Answered(question: question, answer: answer)]))
    }
    try take(SampleQuestion.ideal, copies: 0.98)
    try take(SampleQuestion.learned, copies: 0.04)
    _ = app.update(.passed(2.5))
    app.world.glyphs = .ascii
    let drawing = try pane(app).draw(app.world, in: Rectangle(columns: 34, rows: 18))
    #expect(difference(drawing.cells(.ascii), from: "samples-smallest") == nil)
  }

  @Test("the legend says which classes and how guided, in as many words as fit")
  func legend() throws {
    var app = makeSampling(tinyTree)
    func legend(columns: Int) throws -> String? {
      try pane(app).draw(app.world, in: Rectangle(columns: columns, rows: 18)).cells(.braille).lines.last
    }
    #expect(try legend(columns: 44)?.hasSuffix(" 64 classes · guidance 0 ────╯") == true)
    app.world.configuration.sampling.label = 62
    app.world.configuration.sampling.guidance = 0.5
    #expect(try legend(columns: 44)?.hasSuffix(" class 63 · guidance 0.5 ──────╯") == true)
    #expect(try legend(columns: 34)?.hasSuffix(" class 63 ×0.5 ──────╯") == true)
  }

  @Test("while it is shown it asks for samples, and once for the ideal denoiser's, which are never guided")
  func asks() throws {
    var app = makeSampling(tiny, SampleSettings(guidance: 2))
    #expect(requests(app).count == 1)
    #expect(requests(app, SampleQuestion.ideal).first?.settings == SampleSettings(predictor: .ideal))
    app.answerQuestions()
    #expect(requests(app).isEmpty && app.isMoving)
    let question = try #require(requests(app, SampleQuestion.ideal).first)
    _ = app.update(.frame(makeFrame(steps: 5)))
    #expect(requests(app, SampleQuestion.ideal) == [question] && requests(app).isEmpty)
    _ = app.update(.passed(2.5))
    #expect(requests(app).first?.moment?.step == 5)
    app.press("1")
    #expect(requests(app).isEmpty && requests(app, SampleQuestion.ideal).isEmpty)
  }

  @Test("of the ideal denoiser's own samples there is nothing to compare, and they are played again while training")
  func ideal() {
    var app = makeSampling(tiny, SampleSettings(predictor: .ideal))
    app.answerQuestions()
    #expect(requests(app, SampleQuestion.ideal).isEmpty)
    _ = app.update(.passed(3))
    #expect(app.isMoving)
    app.press(" ")
    app.press(" ")
    _ = app.update(.passed(100))
    app.press("  ")
    #expect(app.world.isTraining)
  }

  @Test("space holds the flow and training; then both go on")
  func hold() throws {
    var app = makeSampling()
    app.answerQuestions()
    _ = app.update(.passed(1))
    #expect(commands(app.press(" ")) == [.pause] && !app.isMoving)
    #expect(commands(app.press(" ")) == [.run] && app.isMoving)
    // Paused before, the flow alone goes on and is held.
    app.press(" ")
    app.press(" ")
    #expect(try !pane(app).player.isHeld)
  }

  @Test("the slider of sigma is the time of the flow: keys go on from where it is, and space lets it go")
  func scrub() throws {
    var app = makeSampling()
    _ = app.update(.key(.left))
    #expect(app.world.notice?.text == "the first samples are still being drawn")
    app.answerQuestions()
    _ = app.update(.passed(1.4))
    let sigma = try #require(try pane(app).player.flow?.sigma)
    _ = app.update(.key(.left))
    #expect(app.world.sigma.value < Double(sigma) && app.world.sigma.value > 0.7 * Double(sigma))
    #expect(try pane(app).player.isHeld && !app.isMoving && app.world.isTraining)
    #expect(app.cells().shows("held on their way: space lets go"))
    _ = app.update(.key(.character("{")))
    let held = try #require(try pane(app).player.flow)
    #expect(held.position == held.position.rounded())
    // The mouse moves the slider alone.
    app.world.sigma.move(to: 1)
    _ = app.update(.passed(0))
    #expect(abs((try pane(app).player.flow?.sigma ?? 0) - Float(app.world.sigma.value)) < 1e-4)
    // While it stands, it asks for the network's own.
    _ = app.update(.frame(makeFrame(steps: 5)))
    #expect(requests(app).first?.moment?.step == 5)
    #expect(app.press(" ").isEmpty && app.world.isTraining && app.isMoving)
  }

  @Test("v leads through the spacings of the noise levels, and says which")
  func spacing() {
    var app = makeSampling()
    app.press("v")
    #expect(app.world.sampling.grid.spacing == .training && app.lines().joined().contains("training"))
    // The last line has it where the title has no room for it.
    #expect(app.lines().last?.contains("grid training: levels of training") == true)
  }

  @Test("keys lead through samplers, steps, denoisers, classes and guidance, and other samples are sought at once")
  func keys() {
    var app = makeSampling(tinyTree)
    app.answerQuestions()
    app.press("m,dC)")
    let settings = app.world.sampling
    #expect(settings.sampler == .heun && settings.steps == 15 && settings.predictor == .ideal)
    #expect(settings.label == 63 && settings.guidance == 0.5)
    #expect(requests(app).first?.settings == settings)
  }

  @Test("where there are too few colours for classes, their samples are letters, in the legend, too")
  func letters() {
    var app = makeSampling(tinyTree)
    app.world.lettersClasses = true
    app.answerQuestions()
    _ = app.update(.passed(100))
    let grid = app.cells()
    for (ink, letter) in zip(Ink.classes, "abcdefgh".unicodeScalars) {
      let cells = (0..<grid.rows).flatMap { row in (0..<grid.columns).map { grid[$0, row] } }.filter { $0.ink == ink }
      #expect(!cells.isEmpty && cells.allSatisfy { $0.glyph == letter })
    }
    #expect(grid.shows(" data  abc 64 classes"))
  }

  @Test("where there are too few colours samples are larger than data, and the legend shows how", arguments: [80, 200])
  func shapes(columns: Int) {
    for key in [numberKey(SamplePane.self), numberKey(RacePane.self)] {
      var app = makeSampling()
      app.world.lettersClasses = true
      _ = app.update(.resized(columns: columns, rows: 40))
      app.press(key)
      app.answerQuestions()
      _ = app.update(.passed(100))
      #expect(app.cells().shows(" ⠂ data  ⠶ samples  "), "\(app.cells())")
    }
  }

  @Test("samples with classes are gone with the key that changes their data, before time passes")
  func otherData() {
    func classes(_ app: App) -> Bool {
      let grid = app.cells()
      return (0..<grid.rows).contains { row in
        (0..<grid.columns).contains { Ink.classes.contains(grid[$0, row].ink) }
      }
    }
    for key in [numberKey(SamplePane.self), numberKey(RacePane.self)] {
      var app = makeSampling(tinyTree)
      _ = app.update(.resized(columns: 120, rows: 40))
      app.press(key)
      app.answerQuestions()
      _ = app.update(.passed(1))
      app.press("s")
      for _ in Parameter.all where (app.overlays.first as? SettingsOverlay)?.chosen != "data" {
        _ = app.update(.key(.down))
      }
      #expect(classes(app))
      for _ in Shape.allCases where app.world.hasClasses { _ = app.update(.key(.left)) }
      #expect(!app.world.hasClasses && !classes(app))
    }
  }

  @Test("guidance that is not trained is not offered, and what there is can be taken back", arguments: [0.0, 1])
  func noGuidance(labelDropout: Double) {
    var experiment = tinyTree
    experiment.labelDropout = labelDropout
    var app = makeSampling(experiment, SampleSettings(guidance: 0.5))
    app.press(")")
    #expect(app.world.sampling.guidance == 0.5 && app.world.notice?.text.contains("is not trained") == true)
    app.press("(")
    #expect(app.world.sampling.guidance == 0)
    let guidance = Parameter.named("guidance")
    #expect(!guidance.applies(to: app.world.configuration))
    app.press("d")
    #expect(app.world.sampling.predictor == .ideal && guidance.applies(to: app.world.configuration))
    app.press(")")
    #expect(app.world.sampling.guidance == 0.5)
  }

  @Test("steps move along the choices and stop at their ends; samplers and denoisers come round")
  func settings() {
    var settings = SampleSettings(steps: 12)
    settings.moveSteps(1)
    #expect(settings.steps == 15)
    for _ in 0..<20 { settings.moveSteps(1) }
    #expect(settings.steps == 100)
    for _ in 0..<20 { settings.moveSteps(-1) }
    #expect(settings.steps == 2)
    for _ in Sampler.all { settings.takeNextSampler() }
    #expect(settings.sampler == .accelerated)
    for _ in SampleSettings.Predictor.allCases { settings.takeNextPredictor(hasAverage: true) }
    #expect(settings.predictor == .learned)
  }
}
