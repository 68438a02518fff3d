import Testing

@testable import Diffusion
@testable import Playground

@Suite("sample view")
struct SampleViewTests {
  let dataset = tiny.loadData()

  func trajectory(_ request: SampleRequest, count: Int = 50, of dataset: Dataset? = nil) throws -> Trajectory {
    let dataset = dataset ?? self.dataset
    let meter = QualityMeter(dataset, count: 100, seed: 0)
    return try #require(
      Trajectory(request, count: count, denoiser: IdealDenoiser(dataset), dataset: dataset, meter: meter) { true })
  }

  /// A state that shows samples, with the first request that it made.
  func makeSampling() throws -> (state: State, request: SampleRequest) {
    var state = makeState()
    state.insight = Insight(tiny, dataset: dataset, denoiser: state.frame.denoiser, generation: 0, step: 0)
    let requests = requests(update(&state, .togglePicture))
    return (state, try #require(requests.first))
  }

  func requests(_ effects: [Effect]) -> [SampleRequest] {
    effects.compactMap { if case .sample(let request) = $0 { request } else { nil } }
  }

  @Test("a trajectory starts at the greatest sigma and is the same every time")
  func deterministic() throws {
    let (_, request) = try makeSampling()
    let (a, b) = (try trajectory(request), try trajectory(request, count: 80))
    #expect(a.points.count == 21 && a.sigmas.count == 21 && a.evaluations == 20)
    #expect(a.points.map { $0[..<50] } == b.points.map { $0[..<50] })
    #expect(a.quality.meanDistance < 0.02)
  }

  @Test("each sample keeps its class; classes are as frequent as in the data; guidance pushes on")
  func classes() throws {
    let points = (0..<400).map { Point($0 % 4 == 0 ? -0.5 : 0.5, Float($0) / 400) }
    let dataset = Dataset(name: "two", points: points, labels: (0..<400).map { $0 % 4 == 0 ? 0 : 1 })
    func trajectory(_ settings: SampleSettings, count: Int = 200) throws -> Trajectory {
      let request = SampleRequest(settings: settings, generation: 0, step: 0, schedule: tiny.schedule)
      return try self.trajectory(request, count: count, of: dataset)
    }
    let all = try trajectory(SampleSettings())
    #expect(abs(all.labels.count { $0 == 0 } - 50) < 20)
    #expect(zip(all.points[20], all.labels).allSatisfy { ($0.x < 0) == ($1 == 0) })
    #expect(try trajectory(SampleSettings(), count: 50).labels == Array(all.labels[..<50]))
    let one = try trajectory(SampleSettings(label: 0))
    #expect(one.points[0] == all.points[0] && one.points[20].allSatisfy { $0.x < 0 })
    // On the way, further from the other class.
    let guided = try trajectory(SampleSettings(guidance: 3, label: 0))
    #expect(zip(guided.points[5], one.points[5]).allSatisfy { $0.x < $1.x })
    #expect(one.evaluations == 20 && guided.evaluations == 40)
  }

  @Test("sampling that nobody waits for ends before its next step")
  func cancelled() throws {
    let (_, request) = try makeSampling()
    var asked = 0
    let cancelled = Trajectory(
      request, count: 5, denoiser: IdealDenoiser(dataset), dataset: dataset,
      meter: QualityMeter(dataset, count: 100, seed: 0)
    ) {
      asked += 1
      return asked <= 3
    }
    #expect(cancelled == nil && asked == 4)
  }

  @Test("the ideal denoiser is asked for copies once for all that is drawn in one way")
  func idealCopies() throws {
    func ideal(_ effects: [Effect]) -> [SampleRequest] {
      effects.compactMap { if case .sampleIdeal(let request) = $0 { request } else { nil } }
    }
    var state = makeState()
    state.insight = Insight(tiny, dataset: dataset, denoiser: state.frame.denoiser, generation: 0, step: 0)
    let first = try #require(ideal(update(&state, .togglePicture)).first)
    #expect(first.settings == SampleSettings(predictor: .ideal))
    state.frame = makeFrame(step: 5)
    #expect(ideal(update(&state, .passed(1))).isEmpty)
    // What samples are compared with only copies: it is not guided.
    state.samples.settings.guidance = 2
    #expect(ideal(update(&state, .passed(0))).isEmpty)
    // Of the ideal denoiser's own samples there is nothing to compare.
    #expect(ideal(update(&state, .nextPredictor)).isEmpty && ideal(update(&state, .nextPredictor)).isEmpty)
    let second = try #require(ideal(update(&state, .moveSampleSteps(1))).first)
    _ = update(&state, .idealTrajectory(try trajectory(first)))
    #expect(state.samples.idealCopies == nil)
    _ = update(&state, .idealTrajectory(try trajectory(second)))
    #expect(try #require(state.samples.idealCopies) > 0.9)
  }

  @Test("samples that nobody looks at are given up, and asked for again by who returns")
  func leave() throws {
    var (state, request) = try makeSampling()
    #expect(stopsSampling(update(&state, .togglePicture)))
    let effects = update(&state, .togglePicture)
    #expect(requests(effects) == [request] && effects.contains { if case .sampleIdeal = $0 { true } else { false } })
    // What has come stays.
    _ = update(&state, .trajectory(try trajectory(request)))
    var ideal = request
    ideal.settings.predictor = .ideal
    _ = update(&state, .idealTrajectory(try trajectory(ideal)))
    _ = update(&state, .nextComparison)
    #expect(state.picture == .estimates)
    #expect(requests(update(&state, .togglePicture)).isEmpty && state.samples.flow?.position == 0)
  }

  @Test("who returns to a network that has learned on sees its samples, not those of before")
  func staleReturn() throws {
    var (state, request) = try makeSampling()
    _ = update(&state, .trajectory(try trajectory(request)))
    _ = update(&state, .togglePicture)
    state.frame = makeFrame(step: 5)
    let next = try #require(requests(update(&state, .togglePicture)).first)
    #expect(state.samples.flow == nil && next.step == 5)
  }

  @Test("a flow leads in, goes straight between steps, arrives, rests")
  func flow() throws {
    let (_, request) = try makeSampling()
    let way = try trajectory(request)
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

  @Test("while training, each flow is followed by one of the network as it is then")
  func follows() throws {
    var (state, request) = try makeSampling()
    // Nothing is asked for twice.
    #expect(requests(update(&state, .frame(state.frame))).isEmpty)
    _ = update(&state, .trajectory(try trajectory(request)))
    #expect(state.isMoving && requests(update(&state, .passed(1))).isEmpty)
    // The network has not changed, so at first there is nothing to ask for.
    #expect(requests(update(&state, .passed(1.5))).isEmpty)
    #expect(!state.isMoving)
    state.frame = makeFrame(step: 5)
    let next = try #require(requests(update(&state, .passed(0.1))).first)
    #expect(next.step == 5)
    _ = update(&state, .trajectory(try trajectory(next)))
    #expect(state.samples.flow?.trajectory.request.step == 0)
    _ = update(&state, .passed(3))
    #expect(state.samples.flow?.trajectory.request.step == 5 && state.samples.flow?.position == 0)
  }

  @Test("paused, it plays once and rests")
  func rests() throws {
    var (state, request) = try makeSampling()
    _ = update(&state, .toggleTraining)
    _ = update(&state, .trajectory(try trajectory(request)))
    #expect(state.isMoving)
    _ = update(&state, .passed(2.5))
    #expect(!state.isMoving)
    #expect(requests(update(&state, .passed(100))).isEmpty)
    #expect(state.samples.flow?.hasArrived == true)
  }

  @Test("an answer to an earlier question is dropped")
  func stale() throws {
    var (state, request) = try makeSampling()
    let effects = update(&state, .nextSampler)
    #expect(requests(effects).first?.settings.sampler == .heun)
    _ = update(&state, .trajectory(try trajectory(request)))
    #expect(state.samples.flow == nil)
    let second = requests(update(&state, .moveSampleSteps(1)))
    #expect(second.first?.settings.steps == 30)
  }

  @Test("steps move along the choices and stop at their ends; samplers and denoisers come round")
  func settings() {
    var settings = SampleSettings(steps: 12)
    settings.moveSteps(1)
    #expect(settings.steps == 15)
    for _ in 0..<20 { settings.moveSteps(1) }
    #expect(settings.steps == 100)
    for _ in 0..<20 { settings.moveSteps(-1) }
    #expect(settings.steps == 2)
    for _ in Sampler.all { settings.takeNextSampler() }
    #expect(settings.sampler == .accelerated)
    for _ in SampleSettings.Predictor.allCases { settings.takeNextPredictor(hasAverage: true) }
    #expect(settings.predictor == .learned)
  }
}

private func makeFrame(step: Int) -> Frame {
  let worker = makeWorker()
  worker.send(.advance(step))
  return frame(of: worker) { $0.step == step && $0.remaining == 0 }
}
