import Testing

@testable import Diffusion
@testable import Playground

/// A trajectory of the ideal denoiser, whoever is said to have drawn it.
func trajectory(_ request: SampleRequest, count: Int = 50, of dataset: Dataset = tiny.loadData()) throws -> Trajectory {
  let meter = QualityMeter(dataset.points, count: 100, seed: 0)
  return try #require(
    Trajectory(request, count: count, denoiser: IdealDenoiser(dataset), dataset: dataset, meter: meter) { true })
}

@Suite("sample player")
struct SamplePlayerTests {
  var world = makeWorld()

  func request(step: Int = 0, _ settings: SampleSettings = SampleSettings()) -> SampleRequest {
    var world = world
    world.configuration.sampling = settings
    if step > 0 { world.take(makeFrame(steps: step)) }
    return SampleRequest(world)
  }

  @Test("a flow leads in, goes straight between steps, arrives, rests")
  func flow() throws {
    let way = try trajectory(request())
    var flow = Flow(way)
    #expect(flow.points == way.points[0] && flow.sigma == way.sigmas[0])
    flow.advance(by: 0.4 + 0.05)
    #expect(abs(flow.position - 0.5) < 1e-9)
    #expect((flow.points[7] - (way.points[0][7] + way.points[1][7]) / 2).lengthSquared < 1e-10)
    flow.advance(by: 1.96)
    #expect(flow.hasArrived && !flow.isOver && flow.points == way.points[20])
    flow.advance(by: 1.5)
    #expect(flow.isOver)
  }

  @Test("each flow is followed by one of the network as it is then, and by nothing while it is the same")
  func follows() throws {
    var player = SamplePlayer()
    let first = request()
    #expect(player.needs(first))
    player.take(try trajectory(first), first)
    #expect(!player.needs(first) && player.isMoving(repeats: false))
    player.advance(by: 2.5, repeats: false)
    #expect(!player.needs(first) && !player.isMoving(repeats: false) && player.finished?.request == first)
    let next = request(step: 5)
    #expect(player.needs(next))
    player.take(try trajectory(next), next)
    #expect(player.flow?.trajectory.request == first && !player.needs(next))
    player.advance(by: 3, repeats: false)
    #expect(player.flow?.trajectory.request == next && player.flow?.position == 0)
    #expect(player.finished?.request == first)
  }

  @Test("whoever goes back in time sees the samples of then at once, and no figures of later ones")
  func past() throws {
    var player = SamplePlayer()
    let (now, then) = (request(step: 5), request())
    player.take(try trajectory(now), now)
    player.advance(by: 1, repeats: false)
    #expect(player.needs(then))
    player.take(try trajectory(then), then)
    let position = try #require(player.flow?.position)
    #expect(player.flow?.trajectory.request == then && position > 0 && !player.needs(then))

    player = SamplePlayer()
    player.take(try trajectory(now), now)
    player.advance(by: 2.5, repeats: false)
    player.forget(unlike: then)
    #expect(player.finished == nil)
    player.take(try trajectory(then), then)
    player.advance(by: 0, repeats: false)
    #expect(player.flow?.hasArrived == true && player.finished?.request == then)
  }

  @Test("an answer is taken once, and one to another question not at all")
  func stale() throws {
    var player = SamplePlayer()
    let (wanted, other) = (request(), request(SampleSettings(sampler: .heun)))
    player.take(try trajectory(other), wanted)
    #expect(player.flow == nil)
    let way = try trajectory(wanted)
    player.take(way, wanted)
    player.advance(by: 1, repeats: false)
    player.take(way, wanted)
    player.advance(by: 100, repeats: false)
    #expect(player.flow?.hasArrived == true && !player.isMoving(repeats: false))
  }

  @Test("held, it stands still; released, it goes on")
  func hold() throws {
    var player = SamplePlayer()
    let wanted = request()
    player.hold()
    #expect(!player.isHeld)
    player.take(try trajectory(wanted), wanted)
    player.advance(by: 1, repeats: false)
    player.hold()
    let position = try #require(player.flow?.position)
    player.advance(by: 1, repeats: false)
    #expect(player.flow?.position == position && !player.isMoving(repeats: true))
    player.release()
    player.advance(by: 0.5, repeats: false)
    #expect(player.flow.map { $0.position > position } == true)
  }

  @Test("it goes to a sigma, or on by a step of the sampler, and stands there")
  func seek() throws {
    var player = SamplePlayer()
    player.seek(sigma: 1)
    #expect(!player.isHeld)
    let wanted = request()
    let way = try trajectory(wanted)
    player.take(way, wanted)
    player.seek(sigma: 0.3)
    #expect(player.isHeld && abs((player.flow?.sigma ?? 0) - 0.3) < 1e-5)
    player.seek(sigma: Double(way.sigmas[7]))
    #expect(player.flow.map { abs($0.position - 7) < 1e-4 } == true)
    player.step(1)
    #expect(player.flow.map { abs($0.position - 8) < 1e-9 } == true)
    player.step(-2)
    #expect(player.flow?.sigma == way.sigmas[6] && player.flow?.past.count == 8)
    player.seek(sigma: 1e9)
    #expect(player.flow?.position == 0)
    player.step(1000)
    #expect(player.flow?.hasArrived == true)
  }

  @Test("held at a sigma, it follows the network: the same samples on another way, at the same sigma")
  func bends() throws {
    var player = SamplePlayer()
    let first = request()
    player.take(try trajectory(first), first)
    player.seek(sigma: 0.5)
    let before = try #require(player.flow?.points)
    let next = request(step: 5)
    #expect(player.needs(next))
    let moved = Dataset(name: "moved", points: tiny.loadData().points.map { $0 + Point(0.5, 0) })
    player.take(try trajectory(next, of: moved), next)
    #expect(!player.needs(next) && player.isHeld && abs((player.flow?.sigma ?? 0) - 0.5) < 1e-5)
    #expect(player.flow?.points != before && player.flow?.trajectory.request == next)
  }

  @Test("figures of other samples are not kept, nor a flow of other noise or data")
  func forget() throws {
    var player = SamplePlayer()
    let wanted = request()
    player.take(try trajectory(wanted), wanted)
    player.advance(by: 2.5, repeats: false)
    player.forget(unlike: request(SampleSettings(sampler: .heun)))
    #expect(player.finished == nil && player.flow != nil)
    var other = makeWorld()
    other.configuration.experiment.schedule.bounds = 0.002...5
    player.forget(unlike: SampleRequest(other))
    #expect(player.flow == nil)
  }

  @Test("who returns sees it again from the noise on, or nothing that is not of the network as it is")
  func replay() throws {
    var player = SamplePlayer()
    let wanted = request()
    player.take(try trajectory(wanted), wanted)
    player.advance(by: 2.5, repeats: false)
    player.replay(wanted)
    #expect(player.flow?.position == 0)
    player.replay(request(step: 5))
    #expect(player.flow == nil)
  }
}
