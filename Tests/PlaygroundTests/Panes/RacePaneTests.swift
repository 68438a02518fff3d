import Testing

@testable import Diffusion
@testable import Playground

@Suite("race pane")
struct RacePaneTests {
  private func makeRace(_ settings: SampleSettings = SampleSettings(sampler: .heun, steps: 10)) -> App {
    var app = makeApp()
    app.world.configuration.sampling = settings
    app.world.insight = Insight(app.world)
    app.press(numberKey(RacePane.self))
    return app
  }

  private func pane(_ app: App) throws -> RacePane { try #require(app.view(RacePane.self)) }

  @Test("both lanes begin at the same noise, and evaluations are counted: Heun's method takes two a step")
  func race() throws {
    var app = makeRace()
    app.answerQuestions()
    let race = try #require(try pane(app).race)
    #expect(race[.left].points[0] == race[.right].points[0])
    #expect(race[.left].evaluations == 19 && race[.right].evaluations == 10)
    #expect(race[.left].evaluationCounts.prefix(3) == [0, 2, 4])
    #expect(app.isMoving && race.position == 0)
    _ = app.update(.passed(0.4 + 4.0 / 19 * 5))
    let now = try #require(try pane(app).race)
    #expect(abs(now.position - 5) < 1e-6)
    #expect(now.state(.left).past.count == 4 && now.state(.right).past.count == 7)
    #expect(app.lines().contains { $0.contains("heun · ODE") && $0.contains("ddpm · SDE") })
    #expect(app.lines().contains { $0.contains("5/19") && $0.contains("5/10") })
  }

  @Test("who has arrived waits for the other, and is judged; then the next race is the network's as it is then")
  func ends() throws {
    var app = makeRace()
    app.answerQuestions()
    _ = app.update(.passed(0.4 + 4.0 * 12 / 19))
    let race = try #require(try pane(app).race)
    #expect(race.state(.right).isOver && !race.state(.left).isOver && !race.isOver)
    #expect(app.lines().contains { $0.contains(" off") })
    _ = app.update(.passed(2))
    #expect(try pane(app).race?.isOver == true && !app.isMoving)
    #expect(app.questions().allSatisfy { !($0 is SampleQuestion) })
    _ = app.update(.frame(makeFrame(steps: 5)))
    app.answerQuestions()
    #expect(try pane(app).race?.isOver == true && app.isMoving)
    _ = app.update(.passed(3))
    _ = app.update(.passed(0))
    #expect(try pane(app).race?[.left].request.moment?.step == 5 && pane(app).race?.isOver == false)
  }

  @Test("arrows hold the race and go on by an evaluation, or back; space lets it go")
  func step() throws {
    var app = makeRace()
    app.press("]")
    #expect(app.world.notice?.text == "the race has not begun")
    app.answerQuestions()
    app.press("]]][")
    #expect(try pane(app).race.map { abs($0.position - 2) < 1e-6 } == true && !app.isMoving)
  }

  @Test("other samplers, denoisers and steps begin another race at once")
  func keys() throws {
    var app = makeRace()
    app.answerQuestions()
    app.press("m")
    #expect(try pane(app).race == nil)
    app.press("wD.")
    app.answerQuestions()
    let race = try #require(try pane(app).race)
    #expect(race[.left].request.settings.sampler == .heunChurn && race[.right].request.settings.sampler == .ddim)
    #expect(race[.left].request.settings.steps == 15 && race[.right].request.settings.predictor == .ideal)
    #expect(race[.right].request.moment == nil)
  }

  @Test("after a reset, the race of the network of before is gone")
  func stale() throws {
    var app = makeRace()
    app.answerQuestions()
    app.press("r")
    #expect(try pane(app).race == nil)
  }

  @Test("once no average is kept, who followed it follows the network, and says so")
  func average() throws {
    var experiment = tiny
    experiment.averageDecay = 0.99
    var app = makeApp(experiment)
    app.world.insight = Insight(app.world)
    app.press(numberKey(RacePane.self) + "D")
    app.answerQuestions()
    #expect(try pane(app).race?[.right].request.settings.predictor == .average)
    var next = app.world.configuration
    next.experiment.averageDecay = nil
    _ = app.world.change(to: next)
    _ = app.update(.frame(makeFrame(next.experiment, steps: 5)))
    app.answerQuestions()
    #expect(try pane(app).race?[.right].request.settings.predictor == .learned)
    #expect(app.cells().shows("ddpm · SDE · learned") && !app.cells().shows("average"))
  }

  @Test("o has the runs A and B race, sampled alike from the same noise; without a B it says how to begin one")
  func runs() throws {
    var app = makeRivals()
    app.world.configuration.sampling = SampleSettings(sampler: .heun, steps: 10)
    let rival = try #require(app.world.rival)
    app.press(numberKey(RacePane.self) + "o")
    app.answerQuestions()
    let race = try #require(try pane(app).race)
    #expect(race[.left].request.moment?.run == app.world.run && race[.right].request.moment?.run == rival.run)
    #expect(race[.left].request.settings == race[.right].request.settings)
    #expect(race[.left].points[0] == race[.right].points[0] && race[.left].points[1] != race[.right].points[1])
    #expect(app.lines().contains { $0.contains("A · lr") && $0.contains("B · lr 0.0005") })
    app.press("w")
    #expect(app.world.notice?.text.contains("sampled alike") == true)

    _ = app.world.endBranch()
    _ = app.update(.passed(0))
    app.answerQuestions()
    #expect(try pane(app).race?[.right].request.settings.sampler == .ddpm)
    app.press("o")
    #expect(app.world.notice?.text == "there is no B yet: in view 7, o chooses what it has otherwise")
  }
}
