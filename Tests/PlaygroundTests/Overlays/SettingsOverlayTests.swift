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
    for _ in Parameter.all where chosen(app) != key { _ = app.update(.key(.down)) }
    #expect(chosen(app) == key)
  }

  @Test("arrow keys belong to the open panel")
  func keys() {
    var app = makeSettings(at: "data")
    let (rate, sigma) = (app.world.learningRate.value, app.world.sigma.value)
    _ = app.update(.key(.down))
    #expect(chosen(app) == "points")
    _ = app.update(.key(.up))
    _ = app.update(.key(.up))
    #expect(chosen(app) == "denoiser")
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
    #expect(app.world.sampling.label == 0 && app.chosenView == 1)
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
    #expect(app.chosenView == 1 && app.world.sampling.sampler == .heun && app.overlays.count == 1)
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
}
