import Goldens
import Interface
import Plot
import Terminal
import Testing

@testable import Diffusion
@testable import Playground

@Suite("settings")
struct SettingsOverlayTests {
  /// An app whose panel is open at a setting.
  func makeSettings(at key: String, _ experiment: Experiment = tiny) -> App {
    var app = makeApp(experiment)
    app.press("s")
    choose(key, &app)
    return app
  }

  func chosen(_ app: App) -> String? { (app.overlays.first as? SettingsOverlay)?.chosen }

  func choose(_ key: String, _ app: inout App) {
    for _ in 0...Parameter.all.count where chosen(app) != key { _ = app.update(.key(.down)) }
    #expect(chosen(app) == key)
  }

  @Test("arrow keys belong to the open panel")
  func keys() {
    var app = makeSettings(at: "data")
    let (rate, sigma) = (app.world.learningRate.value, app.world.sigma.value)
    _ = app.update(.key(.down))
    #expect(chosen(app) == "points")
    for _ in 0..<3 { _ = app.update(.key(.up)) }
    #expect(chosen(app) == "margin")
    #expect(app.world.learningRate.value == rate && app.world.sigma.value == sigma)
    _ = app.update(.key(.escape))
    #expect(app.overlays.isEmpty)
  }

  @Test("every parameter that means anything is listed, and comes into sight")
  func all() {
    var app = makeSettings(at: "data", tinyTree)
    for parameter in Parameter.all where parameter.applies(to: app.world.configuration) {
      choose(parameter.key, &app)
      #expect(app.cells().shows("▸ \(parameter.key)"))
    }
  }

  @Test("other data restart training, and the panel says so before")
  func data() {
    var app = makeSettings(at: "data")
    #expect(app.cells().shows("restarts training"))
    let commands = commands(app.update(.key(.right)))
    #expect(app.world.experiment.data != tiny.data && app.world.run == 1)
    #expect(commands == [.restart(app.world.experiment, app.world.dataset, seed: 0, run: 1)])
    #expect(!app.world.wantsInsight)
  }

  @Test("another weighting acts on the running training")
  func weighting() {
    var app = makeSettings(at: "weighting")
    #expect(!app.cells().shows("restarts training"))
    let commands = commands(app.update(.key(.right)))
    #expect(commands == [.change(app.world.experiment)] && app.world.run == 0)
    #expect(app.world.experiment.formulation.weighting != tiny.formulation.weighting)
  }

  @Test("class and guidance are listed only for data with classes; other data have other classes")
  func classes() {
    var app = makeSettings(at: "class", tinyTree)
    _ = app.update(.key(.right))
    #expect(app.world.sampling.label == 0 && app.chosenView == 2)
    choose("data", &app)
    _ = app.update(.key(.left))
    #expect(app.world.sampling.label == nil)
    let unlabelled = makeWorld().configuration
    #expect(!Parameter.named("class").applies(to: unlabelled) && !Parameter.named("guidance").applies(to: unlabelled))
  }

  @Test("whoever changes how samples are drawn sees them")
  func samples() {
    var app = makeSettings(at: "sampler")
    #expect(app.chosenView == 0)
    _ = app.update(.key(.right))
    #expect(app.chosenView == 2 && app.world.sampling.sampler == .heun && app.overlays.count == 1)
  }

  @Test("a learning rate from the panel moves the slider")
  func rate() {
    var app = makeSettings(at: "lr")
    let commands = commands(app.update(.key(.right)))
    #expect(commands == [.change(app.world.experiment)])
    #expect(app.world.learningRate.value == app.world.experiment.learningRate)
    #expect(app.world.learningRate.value != tiny.learningRate)
  }

  @Test("a schedule with other levels moves sigma into its range")
  func schedule() {
    var app = makeSettings(at: "schedule")
    _ = app.update(.key(.right))
    #expect(app.world.experiment.schedule.kind == .ddpm)
    #expect(app.world.sigma.range.contains(app.world.sigma.value))
  }

  @Test("the panel")
  func golden() {
    var experiment = tiny
    experiment.formulation.features = InputFeatures(scaling: .unitVariance, octaves: 4)
    experiment.formulation.weighting = .inverseVariance(eps0: 1e-4)
    let app = makeSettings(at: "weighting", experiment)
    let panel = app.overlays[0].draw(app.world, in: Rectangle(columns: 36, rows: 16))
    #expect(difference(panel.cells(.braille), from: "settings", inks: true) == nil)
  }

