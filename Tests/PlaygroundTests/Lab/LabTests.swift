import Diffusion
import Terminal
import Testing

@testable import Playground

@Suite("Lab")
struct LabTests {
  @Test("trains when told, and a pause holds the step count")
  func pause() {
    let lab = makeLab()
    #expect(lab.firstFrame.moment.id.step == 0)
    lab.send(.run)
    #expect(frame(of: lab) { $0.moment.id.step > 20 }.moment.id.step > 20)
    lab.send(.pause)
    let paused = frame(of: lab) { $0.moment.id.step > 20 && $0.remaining == 0 }
    // What was under way is over before the next command is looked at.
    lab.send(.pause)
    let later = frame(of: lab) { $0.moment.id.step > 20 }
    #expect(later.moment.id.step == paused.moment.id.step)
  }

  @Test("takes exactly the steps that it is asked for")
  func advance() {
    let lab = makeLab()
    lab.send(.advance(1))
    #expect(frame(of: lab) { $0.moment.id.step == 1 && $0.remaining == 0 }.moment.id.step == 1)
    lab.send(.advance(100))
    lab.send(.advance(3))
    #expect(frame(of: lab) { $0.moment.id.step == 104 }.remaining == 0)
  }

  @Test("a second run does not start a second chain of slices")
  func oneChain() {
    var session = Session(Run(tiny, dataset: tiny.loadData(), seed: 0, threads: 1), threads: 1)
    session.perform(.run)
    let starts = session.claimSlice()
    session.perform(.run)
    let startsAgain = session.claimSlice()
    session.perform(.pause)
    session.runSlice()
    let goesOn = session.continueSlices()
    session.perform(.run)
    let startsAfterPause = session.claimSlice()
    #expect(starts && !startsAgain && !goesOn && startsAfterPause)
  }

  @Test("a reset begins again with the same bits")
  func restart() {
    var faster = tiny
    faster.learningRate = 0.25
    var session = Session(Run(tiny, dataset: tiny.loadData(), seed: 0, threads: 1), threads: 1)
    let start = session.makeFrames()[0]
    session.perform(.change(faster))
    session.perform(.advance(1))
    session.runSlice()
    let trained = session.makeFrames()[0]
    #expect(trained.learningRate == 0.25)
    #expect(trained.moment.learned.network != start.moment.learned.network)
    session.perform(.restart(faster, tiny.loadData(), seed: 0, run: 1))
    let again = session.makeFrames()[0]
    #expect(again.moment.id.step == 0 && again.moment.id.run == 1)
    #expect(again.moment.learned.network == start.moment.learned.network)
    session.perform(.advance(1))
    session.runSlice()
    let trainedAgain = session.makeFrames()[0]
    #expect(trainedAgain.moment.learned.network == trained.moment.learned.network)
    session.perform(.restart(faster, tiny.loadData(), seed: 1, run: 2))
    let otherSeed = session.makeFrames()[0]
    #expect(otherSeed.moment.learned.network != start.moment.learned.network)
  }

  @Test("a loss that is not finite pauses, names the step and keeps the parameters finite")
  func failure() {
    var experiment = tiny
    experiment.learningRate = 1e38
    var session = Session(Run(experiment, dataset: experiment.loadData(), seed: 0, threads: 1), threads: 1)
    session.perform(.run)
    while !session.isPaused { session.runSlice() }
    let frame = session.makeFrames()[0]
    guard case .nonFinite(_, let step) = frame.failure else {
      Issue.record("training did not fail")
      return
    }
    #expect(step == frame.moment.id.step + 1)
    #expect(frame.moment.learned.network.parameters.allSatisfy { $0.isFinite })
  }

  @Test("the loss begins anew where it means something else, and only there")
  func otherLoss() {
    var session = Session(Run(tiny, dataset: tiny.loadData(), seed: 0, threads: 1), threads: 1)
    session.perform(.advance(10))
    while !session.isPaused { session.runSlice() }
    let changes: [(isSameLoss: Bool, (inout Experiment) -> Void)] = [
      (true, { $0.averageDecay = 0.9 }), (true, { $0.learningRate = 1e-3 }),
      (false, { $0.formulation.weighting = .edm }),
      (false, { $0.schedule.bounds = 0.002...1 }), (false, { $0.schedule = ScheduleSettings(.cosine) }),
    ]
    for (isSameLoss, change) in changes {
      var changed = session
      var other = tiny
      change(&other)
      changed.perform(.change(other))
      let frame = changed.makeFrames()[0]
      #expect(frame.moment.experiment == other && frame.moment.id.step == 10)
      #expect((frame.losses.smoothed != nil) == isSameLoss && (frame.gradients.meanNorm != nil) == isSameLoss)
    }
  }

  @Test("the networks of a frame leave the other cores to training")
  func singleThread() {
    var experiment = tiny
    experiment.averageDecay = 0.9
    let frame = makeLab(experiment).firstFrame
    #expect(!frame.moment.learned.isParallel && frame.moment.average?.isParallel == false)
  }

  @Test("a restart after a failure trains again if it was to go on, and only then")
  func restartAfterFailure() {
    let dataset = tiny.loadData()
    var tooFast = tiny
    tooFast.learningRate = 1e38
    for command in [Lab.Command.run, .pause] {
      var session = Session(Run(tooFast, dataset: dataset, seed: 0, threads: 1), threads: 1)
      session.perform(.advance(100))
      while !session.isPaused { session.runSlice() }
      session.perform(command)
      session.runSlice()
      session.perform(.restart(tiny, dataset, seed: 0, run: 1))
      #expect(session.claimSlice() == (command == .run))
    }
  }

  @Test("frames come 10 a second, however fast the steps")
  func frameRate() {
    let time = SteppingClock()
    var session = Session(Run(tiny, dataset: tiny.loadData(), seed: 0, threads: 1), threads: 1, clock: time.clock)
    session.perform(.run)
    for _ in 0..<5 {
      _ = session.makeFrames()[0]
      let looks = time.looks
      repeat { session.runSlice() } while !session.isFrameDue
      // After 100 ms, and at most a slice and a step.
      #expect((100...107).contains(time.looks - looks))
    }
  }

  @Test("a screen that does not take frames gets no more")
  func slowScreen() {
    let (wakes, time) = (Counter(), SteppingClock())
    let lab = makeLab(waker: Waker { wakes.add() }, clock: time.clock)
    lab.send(.run)
    wait { time.looks > 1000 }
    #expect(wakes.count == 1)
    #expect(!lab.takeFrames().isEmpty)
    wait { time.looks > 2000 && wakes.count > 1 }
    #expect(wakes.count == 2)
    lab.send(.pause)
  }
}
