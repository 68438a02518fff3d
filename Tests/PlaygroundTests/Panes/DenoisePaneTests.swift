import Interface
import Pictures
import Plot
import Testing

@testable import Diffusion
@testable import Playground

@Suite("denoise pane")
struct DenoisePaneTests {
  func pane(_ app: App) throws -> DenoisePane { try #require(app.views[0] as? DenoisePane) }

  @Test("arrows: learned, both, ideal, difference; whoever asks for the ideal without any sees both")
  func comparison() throws {
    var app = makeApp()
    for expected in [Comparison.both, .ideal, .difference, .learned] {
      app.press("i")
      #expect(try pane(app).comparison == expected)
    }
    app.press("ai")
    let pane = try pane(app)
    #expect(pane.showsArrows && pane.comparison == .both)
  }

  @Test("it asks for what it shows, and for nothing without arrows")
  func questions() throws {
    var app = makeApp()
    app.world.insight = Insight(app.world)
    let place = Rectangle(columns: 40, rows: 20)
    func topics() throws -> [Topic] { try pane(app).questions(app.world, in: place).map(\.topic) }
    #expect(try topics() == [EstimateQuestion.learned])
    app.press("i")
    #expect(try topics() == [EstimateQuestion.learned, EstimateQuestion.ideal])
    app.press("i")
    #expect(try topics() == [EstimateQuestion.ideal])
    app.press("i")
    #expect(try topics() == [EstimateQuestion.learned, EstimateQuestion.ideal])
    app.press("a")
    #expect(try topics().isEmpty)
  }

  @Test("the ideal's estimates are sought once for a sigma, the learned for every step")
  func onceForIdeal() throws {
    var app = makeApp()
    app.press("ii")
    app.answerQuestions()
    let question = try #require(app.questions().first { $0.topic == EstimateQuestion.ideal } as? EstimateQuestion)
    _ = app.update(.frame(makeFrame(steps: 3)))
    let later = try #require(app.questions().first { $0.topic == EstimateQuestion.ideal } as? EstimateQuestion)
    #expect(later.subject == question.subject)
    app.press("i")
    let learned = try #require(app.questions().first { $0.topic == EstimateQuestion.learned } as? EstimateQuestion)
    #expect(learned.subject.moment?.step == 3)
  }

  @Test("after a reset, what the network of before said is not shown")
  func stale() {
    var app = makeApp()
    app.answerQuestions()
    #expect(app.world.latest(EstimateQuestion.learned, as: EstimateQuestion.self) != nil)
    app.press("r")
    #expect(app.world.latest(EstimateQuestion.learned, as: EstimateQuestion.self) == nil)
  }
}