  @Test("on the smallest screen the loss that settings change stays in sight")
  func smallest() {
    for (columns, rows) in [(60, 20), (80, 24), (200, 60)] {
      var app = makeApp(columns: columns, rows: rows)
      app.press("s")
      #expect((app.layout?[.loss]?.rows ?? 0) >= 6)
    }
  }

  @Test("/ finds settings by what is typed: their names, and what they mean")
  func search() {
    var app = makeSettings(at: "data")
    app.press("/opt")
    #expect(chosen(app) == "optimizer")
    for _ in 0..<3 { _ = app.update(.key(.backspace)) }
    app.press("guan")
    #expect(app.cells().shows("nothing is called so"))
    for _ in 0..<4 { _ = app.update(.key(.backspace)) }
    // Characters belong to the text, arrows to the setting.
    app.press("rate")
    #expect(chosen(app) == "lr" && app.world.seed == 0)
    _ = app.update(.key(.right))
    #expect(app.world.experiment.learningRate != tiny.learningRate)
    _ = app.update(.key(.enter))
    app.press("s")
    #expect(app.overlays.isEmpty)
  }

  @Test("a setting that means nothing under the others is named when it is searched for")
  func meaningless() {
    var app = makeApp()
    app.press("s/guidance")
    #expect(app.cells().shows("guidance means nothing under"))
  }

  @Test("of every group something is found by the group's name")
  func groups() {
    let world = makeWorld(tinyTree)
    for group in Parameter.Group.allCases {
      let keys = SettingsList(world.configuration, query: group.rawValue).parameters.map(\.key)
      #expect(
        Set(Parameter.all.filter { $0.group == group && $0.applies(to: world.configuration) }.map(\.key))
          .isSubset(of: keys))
    }
  }

  @Test("Enter takes a value that is typed, and says why it does not take another")
  func typed() {
    var app = makeSettings(at: "hidden")
    _ = app.update(.key(.enter))
    app.press("32,0")
    _ = app.update(.key(.enter))
    #expect(app.world.notice?.text == "hidden layers: 1 to 11 widths from 1 to 1024, as in 128,256,128")
    #expect(app.world.experiment.hidden == [8] && app.overlays.count == 2)
    _ = app.update(.key(.backspace))
    app.press("16")
    #expect(app.cells().shows("restarts training: other layers need other weights"))
    _ = app.update(.key(.enter))
    #expect(app.world.experiment.hidden == [32, 16] && app.world.run == 1 && app.overlays.count == 1)
  }

  @Test("Enter shows all data sets with a picture of the marked one; a file is read at the start only")
  func data2() {
    var app = makeSettings(at: "data")
    _ = app.update(.key(.enter))
    #expect(app.cells().shows("swiss-roll") && app.cells().shows("eight Gaussians"))
    app.press("dino")
    #expect(app.cells().shows("▸ dinosaur"))
    _ = app.update(.key(.enter))
    #expect(app.world.experiment.data == .shape(.dinosaur, count: Shape.dinosaur.standardCount))
    _ = app.update(.key(.enter))
    app.press("a.csv")
    _ = app.update(.key(.enter))
    #expect(app.world.notice?.text == "data set: files are read at the start: roulade --data a.csv")
    _ = app.update(.key(.escape))
    _ = app.update(.key(.enter))
    app.press("word:HI")
    _ = app.update(.key(.enter))
    #expect(app.world.experiment.data == .word("HI", count: 20_000))
  }

  @Test("all presets stand in one list")
  func presets() {
    var app = makeSettings(at: "preset")
    _ = app.update(.key(.enter))
    app.press("fou")
    _ = app.update(.key(.enter))
    #expect(app.world.experiment == .fourier && app.world.run == 1)
  }

  @Test("the values of the data")
  func valuesGolden() {
    var app = makeSettings(at: "data")
    _ = app.update(.key(.enter))
    _ = app.update(.key(.down))
    let panel = app.overlays[1].draw(app.world, in: Rectangle(columns: 76, rows: 15))
    #expect(difference(panel.cells(.braille), from: "values", inks: true) == nil)
  }
}
