import Diffusion
import Interface
import Terminal
import Testing

@testable import Playground

@Suite("App")
struct AppTests {
  @Test("space pauses and resumes")
  func toggle() {
    var app = makeApp()
    #expect(commands(app.press(" ")) == [.pause] && !app.world.isTraining)
    #expect(commands(app.press(" ")) == [.run] && app.world.isTraining)
  }

  @Test("n pauses first, and adds up when paused")
  func advance() {
    var app = makeApp()
    #expect(commands(app.press("n")) == [.pause, .advance(1)])
    #expect(commands(app.press("N")) == [.advance(100)] && !app.world.isTraining)
  }

  @Test("the learning rate goes to the running training, without a reset")
  func learningRate() {
    var app = makeApp()
    for _ in 0..<10 {
      #expect(commands(app.update(.key(.up))) == [.change(app.world.experiment)])
    }
    #expect(abs(app.world.experiment.learningRate - 10 * tiny.learningRate) < 1e-12)
    #expect(app.world.run == 0 && app.world.isTraining)
    // A reset keeps it.
    #expect(commands(app.press("r")) == [.restart(app.world.experiment, app.world.dataset, seed: 0, run: 1)])
  }

  @Test("sigma moves without the lab")
  func sigma() {
    var app = makeApp()
    let before = app.world.sigma.value
    #expect(app.update(.key(.right)).isEmpty && app.world.sigma.value > before)
  }

  @Test("a reset counts runs; R takes the next seed")
  func restart() {
    var app = makeApp()
    #expect(commands(app.press("r")) == [.restart(tiny, tiny.loadData(), seed: 0, run: 1)])
    #expect(commands(app.press("R")) == [.restart(tiny, tiny.loadData(), seed: 1, run: 2)])
  }

  @Test("a frame from before a reset is dropped")
  func staleFrame() {
    let lab = makeLab()
    var app = makeApp()
    app.press("r")
    lab.send(.restart(tiny, tiny.loadData(), seed: 0, run: 1))
    let fresh = frame(of: lab) { $0.moment.id.run == 1 }
    #expect(!app.world.isCurrent)
    _ = app.update(.frame(fresh))
    _ = app.update(.frame(lab.firstFrame))
    #expect(app.world.isCurrent && app.world.moment.id.run == 1)
  }

  @Test("a failure stops training until the next try")
  func failure() {
    var app = makeApp()
    app.world.newest.failure = .nonFinite(tensor: "loss", step: 3)
    #expect(!app.world.isTraining)
    #expect(commands(app.press(" ")) == [.run] && app.world.isTraining)
  }

  @Test("what an export says stays until the next key")
  func notice() {
    var app = makeApp()
    _ = app.update(.exported(.success("a.safetensors, .svg")))
    _ = app.update(.frame(app.world.frame))
    #expect(app.world.notice == World.Notice(text: "wrote a.safetensors, .svg", isWarning: false))
    app.press("a")
    #expect(app.world.notice == nil)
    _ = app.update(.exported(.failure(ExportFailure(description: "cannot write a.svg: no space left"))))
    #expect(app.world.notice?.isWarning == true)
  }

  @Test("views by number, by Tab and back, and by name in the footer")
  func views() {
    var app = makeApp()
    #expect(app.lines().last?.contains("g field") == true)
    let last = Views.all.count - 1
    for (key, view) in [(Key.tab, 1), (.backTab, 0), (.backTab, last), (.tab, 0), (.character("2"), 1)] {
      _ = app.update(.key(key))
      #expect(app.chosenView == view)
    }
  }

  @Test("a key of another view shows it, or says where it belongs")
  func elsewhere() {
    var app = makeApp()
    app.press("m")
    #expect(app[.view] is SamplePane && app.world.sampling.sampler == .heun)
    app.press("a")
    #expect(app[.view] is SamplePane && app.world.notice?.text == "a: arrows to the one-step estimates, in view 1")
    _ = app.update(.key(.right))
    #expect(app.world.notice?.text == "the first samples are still being drawn")
    app.press("c")
    #expect(app.world.notice?.text.contains("have no classes") == true)
  }

  @Test("z fills the screen with one pane after the other, and ends where it began")
  func zoom() {
    var app = makeApp()
    var titles: [String] = []
    for _ in 0..<5 {
      app.press("z")
      titles.append(app.lines()[1].split(separator: " ").dropFirst().first.map(String.init) ?? "")
      #expect(app.lines().allSatisfy { $0.unicodeScalars.count == 80 })
    }
    #expect(titles == ["one", "loss", "loss", "learning", "one"] && app.zoomed == nil)
  }

  @Test("a reset says how to take it back, if there is something to bring back")
  func reset() {
    var app = makeApp()
    app.press("r")
    #expect(app.world.notice == nil)
    app = makeApp()
    _ = app.update(.frame(makeFrame(steps: 5)))
    app.press("r")
    #expect(app.world.notice?.text.contains("u brings the run back") == true)
  }

  @Test("a setting that ends a run says so, and how to bring it back if it is kept", arguments: [false, true])
  func setting(isKept: Bool) {
    var app = makeApp()
    if isKept { _ = app.update(.frame(makeFrame(steps: 5))) }
    var next = app.world.configuration
    next.experiment.hidden = [4]
    _ = app.world.set(next)
    let end = isKept ? "; u brings the run back" : ""
    #expect(app.world.notice?.text == "hidden 4: training begins again" + end)
    app.press("u")
    #expect(app.world.notice?.text == "undone: hidden 8; " + (isKept ? "its run is back" : "training begins again"))
  }

  @Test("M gives the mouse back and takes it again")
  func mouse() {
    var app = makeApp()
    for takes in [false, true] {
      guard case .takePointer(takes)? = app.press("M").first else {
        Issue.record("no word to the screen")
        return
      }
      #expect(app.world.notice?.text.hasPrefix("the mouse") == true)
    }
  }
}
