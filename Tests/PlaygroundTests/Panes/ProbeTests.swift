import Diffusion
import Interface
import Plot
import Terminal
import TestExperiments
import Testing

@testable import Playground

@Suite("probe")
struct ProbeTests {
  private func makeProbed() -> App {
    var app = makeApp(columns: 120, rows: 40)
    _ = app.update(.frame(makeFrame(steps: 50)))
    app.press("p")
    app.answerQuestions()
    return app
  }

  @Test("p opens it on a noisy point that is shown; what it says are the network's and the exact answer")
  func reading() throws {
    var app = makeApp(columns: 120, rows: 40)
    _ = app.update(.frame(makeFrame(steps: 50)))
    app.press("p")
    app.answerQuestions()
    #expect(app.chosenView == 0 && app.overlays.count == 1)
    let shown = try #require(app.world.answers.latest(EstimateQuestion.learned, as: EstimateQuestion.self)).answer.x
    #expect(shown.contains(try #require(app.world.probePoint)))
    let reading = try #require(app.world.probeReading)
    let (x, sigma) = (try #require(app.world.probePoint), Float(app.world.sigma.value))
    #expect(reading.x == x && reading.estimate == app.world.moment.learned.x0(x: [x], sigma: sigma)[0])
    let ideal = try #require(app.world.insight?.ideal)
    #expect(reading.idealEstimate == ideal.x0(x: [x], sigma: sigma)[0])
    #expect(app.cells().shows("epsilonHat") && app.cells().shows("log p"))
    app.press("p")
    #expect(app.world.probe == nil && app.overlays.isEmpty)
  }

  @Test("the likeliest data points and their weights are those of a plain sum")
  func posterior() {
    let dataset = tiny.loadData()
    let ideal = IdealDenoiser(dataset)
    for (x, sigma) in [(Point(0.3, -0.2), Float(0.1)), (Point(2, 2), 0.05), (Point(0, 0), 2)] {
      let weights = dataset.points.map { point in
        let offset = SIMD2<Double>(x) - SIMD2<Double>(point)
        return -(offset * offset).sum() / (2 * Double(sigma) * Double(sigma))
      }
      let most = weights.max() ?? 0
      let shares = weights.map { exponential($0 - most) }
      let sum = shares.reduce(0, +)
      let found = ideal.posterior(x: x, sigma: sigma, share: 0.9, atMost: 1000)
      let sorted = shares.map { $0 / sum }.sorted(by: >)
      #expect(zip(found.weights, sorted).allSatisfy { abs($0 - $1) < 1e-4 })
      let covered = found.weights.reduce(0, +)
      #expect(covered >= 0.9 && covered - (found.weights.last ?? 0) < 0.9 + 1e-4)
    }
    #expect(ideal.posterior(x: Point(.nan, 0), sigma: 1).points.isEmpty)
    #expect(ideal.posterior(x: Point(1e30, 0), sigma: 1e-3).points.count >= 1)
  }

  /// e to a power of at most 0, by its series: an oracle of its own.
  private func exponential(_ value: Double) -> Double {
    guard value > -700 else { return 0 }
    var (sum, term, half) = (1.0, 1.0, value / 1024)
    for k in 1...20 {
      term *= half / Double(k)
      sum += term
    }
    half = sum
    for _ in 0..<10 { half *= half }
    return half
  }

  @Test("the arrow keys move the crosshair, and sigma stays")
  func keys() throws {
    var app = makeProbed()
    let (before, sigma) = (try #require(app.world.probePoint), app.world.sigma)
    _ = app.update(.key(.right))
    _ = app.update(.key(.up))
    let now = try #require(app.world.probePoint)
    #expect(now.x > before.x && now.y > before.y && app.world.sigma == sigma)
  }

  @Test("a point that is pressed is followed: sigma moves it along its line, and where its estimates were is kept")
  func follow() throws {
    var app = makeApp(columns: 120, rows: 40)
    _ = app.update(.frame(makeFrame(steps: 50)))
    app.answerQuestions()
    let place = try #require(app.layout?[.view])
    // Wherever it is pressed, the nearest point of a generous reach is taken.
    let noisy = app.world.noise.all(sigma: app.world.sigma.value)
    var plane = Plane(window: .plane(radius: 1), place: place)
    plane.followed = noisy.prefix(20).enumerated().map { (.noisy($0.offset), $0.element) }
    #expect(plane.nearest(to: noisy[2] + 0.001, isWithinReach: true) == .noisy(2))
    #expect(plane.nearest(to: noisy[2] + 9, isWithinReach: true) == nil)
    app.world.probe = Probe(place: .noisy(2))
    let before = app.world.probePoint
    app.world.sigma.move(by: 5)
    #expect(app.world.probePoint != before)
    app.answerQuestions()
    _ = app.update(.pointer(PointerEvent(.press(.left), column: place.column + 10, row: place.row + 5)))
    #expect(app.world.probe != nil)
  }

  @Test("of noisy points a press takes one that is shown, and no other")
  func shown() throws {
    var app = makeApp(columns: 120, rows: 40)
    app.answerQuestions()
    let place = try #require(app.layout?[.view]).inside
    let all = app.world.noise.all(sigma: app.world.sigma.value)
    let shown = try #require(app.world.answers.latest(EstimateQuestion.learned, as: EstimateQuestion.self)).answer.x
    var followed = Set<Int>()
    for column in stride(from: place.column, to: place.endColumn, by: 3) {
      for row in stride(from: place.row, to: place.endRow, by: 2) {
        var app = app
        _ = app.update(.pointer(PointerEvent(.press(.left), column: column, row: row)))
        if case .noisy(let index) = app.world.probe?.place { followed.insert(index) }
      }
    }
    #expect(followed.count > 10 && followed.allSatisfy { shown.contains(all[$0]) })
  }

  @Test("a press on the picture opens it there")
  func pointer() throws {
    var app = makeApp(columns: 120, rows: 40)
    let place = try #require(app.layout?[.view])
    _ = app.update(
      .pointer(PointerEvent(.press(.left), column: place.column + place.columns / 2, row: place.row + place.rows / 2)))
    let point = try #require(app.world.probePoint)
    #expect(app.overlays.count == 1 && point.lengthSquared < 0.1)
  }

  @Test("p stays where the plane is shown, and else goes to the view of one step")
  func views() {
    let planes: [any Pane.Type] = [DenoisePane.self, FieldPane.self, SamplePane.self, ComparePane.self]
    for (number, view) in Views.all.enumerated() where !(view is DrawPane) {
      var app = makeApp(columns: 120, rows: 40)
      app.press("\(number + 1)")
      app.answerQuestions()
      app.press("p")
      let stays = planes.contains { $0 == type(of: view) }
      #expect(app.chosenView == (stays ? number : 0) && app.overlays.count == 1)
    }
  }

  @Test("in the field, a press opens it there, and the picture shows where it would lead")
  func field() throws {
    var app = makeApp(columns: 120, rows: 40)
    app.press(viewKey(FieldPane.self))
    app.answerQuestions()
    let place = try #require(app.layout?[.view])
    let spot = Pointer.Spot(column: place.column + place.columns / 3, row: place.row + place.rows / 3)
    _ = app.update(.pointer(PointerEvent(.press(.left), column: spot.column, row: spot.row)))
    app.answerQuestions()
    let x = try #require(app.world.probePoint)
    #expect(x.x < 0 && x.y > 0 && app.chosenView == 1 && app.world.probeReading?.x == x)
    #expect(app.cells()[spot.column, spot.row].glyph == "+")
    _ = app.update(.key(.enter))
    guard case .noisy = app.world.probe?.place else { return #expect(Bool(false), "Enter follows a noisy point") }
  }

  @Test("a sample that is pressed is followed along its way: the flow is held there, and sigma moves both")
  func sample() throws {
    var app = makeApp(columns: 120, rows: 40)
    _ = app.update(.frame(makeFrame(steps: 50)))
    app.press(viewKey(SamplePane.self))
    app.answerQuestions()
    _ = app.update(.passed(1.5))
    let flow = try #require(app.view(SamplePane.self)?.player.flow)
    #expect(flow.position > 0 && !flow.hasArrived)
    app.press("p")
    #expect(app.chosenView == 2 && app.world.probe?.place == .sample(0))
    #expect(app.view(SamplePane.self)?.player.isHeld == true)
    let held = try #require(app.view(SamplePane.self)?.player.flow)
    #expect(abs(Double(held.sigma) / app.world.sigma.value - 1) < 1e-3 && abs(held.sigma / flow.sigma - 1) < 0.1)
    #expect(app.world.probePoint == held.points[0])
    app.press("]]]]")
    #expect(app.world.probePoint == app.view(SamplePane.self)?.player.flow?.points[0])
    #expect(app.world.probePoint != held.points[0])
    app.answerQuestions()
    #expect(app.cells().shows("a sample") && app.world.probeReading?.sigma == Float(app.world.sigma.value))
    _ = app.update(.key(.enter))
    guard case .at = app.world.probe?.place else { return #expect(Bool(false), "Enter lets it go") }
    _ = app.update(.key(.enter))
    #expect(app.world.probe?.place == .sample(0))
  }

  @Test("a key that closes what lies beneath another overlay closes that one")
  func layers() {
    var app = makeProbed()
    app.press("?p")
    #expect(app.overlays.count == 1 && app.overlays[0] is HelpOverlay)
  }
}
