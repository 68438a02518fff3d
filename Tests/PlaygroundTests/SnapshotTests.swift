import Diffusion
import Export
import Foundation
import Testing

@testable import Playground

@Suite("export")
struct SnapshotTests {
  /// Exports, and gives the directory that was written to.
  func export(_ state: State, _ body: (_ directory: String, _ names: String) throws -> Void) throws {
    let directory = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString).path
    try FileManager.default.createDirectory(atPath: directory, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(atPath: directory) }
    try body(directory, try Snapshot(state).write(toDirectory: directory))
  }

  @Test("the moving average stands beside the weights")
  func average() throws {
    var experiment = tiny
    experiment.averageDecay = 0.9
    let worker = makeWorker(experiment)
    worker.send(.advance(5))
    var state = makeState(experiment)
    state.frame = frame(of: worker) { $0.step == 5 && $0.remaining == 0 }
    try export(state) { directory, names in
      let stem = "roulade-tiny-swiss-roll-seed0-step5"
      #expect(names == "\(directory)/\(stem).safetensors, -average, .svg")
      #expect(try FileManager.default.contentsOfDirectory(atPath: directory).count == 3)
      let average = try Safetensors(contentsOf: "\(directory)/\(stem)-average.safetensors")
      let network = try average.network(widths: [4, 8, 2], activation: .silu, file: stem)
      #expect(network == state.frame.average?.network && network != state.frame.denoiser.network)
      #expect(average.metadata["step"] == "5")
    }
  }

  @Test("an earlier export of the same name is left as it is")
  func secondExport() throws {
    try export(makeState()) { directory, _ in
      let first = "\(directory)/roulade-tiny-swiss-roll-seed0-step0.safetensors"
      try AtomicFile.write("mine", to: first)
      let names = try Snapshot(makeState()).write(toDirectory: directory)
      #expect(names == "\(directory)/roulade-tiny-swiss-roll-seed0-step0-2.safetensors, .svg")
      #expect(try String(contentsOfFile: first, encoding: .utf8) == "mine")
      let third = try Snapshot(makeState()).write(toDirectory: directory)
      #expect(third.contains("step0-3.safetensors"))
    }
  }

  @Test("until the first frame after a reset, the weights are said to be of the run of before, which they are")
  func stale() throws {
    var state = makeState()
    _ = update(&state, .restart(newSeed: true))
    state.chosenSetting = .prediction
    _ = update(&state, .moveSigma(1))
    try export(state) { directory, _ in
      let file = try Safetensors(contentsOf: "\(directory)/roulade-tiny-swiss-roll-seed0-step0.safetensors")
      let text = try #require(file.metadata["experiment"])
      #expect(try JSONDecoder().decode(Experiment.self, from: Data(text.utf8)) == tiny && file.metadata["seed"] == "0")
      // On the new data, the old network has nothing to say.
      let picture = try String(contentsOfFile: "\(directory)/roulade-tiny-swiss-roll-seed0-step0.svg", encoding: .utf8)
      #expect(!picture.contains("estimate"))
    }
    #expect(state.question(probes: 1).generation == 0 && state.generation == 2)
  }

  @Test("the learning rate that is written is the one in force")
  func learningRate() throws {
    var state = makeState()
    let worker = makeWorker()
    for case .worker(let command) in update(&state, .moveLearningRate(3)) { worker.send(command) }
    state.frame = frame(of: worker) { $0.experiment != tiny }
    try export(state) { directory, _ in
      let file = try Safetensors(contentsOf: "\(directory)/roulade-tiny-swiss-roll-seed0-step0.safetensors")
      let text = try #require(file.metadata["experiment"])
      let written = try JSONDecoder().decode(Experiment.self, from: Data(text.utf8))
      #expect(written.learningRate == state.learningRate.value && written.learningRate > tiny.learningRate)
    }
  }

  @Test("of a person's points, the box that they were put into is written along")
  func box() throws {
    let box = UnitBox(around: [SIMD2(0, 0), SIMD2(4, 2)])
    let dataset = Dataset(name: "own", points: [Point(-1, 0), Point(1, 0)], box: box)
    let state = State(tiny, dataset: dataset, seed: 0, frame: makeState().frame)
    try export(state) { directory, _ in
      let file = try Safetensors(contentsOf: "\(directory)/roulade-tiny-swiss-roll-seed0-step0.safetensors")
      let text = try #require(file.metadata["box"])
      #expect(try JSONDecoder().decode(UnitBox.self, from: Data(text.utf8)) == box)
    }
  }
}
