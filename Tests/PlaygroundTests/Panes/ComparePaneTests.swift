@testable import Diffusion
import Interface
import TestExperiments
import Testing

@testable import Playground

@Suite("compare pane")
struct ComparePaneTests {
  private static let view = viewKey(ComparePane.self)

  /// What the loop and a lab would make of commands: each is done at once, and its frames are shown.
  private func perform(_ effects: [Effect], _ session: inout Session, _ app: inout App) {
    for command in commands(effects) { session.perform(command) }
    for frame in session.makeFrames() { _ = app.update(.frame(frame)) }
  }

  private func train(_ session: inout Session, _ app: inout App, steps: Int) {
    session.perform(.advance(steps))
    while !session.isPaused { session.runSlice() }
    for frame in session.makeFrames() { _ = app.update(.frame(frame)) }
  }

  private func begin(columns: Int = 120, rows: Int = 40) -> (App, Session) {
    let run = Run(tiny, dataset: tiny.loadData(), seed: 0, threads: 1)
    // The words follow from seconds.
    return (makeApp(columns: columns, rows: rows), Session(run, threads: 1, clock: SteppingClock().clock))
  }

  @Test(
    "three keys begin a run B with another optimizer, on the same weights; it learns, and the words say how it goes")
  func optimizer() throws {
    var (app, session) = begin()
    app.press(Self.view)
    #expect(app.cells().shows("what B has otherwise"))
    app.press("o")
    #expect(app.cells().shows("optimizer"))
    perform(app.update(.key(.right)), &session, &app)
    let rival = try #require(app.world.rival)
    #expect(rival.start == 0 && rival.configuration.experiment.optimizer.name != tiny.optimizer.name)
    _ = app.update(.key(.escape))
    train(&session, &app, steps: 60)
    app.answerQuestions()
    let shown = app.cells()
    #expect(shown.shows("has optimizer \(rival.configuration.experiment.optimizer.name)") && shown.shows("sooner"))
    // Both pictures have their own arrows.
    let estimates = [app.world.answers, try #require(app.world.rival).answers].map {
      $0.latest(EstimateQuestion.learned, as: EstimateQuestion.self)
    }
    #expect(estimates[0]?.question.subject.moment?.run == 0)
    #expect(estimates[1]?.question.subject.moment?.run == rival.run && estimates[0]?.answer != estimates[1]?.answer)
  }

