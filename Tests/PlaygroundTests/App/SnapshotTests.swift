import Diffusion
import Export
import Foundation
import Testing

@testable import Playground

@Suite("export")
struct SnapshotTests {
  /// Exports, and gives the directory that was written to.
  func export(_ app: App, _ body: (_ directory: String, _ names: String) throws -> Void) throws {
    let directory = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString).path
    try FileManager.default.createDirectory(atPath: directory, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(atPath: directory) }
    try body(directory, try Snapshot(app).write(toDirectory: directory))
  }

  @Test("the moving average stands beside the weights")
  func average() throws {
    var experiment = tiny
    experiment.averageDecay = 0.9
    let lab = makeLab(experiment)
    lab.send(.advance(5))
    var app = makeApp(experiment)
    _ = app.update(.frame(frame(of: lab) { $0.moment.id.step == 5 && $0.remaining == 0 }))
    try export(app) { directory, names in
      let stem = "roulade-tiny-swiss-roll-seed0-step5"
      #expect(names == "\(directory)/\(stem).safetensors, -average, .svg")
      #expect(try FileManager.default.contentsOfDirectory(atPath: directory).count == 3)
      let average = try Safetensors(contentsOf: "\(directory)/\(stem)-average.safetensors")
      let network = try average.network(widths: [4, 8, 2], activation: .silu, file: stem)
      #expect(network == app.world.moment.average?.network && network != app.world.moment.learned.network)
      #expect(average.metadata["step"] == "5")
    }
  }

  @Test("an earlier export of the same name is left as it is")
  func secondExport() throws {
    try export(makeApp()) { directory, _ in
      let first = "\(directory)/roulade-tiny-swiss-roll-seed0-step0.safetensors"
      try AtomicFile.write("mine", to: first)
      let names = try Snapshot(makeApp()).write(toDirectory: directory)
      #expect(names == "\(directory)/roulade-tiny-swiss-roll-seed0-step0-2.safetensors, .svg")
      #expect(try String(contentsOfFile: first, encoding: .utf8) == "mine")
      let third = try Snapshot(makeApp()).write(toDirectory: directory)
      #expect(third.contains("step0-3.safetensors"))
    }
  }

  @Test("until the first frame after a reset, the weights are said to be of the run of before, which they are")
  func stale() throws {
    var app = makeApp()
    app.answerQuestions()
    #expect(app.picture()?.marks.contains { $0.name == "estimate" } == true)
    app.press("R")
    var next = app.world.configuration
    next.experiment.formulation.parameterization = .x0
    _ = app.world.change(to: next)
    try export(app) { directory, _ in
      let file = try Safetensors(contentsOf: "\(directory)/roulade-tiny-swiss-roll-seed0-step0.safetensors")
      let text = try #require(file.metadata["experiment"])
      #expect(try JSONDecoder().decode(Experiment.self, from: Data(text.utf8)) == tiny && file.metadata["seed"] == "0")
      // On the new data, the old network has nothing to say.
      let picture = try String(contentsOfFile: "\(directory)/roulade-tiny-swiss-roll-seed0-step0.svg", encoding: .utf8)
      #expect(!picture.contains("estimate"))
    }
    #expect(app.world.moment.id.run == 0 && app.world.run == 2)
  }

  @Test("the learning rate that is written is the one in force")
  func learningRate() throws {
    var app = makeApp()
    let lab = makeLab()
    for command in commands(app.press("+++")) { lab.send(command) }
    _ = app.update(.frame(frame(of: lab) { $0.moment.experiment.learningRate == app.world.learningRate.value }))
    try export(app) { directory, _ in
      let file = try Safetensors(contentsOf: "\(directory)/roulade-tiny-swiss-roll-seed0-step0.safetensors")
      let text = try #require(file.metadata["experiment"])
      let written = try JSONDecoder().decode(Experiment.self, from: Data(text.utf8))
      #expect(written.learningRate == app.world.learningRate.value && written.learningRate > tiny.learningRate)
    }
  }

  @Test("of a person's points, the box that they were put into is written along")
  func box() throws {
    let box = UnitBox(around: [SIMD2(0, 0), SIMD2(4, 2)])
    let dataset = Dataset(name: "own", points: [Point(-1, 0), Point(1, 0)], box: box)
    let app = App(World(Configuration(tiny), dataset: dataset, seed: 0, frame: makeLab().firstFrame))
    try export(app) { directory, _ in
      let file = try Safetensors(contentsOf: "\(directory)/roulade-tiny-swiss-roll-seed0-step0.safetensors")
      let text = try #require(file.metadata["box"])
      #expect(try JSONDecoder().decode(UnitBox.self, from: Data(text.utf8)) == box)
    }
  }
}
