import Diffusion
import Interface
import Plot
import Testing

@testable import Playground

@Suite("rewinding")
struct RewindingTests {
  private func trained(_ steps: Int = 100) -> App {
    var app = makeApp(columns: 120, rows: 40)
    _ = app.update(.frame(makeFrame(steps: steps)))
    return app
  }

  @Test("< looks at the past while training waits, > leads back to the present, where it goes on")
  func scrub() {
    var app = trained()
    #expect(commands(app.press("<")) == [.pause] && !app.world.wantsTraining)
    #expect(app.world.moment.id == Moment.ID(run: 0, step: 95))
    #expect(app.lines()[0].contains("the past  step 95 of 100"))
    #expect(commands(app.press("<<")).isEmpty && app.world.moment.id.step == 75)
    #expect(app.world.moment.learned.network != app.world.frame.moment.learned.network)
    #expect(commands(app.press(">")).isEmpty && app.world.moment.id.step == 85)
    #expect(commands(app.press(">>")) == [.run] && app.world.moment.id.step == 100 && app.world.wantsTraining)
  }

  @Test("who paused before looking back finds training paused in the present")
  func paused() {
    var app = trained()
    app.press(" <")
    #expect(commands(app.press(">")).isEmpty && !app.world.wantsTraining && app.world.rewind == nil)
  }

  @Test("all that is seen is of that moment: the loss, the estimates, the floor's bars")
  func everything() {
    var app = trained(400)
    app.answerQuestions()
    let losses = app.world.losses
    app.press("<<")
    #expect(app.world.losses.values.count == app.world.moment.id.step && losses.values.count == 400)
    let wanted = app.questions().compactMap { ($0 as? EstimateQuestion)?.subject.moment?.step }
    #expect(wanted == [app.world.moment.id.step])
    app.answerQuestions()
    #expect(app.world.insight?.moment == app.world.moment.id)
  }

  @Test("the header of a zoomed view tells the loss of that moment, and how far that had come")
  func header() throws {
    var app = trained(400)
    app.world.insight = .precise(app.world)
    app.press("z<<<<<")
    let loss = try #require(app.world.losses.smoothed)
    #expect(loss != app.world.frame.losses.smoothed)
    let progress = try #require(app.world.insight?.progress(loss: loss))
    let words = "loss \(loss.formatted(significant: 3, padded: true)) floor "
    #expect(app.lines()[0].contains(words) && app.lines()[0].contains(" · \(percent(progress))"))
  }

  @Test("at both ends the keys say why they do nothing")
  func ends() {
    var app = makeApp()
    app.press("<")
    #expect(app.world.notice?.text.contains("no past") == true)
    app.press(">")
    #expect(app.world.notice?.text.contains("the present") == true)
    app = trained(2)
    app.press("<<<")
    #expect(app.world.moment.id.step == 0 && app.world.notice?.text.contains("how it began") == true)
  }

  @Test("what training drops before it stops is not looked at any longer, but the moment that is next to it")
  func dropped() {
    func kept(_ frame: Frame, _ steps: [Int]) -> Frame {
      var kept = frame
      kept.history = History(bytes: 0)
      for checkpoint in frame.history.checkpoints where steps.contains(checkpoint.step) {
        kept.history.keep(checkpoint)
      }
      return kept
    }
    var app = makeApp(columns: 120, rows: 40)
    _ = app.update(.frame(kept(makeFrame(steps: 90), [0, 85])))
    app.press("<")
    #expect(app.world.moment.id.step == 85)
    #expect(app.world.notice?.text == "2 past moments are kept: start with a larger --history for more")
    _ = app.update(.frame(kept(makeFrame(steps: 100), [0, 95])))
    #expect(app.world.moment.id.step == 95 && app.world.rewind?.step == 95)
    app.press("<")
    #expect(app.world.moment.id.step == 0 && app.world.notice == nil)
    app.press("<")
    #expect(app.world.notice?.text.contains("how it began") == true)
  }

  @Test("space, a step and a change of settings are of the present", arguments: [" ", "n", "+"])
  func present(key: String) {
    var app = trained()
    app.press("<" + key)
    #expect(app.world.rewind == nil && app.world.moment.id.step == 100)
  }

  @Test("after a failure, < goes back to the last good weights, with the settings of then, as another run")
  func failure() throws {
    var app = trained()
    app.press("+++")
    app.world.newest.failure = .nonFinite(tensor: "net.2.weight", step: 101)
    #expect(app.lines().joined().contains("goes back to the last good weights"))
    let sent = commands(app.press("<"))
    #expect(sent == [.setAside, .pause, .goBack(step: 95, run: 1)])
    #expect(app.world.learningRate.value == tiny.learningRate && !app.world.wantsTraining)
    #expect(app.world.notice?.text.contains("back at step 95") == true)
  }

  @Test("what was there before a reset comes back, with its settings and data; again, and it is gone")
  func restore() throws {
    var app = trained()
    let before = app.world
    #expect(commands(app.press("R")) == [.setAside, .restart(tiny, before.dataset, seed: 1, run: 1)])
    var next = app.world.configuration
    next.experiment.data = tinyTree.data
    // A run of no steps is not worth keeping.
    #expect(commands(app.world.change(to: next)).count == 1)
    #expect(commands(app.world.restore()) == [.restore])
    #expect(app.world.configuration == before.configuration && app.world.dataset == before.dataset)
    #expect(app.world.run == 0 && app.world.seed == 0 && app.world.moment.id == before.moment.id)
    #expect(commands(app.world.restore()) == [.restore] && app.world.experiment.data == tinyTree.data)
  }
}
