import Diffusion
import Terminal
import Testing

@testable import Playground

@Suite("run until")
struct UntilTests {
  private func pausing(_ until: Until, _ experiment: Experiment = tiny) -> Frame {
    let lab = makeLab(experiment)
    lab.send(.runUntil(until))
    return frame(of: lab) { $0.pausing != nil }
  }

  @Test("training pauses at the very step")
  func step() {
    let frame = pausing(.step(57))
    #expect(frame.moment.id.step == 57 && frame.pausing == .reached(.step(57)) && frame.remaining == 0)
  }

  @Test("training pauses when the loss that is shown has fallen so far")
  func loss() throws {
    let start = try #require(makeFrame(steps: 50).losses.smoothed)
    let frame = pausing(.loss(0.9 * start))
    #expect(try #require(frame.losses.smoothed) <= 0.9 * start)
  }

  @Test("training pauses when samples come so near")
  func distance() {
    // Samples of an untrained network are farther off.
    let until = Until.distance(0.6, SampleSettings(steps: 3))
    #expect(pausing(until).pausing == .reached(until))
  }

  @Test("the end of the planned runs is a pause; told to, training goes on beyond it")
  func finished() {
    var experiment = tiny
    experiment.runs = [30]
    let lab = makeLab(experiment)
    lab.send(.run)
    #expect(frame(of: lab) { $0.pausing == .finished }.moment.id.step == 30)
    lab.send(.run)
    #expect(frame(of: lab) { $0.moment.id.step > 40 }.pausing == nil)
    lab.send(.pause)
  }

  @Test("U asks for a step, a loss or a distance, and says what is wrong with another")
  func overlay() {
    var app = makeApp()
    app.press("U")
    for _ in 0..<4 { _ = app.update(.key(.backspace)) }
    _ = app.update(.key(.enter))
    #expect(app.world.notice?.text.hasPrefix("a step after the present one") == true)
    app.press("40")
    #expect(commands(app.update(.key(.enter))) == [.runUntil(.step(40))])
    #expect(app.overlays.isEmpty && app.world.isTraining)
    app.press("U")
    _ = app.update(.key(.down))
    app.press("0.5")
    #expect(commands(app.update(.key(.enter))) == [.runUntil(.loss(0.5))])
    app.press("U")
    _ = app.update(.key(.up))
    app.press("0.02")
    #expect(commands(app.update(.key(.enter))) == [.runUntil(.distance(0.02, app.world.sampling))])
  }

  @Test("what training paused for is said, and space goes on")
  func said() {
    var app = makeApp()
    _ = app.update(.frame(pausing(.step(5))))
    #expect(app.world.notice?.text == "paused at step 5, as asked" && !app.world.isTraining)
    #expect(commands(app.press(" ")) == [.run] && app.world.isTraining)
  }
}
