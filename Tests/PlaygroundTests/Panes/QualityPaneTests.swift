import Testing

@testable import Diffusion
@testable import Playground

@Suite("quality pane")
struct QualityPaneTests {
  private func makeQuality() -> App {
    var app = makeApp()
    app.world.insight = Insight(app.world)
    app.press(numberKey(QualityPane.self))
    return app
  }

  private func pane(_ app: App) throws -> QualityPane { try #require(app.view(QualityPane.self)) }

  private func question(_ app: App) -> QualityQuestion? {
    app.questions().lazy.compactMap { $0 as? QualityQuestion }.first
  }

  @Test("it asks for one point after the other, the cheap ones first, while nothing trains without a pause")
  func asks() throws {
    var app = makeQuality()
    #expect(question(app) == nil && app.isMoving)
    app.press(" ")
    var budgets: [Int] = []
    for _ in 0..<20 {
      let next = try #require(question(app))
      budgets.append(next.subject.cell.budget)
      let answer = try #require(next.answer { true })
      #expect(answer.evaluations <= next.subject.cell.budget && answer.distance.isFinite)
      _ = app.update(.answers([Answered(question: next, answer: answer)]))
    }
    #expect(budgets == [Int](repeating: 2, count: 16) + [4, 4, 4, 4])
    #expect(try pane(app).measurement?.found.count == 20)
    #expect(app.lines().contains { $0.contains("18 %") })
  }

  @Test("while the network trains, a question waits until its cost is a twentieth of the time")
  func waits() {
    var app = makeQuality()
    _ = app.update(.passed(0.05))
    #expect(question(app) == nil && app.isMoving)
    _ = app.update(.passed(0.05))
    #expect(question(app)?.subject.cell.budget == 2)
  }

  @Test("the more evaluations, the nearer the ideal denoiser comes")
  func quality() throws {
    var app = makeQuality()
    app.press(" ")
    let measurement = try #require(try pane(app).measurement)
    let insight = try #require(app.world.insight)
    func distance(_ sampler: String, _ budget: Int) throws -> Float {
      let cell = QualityQuestion.Cell(sampler: sampler, isIdeal: true, budget: budget)
      return try #require(QualityQuestion(cell, measurement, insight: insight).answer { true }).distance
    }
    for sampler in ["ddim", "heun", "dpm++2m"] {
      #expect(try distance(sampler, 32) < 0.5 * distance(sampler, 2))
    }
  }

  @Test("estimates keep to the data's box as the margin says")
  func margin() throws {
    var world = makeWorld()
    let insight = Insight(world)
    let cell = QualityQuestion.Cell(sampler: "ddim", isIdeal: false, budget: 8)
    let distances = try [0.1, nil].map { margin in
      world.configuration.sampling.margin = margin
      let question = QualityQuestion(cell, QualityMeasurement(world), insight: insight)
      return try #require(question.answer { true }).distance
    }
    // A network that has learned nothing throws samples far away.
    #expect(distances[0] < 0.5 * distances[1])
  }

  @Test("other settings begin anew, other steps do not; and the network can be measured again")
  func again() throws {
    var app = makeQuality()
    let first = try #require(try pane(app).measurement?.id)
    app.world.configuration.sampling.steps = 50
    _ = app.update(.frame(makeFrame(steps: 5)))
    #expect(try pane(app).measurement?.id == first)
    app.press("o")
    #expect(try pane(app).measurement?.id.moment.step == 5)
    app.press("o")
    #expect(app.world.notice?.text == "the network is still the one that is measured")
    app.world.configuration.sampling.grid.spacing = .karras(rho: 7)
    _ = app.update(.passed(0))
    #expect(try pane(app).measurement?.id.settings.grid.spacing == .karras(rho: 7))
  }

  @Test("an answer about an earlier network does not hold up the next measurement while training goes on")
  func earlier() throws {
    var app = makeQuality()
    _ = app.update(.passed(0.1))
    let first = try #require(question(app))
    _ = app.update(.frame(makeFrame(steps: 5)))
    app.press("o")
    _ = app.update(.answers([Answered(question: first, answer: try #require(first.answer { true }))]))
    #expect(try pane(app).measurement?.found.isEmpty == true)
    for _ in 0..<3 { _ = app.update(.passed(0.05)) }
    #expect(question(app)?.subject.measurement.moment.step == 5)
  }

  @Test(
    "numbers of evaluations stand below it to the end, as its title says what they are",
    arguments: [(120, 40), (200, 60)])
  func numbers(columns: Int, rows: Int) {
    var app = makeApp(columns: columns, rows: rows)
    app.press(numberKey(QualityPane.self))
    #expect(app.cells().shows("distance by evaluations"))
    #expect(app.lines().contains { $0.contains(/│ +1 +2 +5 +10 +20 +50 +100 +│/) })
  }

  @Test("its title says whom samples follow")
  func title() {
    for (predictor, words) in [
      (SampleSettings.Predictor.learned, "with the network"), (.average, "with the average"),
      (.ideal, "with the ideal denoiser"),
    ] {
      var app = makeApp(columns: 200, rows: 60)
      app.world.configuration.sampling.predictor = predictor
      app.press(numberKey(QualityPane.self))
      #expect(app.cells().shows("every sampler \(words)"))
    }
  }
}