  @Test("b branches at the past moment that is looked at, with the settings of then, and training goes on")
  func branch() throws {
    var (app, session) = begin()
    train(&session, &app, steps: 80)
    perform(app.press("+"), &session, &app)
    perform(app.press("<<<"), &session, &app)
    let step = app.world.moment.id.step
    #expect(step > 0 && step < 80)
    perform(app.press("b"), &session, &app)
    #expect(app.views[app.chosenView] is ComparePane && app.overlays.count == 1)
    let sent = app.update(.key(.right))
    let rival = try #require(app.world.rival)
    #expect(rival.start == step && rival.configuration.experiment.learningRate != app.world.experiment.learningRate)
    #expect(
      commands(sent) == [.branch(rival.configuration.experiment, step: step, run: rival.run), .run])
    session.perform(.branch(rival.configuration.experiment, step: step, run: rival.run))
    #expect(session.makeFrames()[1].moment.id == Moment.ID(run: rival.run, step: step))
  }

  @Test("settings that A's weights would not survive begin B at step 0; data and samplers are the same for both")
  func settings() throws {
    var (app, session) = begin()
    train(&session, &app, steps: 80)
    app.press("<b")
    var next = app.world.configuration
    next.experiment.hidden = [16]
    _ = app.world.branch(next, at: 60)
    #expect(app.world.rival?.start == 0)
    for change: (inout Experiment) -> Void in [
      { $0.data = tinyTree.data }, { $0.dataSeed = 1 }, { $0.holdout = 0.5 },
    ] {
      var next = app.world.configuration
      change(&next.experiment)
      #expect(app.world.reason(againstBranching: next) != nil)
    }
  }

  @Test("↑ leads through all settings of B; of those that A and B share it is said")
  func panel() {
    var (app, session) = begin()
    app.press(Self.view + "o")
    var isSeen = false
    for _ in 0...Parameter.all.count {
      _ = app.update(.key(.up))
      guard app.cells().shows("▸ preset") else { continue }
      isSeen = true
      perform(app.update(.key(.right)), &session, &app)
      #expect(app.world.notice?.text == "A and B learn the same data: s changes them for both")
    }
    #expect(isSeen && app.world.rival == nil)
  }

  @Test("what would begin anew is told of B's settings, not of A's")
  func restarting() {
    var (app, session) = begin()
    app.press(Self.view + "o")
    for _ in 0...Parameter.all.count where !app.cells().shows("▸ input-gain") { _ = app.update(.key(.up)) }
    let marked = { (app: App) in app.lines().contains { $0.contains("▸ input-gain") && $0.contains("↻") } }
    #expect(marked(app))
    // The last gain has none after it.
    for _ in 0..<10 { perform(app.update(.key(.right)), &session, &app) }
    #expect(app.world.rival?.configuration.experiment.initialWeights.inputGain == 20 && !marked(app))
  }

  @Test("a reset begins both again; other data end B; W exchanges, D ends")
  func restart() throws {
    var (app, session) = compared(steps: 20)
    let (first, second) = (app.world.run, try #require(app.world.rival?.run))
    perform(app.press("W"), &session, &app)
    #expect(app.world.run == second && app.world.rival?.run == first && app.world.isCurrent)
    perform(app.press("r"), &session, &app)
    #expect(app.world.rival != nil && session.makeFrames().map(\.moment.id.step) == [0, 0])
    perform(app.press("D"), &session, &app)
    #expect(app.world.rival == nil && session.makeFrames().count == 1)
  }

  @Test("where another share of the points is held out, B ends: it would learn other points than A")
  func holdout() {
    var (app, session) = begin()
    app.press(Self.view + "o")
    perform(app.update(.key(.right)), &session, &app)
    #expect(app.world.rival != nil)
    var next = app.world.configuration
    next.experiment.holdout = 0.5
    perform(app.world.change(to: next), &session, &app)
    #expect(app.world.rival == nil && session.makeFrames().count == 1)
  }

  @Test("while the screen is frozen A and B go on; thawed, it shows both as they are by now, also when training pauses")
  func frozen() throws {
    var (app, session) = compared(steps: 20)
    app.press("f")
    train(&session, &app, steps: 30)
    #expect(app.world.moments.map(\.id.step) == [20, 20])
    app.press("f")
    #expect(app.world.moments.map(\.id.step) == [50, 50])
    #expect(app.world.rival?.frame?.moment.id.step == 50)
  }

  /// A and B with one setting different, after so many steps.
  private func compared(steps: Int = 60) -> (App, Session) {
    var (app, session) = begin()
    app.press(Self.view + "o")
    perform(app.update(.key(.right)), &session, &app)
    _ = app.update(.key(.escape))
    train(&session, &app, steps: steps)
    return (app, session)
  }

  @Test("v leads through estimates, fields and samples, each of A and of B; i shows the ideal beside both")
  func pictures() throws {
    var (app, _) = compared()
    app.press("v")
    app.answerQuestions()
    let fields = [app.world.answers, try #require(app.world.rival).answers].map {
      $0.latest(FieldQuestion.learned, as: FieldQuestion.self)?.answer
    }
    #expect(fields[0] != nil && fields[1] != nil && fields[0] != fields[1])
    app.press("ii")
    app.answerQuestions()
    #expect(app.world.answers.latest(FieldQuestion.ideal, as: FieldQuestion.self) != nil)
    #expect(app.world.rival?.answers.latest(FieldQuestion.ideal, as: FieldQuestion.self) != nil)
    app.press("v")
    app.answerQuestions()
    let samples = [app.world.answers, try #require(app.world.rival).answers].map {
      $0.latest(SampleQuestion.learned, as: SampleQuestion.self)?.answer.points
    }
    #expect(samples[0]?.first == samples[1]?.first && samples[0]?.last != samples[1]?.last)
    app.press("i")
    #expect(app.world.notice != nil)
  }

  @Test("the probe asks A and B of the same point, and says the error of both")
  func probe() throws {
    var (app, _) = compared()
    app.press("p")
    app.answerQuestions()
    let ofB = try #require(app.world.ofRival)
    let (a, b) = (try #require(app.world.probeReading), try #require(ofB.probeReading))
    #expect(a.x == b.x && a.idealEstimate == b.idealEstimate && a.estimate != b.estimate)
    #expect(app.lines().contains { $0.contains("error") && $0.contains("A ") && $0.contains("B ") })
  }

  @Test("Enter lists what B may have, and / finds a setting of B's; taken, it begins B and leaves A as it is")
  func values() throws {
    var (app, session) = begin()
    app.press(Self.view + "o")
    _ = app.update(.key(.enter))
    #expect(app.overlays.last is ValueOverlay)
    app.press("natural")
    #expect(app.cells().shows("begins B anew"))
    perform(app.update(.key(.enter)), &session, &app)
    #expect(app.overlays.count == 1 && app.world.experiment.optimizer.name == tiny.optimizer.name)
    #expect(app.world.rival?.configuration.experiment.optimizer.name == "natural")
    app.press("/batch")
    _ = app.update(.key(.enter))
    #expect(app.overlays.last is BranchOverlay)
    perform(app.update(.key(.right)), &session, &app)
    let next = try #require(app.world.rival).configuration.experiment
    #expect(next.optimizer.name == "natural" && next.batchSize != tiny.batchSize)
    #expect(app.world.experiment == tiny)
  }

  @Test("what only one of two optimizers has is no difference of its own")
  func differences() {
    var other = Configuration(tiny)
    #expect((try? Parameter.named("optimizer").read("natural", into: &other)) != nil)
    let keys = other.trainingDifferences(from: Configuration(tiny)).map(\.key)
    #expect(keys.first == "optimizer" && !keys.contains("beta1"))
  }

  @Test("0 goes back to where they part, from wherever one looks, and > on from there, as the footer says")
  func parting() {
    var (app, session) = begin(columns: 80, rows: 24)
    train(&session, &app, steps: 80)
    app.press("<<")
    let start = app.world.moment.id.step
    perform(app.press("b"), &session, &app)
    perform(app.update(.key(.right)), &session, &app)
    _ = app.update(.key(.escape))
    train(&session, &app, steps: 60)
    app.press("0")
    #expect(app.world.moments.map(\.id.step) == [start, start])
    app.press(">")
    #expect(app.world.moments.allSatisfy { $0.id.step > start })
    #expect(app.lines().last?.contains("<> rewind") == true)
    app.press("<<<0")
    #expect(app.world.moments[0].id.step == start)
  }

  @Test("looking back, both pictures are of the past")
  func rewind() {
    var (app, _) = compared(steps: 100)
    app.press("<<")
    #expect(app.world.moments.map(\.id.step) == [85, 85])
    #expect(app.world.moments.map(\.id.run) == [app.world.run, app.world.rival?.run])
  }
}
