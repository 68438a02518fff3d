import Diffusion
import Testing

@testable import Playground

@Suite("World")
struct WorldTests {
  @Test("live settings keep what they leave true of the floor")
  func liveSettings() {
    for (change, keeps) in [
      ({ $0.formulation.weighting = .uniform }, true), ({ $0.averageDecay = 0.99 }, true),
      ({ $0.schedule.bounds = 0.002...5 }, false),
    ] as [((inout Experiment) -> Void, Bool)] {
      var world = makeWorld()
      world.insight = Insight(world)
      var next = world.configuration
      change(&next.experiment)
      #expect(commands(world.change(to: next)) == [.change(next.experiment)])
      #expect((world.insight?.experiment == world.experiment) == keeps)
    }
  }

  @Test("other data begin again, with other noisy points and classes")
  func otherData() {
    var world = makeWorld()
    let noise = world.noise.x0
    var next = world.configuration
    next.experiment.data = tinyTree.data
    let sent = commands(world.change(to: next))
    #expect(sent == [.restart(world.experiment, world.dataset, seed: 0, run: 1)])
    #expect(world.noise.x0 != noise && world.configuration.classNames.count == 64 && !world.wantsInsight)
    #expect(commands(world.change(to: world.original.configuration)).count == 1 && world.noise.x0 == noise)
  }

  @Test("without a moving average there is none to follow")
  func average() {
    var experiment = tiny
    experiment.averageDecay = 0.99
    var world = makeWorld(experiment, sampling: SampleSettings(predictor: .average))
    var next = world.configuration
    next.experiment.averageDecay = nil
    _ = world.change(to: next)
    #expect(world.sampling.predictor == .learned)
  }

  @Test("while the points stay, they are not divided again; another share divides all of them anew")
  func holdout() throws {
    var experiment = tiny
    experiment.holdout = 0.2
    let world = makeWorld(experiment)
    let place = { (dataset: Dataset) in dataset.points.withUnsafeBufferPointer(\.baseAddress) }
    experiment.learningRate *= 2
    #expect(place(try #require(world.points(of: experiment))) == place(world.dataset))
    experiment.holdout = 0.5
    #expect(world.points(of: experiment) == experiment.loadData())
  }

  @Test("of points that were drawn, the share is held out that should be")
  func drawnHoldout() {
    var experiment = tiny
    experiment.holdout = 0.2
    var world = makeWorld(experiment)
    _ = world.train(onDrawing: "x,y\n" + (0..<10).map { "\($0),\($0 * $0)\n" }.joined())
    #expect(world.dataset.points.count == 8 && world.dataset.heldOut?.points.count == 2)
  }

  @Test("a change that changes nothing disturbs nobody")
  func noChange() {
    var world = makeWorld()
    #expect(world.change(to: world.configuration).isEmpty)
  }

  @Test("nothing more is wanted of the present network once the floor is precise")
  func wanted() {
    var world = makeWorld()
    #expect(world.wantsInsight)
    var insight = Insight(world)
    while !insight.isPrecise { insight.refine(world.moment.learned, moment: world.moment.id) }
    world.insight = insight
    #expect(!world.wantsInsight)
    insight.refine(world.moment.learned, moment: Moment.ID(run: 0, step: 7))
    world.insight = insight
    #expect(world.wantsInsight)
  }
}
