import Diffusion
import Synchronization
import TestExperiments
import Testing

@testable import Playground

/// What becomes of runs: they branch, end, come back.
@Suite("Session")
struct SessionTests {
  private let dataset = tiny.loadData()

  private func session(_ experiment: Experiment = tiny, clock: @escaping Clock = { .now }) -> Session {
    Session(Run(experiment, dataset: dataset, seed: 0, threads: 1), threads: 1, clock: clock)
  }

  private var faster: Experiment {
    var experiment = tiny
    experiment.learningRate = 2e-2
    return experiment
  }

  private func train(_ session: inout Session, _ commands: Lab.Command...) {
    for command in commands {
      session.perform(command)
      while !session.isPaused { session.runSlice() }
    }
  }

  private func parameters(_ frame: Frame) -> [Float] { frame.moment.learned.network.parameters }

  @Test("A and B of the same settings are the same, step for step; B's others are what it is alone")
  func twins() {
    var session = session()
    train(&session, .branch(tiny, step: 0, run: 1), .advance(40))
    let twins = session.makeFrames()
    #expect(twins.map(\.moment.id) == [Moment.ID(run: 0, step: 40), Moment.ID(run: 1, step: 40)])
    #expect(parameters(twins[0]) == parameters(twins[1]) && twins[0].losses == twins[1].losses)

    train(&session, .branch(faster, step: 0, run: 2), .advance(40))
    let frames = session.makeFrames()
    #expect(frames.map(\.moment.id.step) == [80, 40])
    var alone = self.session(faster)
    train(&alone, .advance(40))
    #expect(parameters(frames[1]) == parameters(alone.makeFrames()[0]))
  }

  @Test("a branch begins with what A was, and A goes on as if there were none")
  func branch() throws {
    var (session, alone) = (session(), session())
    train(&session, .advance(60))
    let checkpoint = try #require(session.makeFrames()[0].history.latest(upTo: 50))
    train(&session, .branch(faster, step: checkpoint.step, run: 1))
    let start = session.makeFrames()[1]
    #expect(parameters(start) == checkpoint.network.parameters && start.moment.id.step == checkpoint.step)
    #expect(start.course.readings.last?.step == checkpoint.step && start.moment.experiment == faster)
    train(&session, .advance(30))
    train(&alone, .advance(90))
    let frames = session.makeFrames()
    #expect(parameters(frames[0]) == parameters(alone.makeFrames()[0]))
    #expect(parameters(frames[1]) != parameters(frames[0]))
    #expect(frames[1].moment.id.step == checkpoint.step + 30)
    train(&session, .endBranch)
    #expect(session.makeFrames().count == 1)
  }

  @Test("B catches up, and from then on each has half of the time")
  func fairShare() {
    // A clock that a step takes a millisecond of.
    let time = Ticks()
    var session = session(clock: { time.tick() })
    session.perform(.run)
    while session.makeFrames()[0].seconds < 0.5 { session.runSlice() }
    session.perform(.branch(tiny, step: 0, run: 1))
    let before = session.makeFrames()[0].moment.id.step
    while session.makeFrames()[1].seconds < 0.45 { session.runSlice() }
    #expect(session.makeFrames()[0].moment.id.step == before)
    for _ in 0..<200 { session.runSlice() }
    let frames = session.makeFrames()
    #expect(frames[0].moment.id.step > before && abs(frames[0].seconds - frames[1].seconds) < 0.05)
  }

  @Test("when one of two runs fails, the other goes on")
  func oneFails() {
    var tooFast = tiny
    tooFast.learningRate = 1e38
    var session = session()
    train(&session, .branch(tooFast, step: 0, run: 1), .advance(50))
    let frames = session.makeFrames()
    #expect(frames[0].failure == nil && frames[0].moment.id.step == 50 && frames[1].failure != nil)
  }

  @Test("a run that was set aside comes back with all that it was, and goes on with the same bits")
  func restore() {
    var (session, alone) = (session(), session())
    train(&session, .advance(30), .setAside, .restart(faster, dataset, seed: 1, run: 1))
    train(&session, .advance(20), .restore)
    let back = session.makeFrames()[0]
    #expect(back.moment.id == Moment.ID(run: 0, step: 30) && back.seed == 0 && back.losses.values.count == 30)
    train(&session, .advance(10))
    train(&alone, .advance(40))
    #expect(parameters(session.makeFrames()[0]) == parameters(alone.makeFrames()[0]))
    train(&session, .restore)
    #expect(session.makeFrames()[0].moment.id == Moment.ID(run: 1, step: 20))
  }

  @Test("going back, A is what it was, as a run of its own that goes on with the same bits")
  func goBack() {
    var (session, alone) = (session(), session())
    train(&session, .advance(60), .goBack(step: 40, run: 1))
    let back = session.makeFrames()[0]
    #expect(back.moment.id == Moment.ID(run: 1, step: 35) && back.history.checkpoints.last?.step == 35)
    train(&session, .advance(25))
    train(&alone, .advance(60))
    #expect(parameters(session.makeFrames()[0]) == parameters(alone.makeFrames()[0]))
  }

  @Test("A and B change places")
  func exchange() {
    var session = session()
    train(&session, .branch(faster, step: 0, run: 1), .advance(10), .exchange)
    #expect(session.makeFrames().map(\.moment.id.run) == [1, 0])
  }

  @Test("commands about a B that is not there do nothing")
  func noBranch() {
    var session = session()
    train(&session, .exchange, .endBranch, .restore, .advance(3))
    #expect(session.makeFrames().map(\.moment.id) == [Moment.ID(run: 0, step: 3)])
  }
}

/// A clock that goes on by half a millisecond whenever it is read.
private final class Ticks: Sendable {
  private let count = Mutex(0)
  private let start = ContinuousClock.now

  func tick() -> ContinuousClock.Instant {
    count.withLock { count in
      count += 1
      return start + .microseconds(500 * count)
    }
  }
}
