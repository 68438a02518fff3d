import Diffusion
import TestExperiments
import Testing

@Suite("History")
struct HistoryTests {
  private static let experiment: Experiment = {
    var experiment = Experiment.standard
    experiment.data = .shape(.moons, count: 300)
    (experiment.hidden, experiment.batchSize, experiment.runs) = ([12], 16, [1000])
    return experiment
  }()

  private func run(_ experiment: Experiment = experiment) -> Run {
    Run(experiment, dataset: experiment.loadData(), seed: 0, threads: 1)
  }

  @Test("keeps moments as far apart as the square root of their steps, the first and the latest among them")
  func spacing() throws {
    var (run, history) = (self.run(), History())
    #expect(history.latest(upTo: 7) == nil && history.lastGood == nil)
    for _ in 0..<100 {
      history.record(run)
      try run.step()
    }
    #expect(history.checkpoints.map(\.step) == [0, 1, 3, 6, 9, 13, 18, 23, 29, 35, 42, 49, 57, 66, 75, 85, 95])
    #expect(history.latest(upTo: 31)?.step == 29 && history.latest(upTo: 1000)?.step == 95)
  }

  @Test("stays within its bytes, and what goes first is missed least")
  func bounded() throws {
    var run = self.run()
    for _ in 0..<100 { try run.step() }
    let most = 13 * run.checkpoint.bytes / 2
    run = self.run()
    var history = History(bytes: most)
    for _ in 0..<100 {
      history.record(run)
      try run.step()
    }
    let steps = history.checkpoints.map(\.step)
    #expect(history.checkpoints.reduce(0) { $0 + $1.bytes } <= most)
    #expect(history.isFull && !History().isFull)
    #expect(steps.count >= 5 && steps.first == 0 && steps.last == 95)
    let roots = steps.map { Double($0).squareRoot() }
    #expect(zip(roots, roots.dropFirst()).allSatisfy { $1 - $0 > 0.5 && $1 - $0 < 5 }, "\(steps)")
  }

  @Test("a branch goes on from a checkpoint with the same bits, and knows nothing of what came after")
  func branch() throws {
    var (run, history) = (self.run(), History())
    for _ in 0..<50 {
      history.record(run)
      try run.step()
    }
    let checkpoint = try #require(history.latest(upTo: 40))
    var branch = try Run(resuming: checkpoint, dataset: run.dataset, threads: 1)
    var past = history.upTo(checkpoint.step)
    #expect(past.checkpoints.last == checkpoint && past.checkpoints.count < history.checkpoints.count)
    while branch.stepCount < 50 {
      past.record(branch)
      try branch.step()
    }
    #expect(branch.checkpoint == run.checkpoint && past.checkpoints == history.checkpoints)
  }

  @Test("the last good checkpoint is one before the loss rose, not the last before it was no number")
  func lastGood() throws {
    var (run, history) = (self.run(), History())
    for _ in 0..<200 {
      history.record(run)
      try run.step()
    }
    let good = try #require(history.checkpoints.last?.step)
    #expect(history.lastGood?.step == good)
    var fast = run.experiment
    (fast.learningRate, fast.clipNorm) = (3, nil)
    try run.change(to: fast)
    for _ in 0..<200 {
      history.record(run)
      guard (try? run.step()) != nil else { break }
    }
    let last = try #require(history.checkpoints.last?.step)
    let found = try #require(history.lastGood?.step)
    #expect(found < last && found >= good && found < 215, "\(found) of \(last)")
  }
}
