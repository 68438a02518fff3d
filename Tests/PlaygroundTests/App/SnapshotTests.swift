import Diffusion
import Export
import Foundation
import Terminal
import Testing

@testable import Playground

@Suite("snapshots")
struct SnapshotTests {
  private func files(in directory: String) throws -> [String] {
    try FileManager.default.contentsOfDirectory(atPath: directory).sorted()
  }

  private func text(_ path: String) throws -> String { try String(contentsOfFile: path, encoding: .utf8) }

  @Test("a folder holds the run at one step: checkpoint, pictures, loss, samples, settings and words")
  func contents() throws {
    try withDirectory { directory in
      var experiment = tiny
      experiment.averageDecay = 0.9
      let lab = makeLab(experiment)
      lab.send(.advance(5))
      _ = frame(of: lab) { $0.moment.id.step == 5 && $0.remaining == 0 }
      let app = makeApp(experiment)
      let name = try Snapshot(app, lab.capture(), Snapshot.Destination(directory: directory, program: "it 1.0")).write()
      #expect(name == "roulade-tiny-swiss-roll-seed0-step5")
      let folder = "\(directory)/\(name)"
      let pictures = Views.all.indices.map { type(of: Views.all[$0]).word + ".svg" }
      let written = try files(in: folder)
      let others = ["README.txt", "checkpoint.safetensors", "loss.csv", "samples.csv", "settings.toml"]
      #expect(Set(written).subtracting(pictures) == Set(others))
      #expect(written.contains("denoise.svg") && written.contains("samples.svg"))

      let file = try CheckpointFile(contentsOf: folder + "/checkpoint.safetensors")
      #expect(file.checkpoint == lab.capture().checkpoint)
      let losses = try text(folder + "/loss.csv").split(separator: "\n")
      #expect(losses.first == "step,loss" && losses.count == 6 && losses.last?.hasPrefix("5,") == true)
      #expect(try PointsFile(contentsOf: folder + "/samples.csv").dataset.points.count == 1000)
      let settings = try ConfigurationFile(
        contentsOf: folder + "/settings.toml", over: ConfigurationFile(Configuration(.standard)))
      #expect(settings.configuration.experiment == experiment && settings.seed == 0)
      let words = try text(folder + "/README.txt")
      #expect(words.hasPrefix("it 1.0: step 5 of tiny on swiss-roll, seed 0\n"))
      #expect(
        words.contains("    roulade train --config settings.toml --until-step 5\n    roulade train --points 200 "))
      // The network of the fifth step, though the app has not seen a frame of it.
      #expect(try text(folder + "/denoise.svg").contains("estimate"))
    }
  }

  @Test("the pictures are of the checkpoint's step, also while the screen stands at an earlier one")
  func frozen() throws {
    let lab = makeLab()
    lab.send(.advance(9))
    _ = frame(of: lab) { $0.moment.id.step == 9 && $0.remaining == 0 }
    var app = makeApp()
    var pictures: [String] = []
    for isFrozen in [false, true] {
      app.world.freeze(isFrozen)
      try withDirectory { directory in
        let name = try Snapshot(app, lab.capture(), Snapshot.Destination(directory: directory)).write()
        pictures.append(try text("\(directory)/\(name)/denoise.svg"))
      }
    }
    #expect(pictures[0] == pictures[1])
  }

  @Test("an earlier one stays as it is: the next is numbered")
  func numbered() throws {
    try withDirectory { directory in
      let name = "roulade-tiny-swiss-roll-seed0-step0"
      try AtomicFile.write("mine", to: "\(directory)/\(name)")
      let lab = makeLab()
      let destination = Snapshot.Destination(directory: directory)
      let names = try (0..<2).map { _ in try Snapshot(makeApp(), lab.capture(), destination).write() }
      #expect(names == ["\(name)-2", "\(name)-3"])
      #expect(try text("\(directory)/\(name)") == "mine")
      #expect(try files(in: directory) == [name, "\(name)-2", "\(name)-3"])
    }
  }

  @Test("names from outside lead nowhere else")
  func names() throws {
    try withDirectory { directory in
      var experiment = tiny
      experiment.name = "../../up and\u{1B}[2J"
      let lab = makeLab(experiment)
      let name = try Snapshot(makeApp(experiment), lab.capture(), Snapshot.Destination(directory: directory)).write()
      #expect(name == "roulade-up-and--2J-swiss-roll-seed0-step0")
      #expect(try files(in: directory) == [name])
    }
  }

  @Test("of a person's points, the box, the columns and the file are kept, as an absolute path")
  func points() throws {
    try withDirectory { directory in
      let box = UnitBox(around: [SIMD2(0, 0), SIMD2(4, 2)])
      let dataset = Dataset(name: "own", points: [Point(-1, 0), Point(1, 0)], box: box)
      var experiment = tiny
      experiment.data = .file(path: "own.csv")
      let lab = Lab(Run(experiment, dataset: dataset, seed: 0, threads: 1), threads: 1, waker: Waker {})
      let app = App(World(Configuration(experiment), dataset: dataset, seed: 0, frame: lab.firstFrame))
      let origin = PointsOrigin(path: "own.csv", columns: PointsFile.Columns(x: .name("a"), y: .number(3)))
      let name = try Snapshot(app, lab.capture(), Snapshot.Destination(directory: directory, points: origin)).write()
      let file = try CheckpointFile(contentsOf: "\(directory)/\(name)/checkpoint.safetensors")
      #expect(file.box == box && file.origin?.columns == origin.columns)
      #expect(try text("\(directory)/\(name)/README.txt").contains(" --x-column a --y-column 3 --until-step 0\n"))
      // Read from another directory than it was said in.
      let settings = try ConfigurationFile(
        contentsOf: "\(directory)/\(name)/settings.toml", over: ConfigurationFile(Configuration(.standard)))
      #expect(settings.points == file.origin)
      #expect(file.origin?.path.hasPrefix("/") == true && file.origin?.path.hasSuffix("/own.csv") == true)
    }
  }

  @Test("a folder that cannot be written says why, and leaves nothing")
  func unwritable() throws {
    try withDirectory { directory in
      let lab = makeLab()
      #expect(throws: FileError("cannot write", directory + "/none", "no such file or directory")) {
        try Snapshot(makeApp(), lab.capture(), Snapshot.Destination(directory: directory + "/none")).write()
      }
    }
  }
}

/// Runs with a directory that is removed afterwards.
func withDirectory(_ body: (String) throws -> Void) throws {
  let directory = NSTemporaryDirectory() + "roulade-tests-" + UUID().uuidString
  try FileManager.default.createDirectory(atPath: directory, withIntermediateDirectories: true)
  defer { try? FileManager.default.removeItem(atPath: directory) }
  try body(directory)
}
