import Diffusion
import Export
import Foundation
import Goldens
import Interface
import Plot
import Testing

@testable import Playground

/// Every view as a new user would see it, over weights that have learned: to be looked at, one by one.
@Suite("pictures of the views")
struct ViewGoldenTests {
  /// The playground over weights of a small network that has learned the roll: made by
  ///
  ///     roulade train --preset fourier --hidden 64,64 --steps 6000 --average 0
  private static let trained: App = {
    let weights = URL(fileURLWithPath: #filePath).appendingPathComponent("../../Goldens/roll.safetensors").standardized
    var experiment = Experiment.fourier
    experiment.hidden = [64, 64]
    experiment.averageDecay = nil
    var app = makeApp(experiment, columns: 120, rows: 40)
    let fresh = app.world.moment.learned
    // Without the file every picture differs.
    if let network = try? Safetensors(contentsOf: weights.path).network(
      widths: fresh.network.widths, activation: fresh.network.activation, file: weights.path)
    {
      app.world.moments[0].learned = NetworkDenoiser(
        network: network, formulation: fresh.formulation, sigmaData: fresh.sigmaData)
    }
    app.world.wantsTraining = false
    app.world.insight = Insight(app.world)
    return app
  }()

  /// What is pressed, how much noise there is, and how long one waits: a picture of each.
  private static let scripts: [(name: String, keys: String, sigma: Double, seconds: Double)] = [
    ("denoise", "", 0.2, 0), ("denoise-both", "i", 2, 0), ("field", numberKey(FieldPane.self), 0.3, 0),
    ("field-density", numberKey(FieldPane.self) + "o", 0.2, 0),
    ("sample", numberKey(SamplePane.self), 0.3, 1.6),
    ("quality", numberKey(QualityPane.self), 0.3, 0),
  ]

  @Test("in braille at three sizes, and in ASCII", arguments: scripts.indices)
  func pictures(number: Int) throws {
    let picture = ViewGoldenTests.scripts[number]
    for (columns, rows, glyphs) in [
      (80, 24, Glyphs.braille), (120, 40, .braille), (200, 60, .braille), (80, 24, .ascii),
    ] {
      var app = ViewGoldenTests.trained
      app.world.glyphs = glyphs
      _ = app.update(.resized(columns: columns, rows: rows))
      app.world.sigma.move(to: picture.sigma)
      app.press(picture.keys)
      // The chart of quality fills for as long as one watches.
      app.answerQuestions(limit: 40)
      _ = app.update(.passed(picture.seconds))
      let layout = try #require(app.layout)
      let place = try #require(layout[.view])
      let grid = app[.view].draw(app.world, in: place).cells(glyphs)
      let name = "\(picture.name)-\(columns)x\(rows)" + (glyphs == .ascii ? "-ascii" : "")
      #expect(difference(grid, from: name, inks: columns == 80 && glyphs == .braille) == nil)
    }
  }
}
