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

  @Test("p opens it on a noisy point, in the view of one step; what it says are the network's and the exact answer")
  func reading() throws {
    var app = makeApp(columns: 120, rows: 40)
    _ = app.update(.frame(makeFrame(steps: 50)))
    app.press("2p")
    app.answerQuestions()
    #expect(app.chosenView == 0 && app.overlays.count == 1)
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
    app.world.putProbe(noisy[2] + 0.001, reach: 0.1, among: Array(noisy.prefix(20)))
    #expect(app.world.probe?.place == .noisy(2))
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

  @Test("a key that closes what lies beneath another overlay closes that one")
  func layers() {
    var app = makeProbed()
    app.press("?p")
    #expect(app.overlays.count == 1 && app.overlays[0] is HelpOverlay)
  }
}
