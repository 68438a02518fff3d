import TestExperiments
import Testing

@testable import Diffusion

@Suite("Points held out")
struct HoldoutTests {
  private let moons = DataSource.shape(.moons, count: 301).load()

  @Test("each point is on one side, in its order, with its class", arguments: [0.1, 0.5, 0.99])
  func split(share: Double) throws {
    let dataset = moons.holdingOut(share, seed: 4)
    let heldOut = try #require(dataset.heldOut)
    #expect(heldOut.points.count == Int((share * 301).rounded()))
    #expect(dataset.points.count + heldOut.points.count == 301)
    var places = heldOut.places[...]
    var (kept, out) = (0, 0)
    for (place, point) in moons.points.enumerated() {
      if places.first == place {
        places.removeFirst()
        #expect(heldOut.points[out] == point && heldOut.labels?[out] == moons.labels?[place])
        out += 1
      } else {
        #expect(dataset.points[kept] == point && dataset.labels?[kept] == moons.labels?[place])
        kept += 1
      }
    }
    #expect(dataset.digest != moons.digest && dataset.classNames == moons.classNames)
  }

  @Test("holding out another share begins with all points again")
  func again() {
    let split = moons.holdingOut(0.3, seed: 1)
    #expect(split.holdingOut(0, seed: 1) == moons && split.holdingOut(0.6, seed: 2) == moons.holdingOut(0.6, seed: 2))
    #expect(split != moons.holdingOut(0.3, seed: 2))
    #expect(Dataset(name: "one", points: [.zero]).holdingOut(0.9, seed: 0).heldOut == nil)
  }

  @Test("a class whose points are all held out stays a class")
  func classes() {
    let dataset = Dataset(name: "few", points: [.zero, Point(1, 1)], labels: [0, 1])
    let split = (0..<20).map { dataset.holdingOut(0.5, seed: UInt64($0)) }
    #expect(split.allSatisfy { $0.classCount == 2 && $0.points.count == 1 })
  }

  @Test("an experiment loses the share that it says, and other points need fresh weights")
  func experiment() throws {
    var experiment = Experiment.standard
    experiment.holdout = 0.25
    #expect(experiment.loadData().points.count == 15_000 && experiment.problem == nil)
    #expect(Experiment.standard.obstacle(to: experiment) != nil && !experiment.hasLoss(like: .standard))
    #expect(try recoded(experiment) == experiment)
    experiment.data = .swissRoll(count: 100)
    experiment.holdout = 0.001
    #expect(experiment.problem == "share held out: of 100 points that is none")
  }
}
