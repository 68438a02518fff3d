import Diffusion
import Terminal
import Testing

@testable import Playground

/// Runs of the same key, as a person holds it, through the settings: a value at the end of its range is reached by
/// many presses of one key, and hardly ever by independent random keys.
@Suite("settings, key held down")
struct SettingsWalkTests {
  @Test("20,000 runs of a key over every setting lead to nothing that cannot be trained", arguments: 0..<8)
  func walk(part: Int) {
    var random = Random(seed: UInt64(part))
    var app = makeApp(start(part, &random))
    app.press("s")
    for run in 0..<2500 {
      if run % 50 == 0 {
        app = makeApp(start(part, &random))
        app.press("s")
      }
      // Drawing new data takes as long as all the rest; it still comes up often enough to meet every shape.
      repeat {
        for _ in 0..<(1 + random.index(below: Parameter.all.count)) { _ = app.update(.key(.down)) }
      } while drawsData(app) && random.index(below: 40) > 0
      let key: Key = random.index(below: 2) == 0 ? .left : .right
      let before = app.world.configuration
      for _ in 0..<(drawsData(app) ? 1 : 5 + random.index(below: 16)) {
        _ = app.update(.key(key))
      }
      #expect(app.world.configuration.problem == nil)
      if app.world.configuration != before || run % 10 == 0 { _ = app.cells() }
    }
  }

  private func drawsData(_ app: App) -> Bool {
    ["data", "points"].contains((app.overlays[0] as? SettingsOverlay)?.chosen ?? "")
  }

  /// A small experiment with another schedule, number of levels, parameterization and data each time.
  private func start(_ part: Int, _ random: inout Random) -> Experiment {
    var experiment = tiny
    let shapes = Shape.allCases
    experiment.data = .shape(shapes[random.index(below: shapes.count)], count: 100)
    let parameterizations = Parameterization.allCases
    experiment.formulation.parameterization = parameterizations[random.index(below: parameterizations.count)]
    let schedules = ScheduleKind.allCases.flatMap { kind in
      [1, 2, 50, 400, 1000, 5000].map { ScheduleSettings(kind, count: $0) }
    }
    .filter { $0.problem == nil && ($0.kind != .logitNormal || $0.count <= 400) }
    experiment.schedule = schedules[random.index(below: schedules.count)]
    return experiment
  }
}
