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
    var app = makeApp(anyExperiment(&random))
    app.press("s")
    for run in 0..<2500 {
      if run % 50 == 0 {
        app = makeApp(anyExperiment(&random))
        app.press("s")
      }
      // Drawing new data takes as long as all the rest; it still comes up often enough to meet every shape.
      repeat {
        for _ in 0...random.index(below: 8) { _ = app.update(.key(.down)) }
      } while app.choosesData && random.index(below: 40) > 0
      let key: Key = random.index(below: 2) == 0 ? .left : .right
      for _ in 0..<(app.choosesData ? 1 : 5 + random.index(below: 16)) {
        _ = app.update(.key(key))
      }
      #expect(app.world.configuration.problem == nil)
      if run % 10 == 9 { _ = app.cells() }
    }
  }
}
