import Testing

@testable import Diffusion
@testable import Playground

@Suite("trajectories")
struct TrajectoryTests {
  @Test("a trajectory starts at the greatest sigma and is the same every time")
  func deterministic() throws {
    let request = SampleRequest(makeWorld())
    let (a, b) = (try trajectory(request), try trajectory(request, count: 80))
    #expect(a.points.count == 21 && a.sigmas.count == 21 && a.evaluations == 20)
    #expect(a.points.map { $0[..<50] } == b.points.map { $0[..<50] })
    #expect(a.quality.meanDistance < 0.02)
  }

  @Test("each sample keeps its class; classes are as frequent as in the data; guidance pushes on")
  func classes() throws {
    let points = (0..<400).map { Point($0 % 4 == 0 ? -0.5 : 0.5, Float($0) / 400) }
    let dataset = Dataset(name: "two", points: points, labels: (0..<400).map { $0 % 4 == 0 ? 0 : 1 })
    func drawn(_ settings: SampleSettings, count: Int = 200) throws -> Trajectory {
      try trajectory(SampleRequest(makeWorld(sampling: settings)), count: count, of: dataset)
    }
    let all = try drawn(SampleSettings())
    #expect(abs(all.labels.count { $0 == 0 } - 50) < 20)
    #expect(zip(all.points[20], all.labels).allSatisfy { ($0.x < 0) == ($1 == 0) })
    #expect(try drawn(SampleSettings(), count: 50).labels == Array(all.labels[..<50]))
    let one = try drawn(SampleSettings(label: 0))
    #expect(one.points[0] == all.points[0] && one.points[20].allSatisfy { $0.x < 0 })
    // On the way, further from the other class.
    let guided = try drawn(SampleSettings(guidance: 3, label: 0))
    #expect(zip(guided.points[5], one.points[5]).allSatisfy { $0.x < $1.x })
    #expect(one.evaluations == 20 && guided.evaluations == 40)
  }

  @Test("sampling that nobody waits for ends before its next step")
  func cancelled() {
    let dataset = tiny.loadData()
    var asked = 0
    let cancelled = Trajectory(
      SampleRequest(makeWorld()), count: 5, denoiser: IdealDenoiser(dataset), dataset: dataset,
      meter: QualityMeter(dataset.points, count: 100, seed: 0)
    ) {
      asked += 1
      return asked <= 3
    }
    #expect(cancelled == nil && asked == 4)
  }
}
