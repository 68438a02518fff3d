import Diffusion
import Foundation
import Testing

@testable import Export

@Suite("Configuration files")
struct ConfigurationFileTests {
  private let standard = ConfigurationFile(Configuration(.standard))

  private func read(_ text: String) throws -> ConfigurationFile {
    try ConfigurationFile(text: text, file: "mine.toml", over: standard)
  }

  @Test("what is written reads as it was, whatever it was before", arguments: Experiment.presets)
  func roundTrip(preset: Experiment) throws {
    var file = ConfigurationFile(Configuration(preset), seed: .max)
    file.configuration.sampling = SampleSettings(sampler: .heun, steps: 7, predictor: .ideal)
    for base in Experiment.presets {
      var read = try ConfigurationFile(text: file.toml, file: "", over: ConfigurationFile(Configuration(base)))
      read.keys = []
      #expect(read == file)
    }
  }

  @Test("names with quotes, control characters and other alphabets read as they were")
  func names() throws {
    var file = standard
    for name in ["a \"b\" \\ c", "tab\tnew\nline\u{7F}\u{1}", "Größe 大", "1e5", "12", "true"] {
      file.configuration.experiment.name = name
      #expect(try read(file.toml).configuration.experiment.name == name)
    }
  }

  @Test("JSON has the same tables, keys and values")
  func json() throws {
    let object = try JSONSerialization.jsonObject(with: Data(standard.json.utf8)) as? [String: Any]
    let training = object?["training"] as? [String: Any]
    #expect(training?["batch"] as? Int == 256 && training?["lr"] as? Double == 0.008)
    #expect((object?["network"] as? [String: Any])?["hidden"] as? [Int] == [128, 256, 256, 256, 128])
    #expect(object?["name"] as? String == "default")
  }

  @Test("a file says what it changes; the order of its lines does not matter")
  func partial() throws {
    let file = try read(
      """
      # comment
      seed = 3
      [training]
      lr = 0.5          # the optimizer, below, has a rate of its own
      optimizer = "natural"
      [data]
      points = 50
      data = "moons"
      """)
    var expected = Configuration(.standard)
    expected.experiment.data = .shape(.moons, count: 50)
    expected.experiment.optimizer = OptimizerSettings(Natural.self)
    expected.experiment.learningRate = 0.5
    #expect(file.configuration == expected && file.seed == 3)
    #expect(file.keys == ["seed", "lr", "optimizer", "points", "data"])
  }

  @Test(
    "mistakes name the line and the key",
    arguments: [
      ("[training]\nlr = -1", "mine.toml, line 2: lr -1: a number above 0, at most 1e30"),
      ("[training]\n\nlr = \"fast\"", "mine.toml, line 3: lr fast: a number above 0, at most 1e30"),
      ("training.lr = 0", "mine.toml, line 1: lr 0: a number above 0, at most 1e30"),
      ("training = { lr = 0 }", "mine.toml, line 1: lr 0: a number above 0, at most 1e30"),
      ("[training]\nzzzzzz = 1", "mine.toml, line 2: zzzzzz: no such setting"),
      ("[training]\nbatchs = 1", "mine.toml, line 2: batchs: no such setting; did you mean 'batch'?"),
      (
        "\n[train]\nlr = 1",
        "mine.toml, line 2: [train]: no such table; did you mean 'training'? "
          + "there are: data, noise, network, training, sampling"
      ),
      ("[training]\nlr = true", "mine.toml, line 2: lr: a number, a text in quotes, or a list of whole numbers"),
      ("[noise]\nlr = 1\n[training]\nlr = 1", "mine.toml, line 4: lr: it is set twice"),
      ("[training]\ndamping = 1", "mine.toml, line 2: damping 1: adamw has none; natural has"),
      (
        "[data]\ndata-seed = 3",
        "mine.toml, line 2: data-seed 3: swiss-roll has the same points under every seed; which are held out is for it "
          + "to decide, with --holdout"
      ),
      ("seed = -1", "mine.toml, line 1: seed -1: a whole number of 0 or more"),
      ("name = \"\"", "mine.toml, line 1: name : a text of 1 to 100 bytes"),
      ("[data]\nx-column = 1", "mine.toml, line 2: x-column 1: goes with data from a file"),
      ("[data]\ndata = \"a.csv\"\npoints = 5", "mine.toml, line 3: points 5: a file has the points that it has"),
      (
        "[data]\ndata = \"a.csv\"\nscale = \"x\"",
        "mine.toml, line 3: scale x: no such scale; there are: together, each"
      ),
      (
        "[sampling]\ndenoiser = \"average\"\n[training]\naverage = 0",
        "mine.toml, line 2: denoiser average: no moving average is kept; ask for one with --average 0.999"
      ),
    ])
  func mistakes(text: String, message: String) {
    #expect(failure { _ = try read(text) } == message)
  }

  @Test("what is no TOML is named by its line")
  func syntax() {
    #expect(failure { _ = try read("[training]\nlr = = 1\n") }?.hasPrefix("mine.toml, line 2: ") == true)
  }

  @Test("points are found from where the file is, and read as it says")
  func points() throws {
    try withDirectory { directory in
      let path = directory + "/mine.toml"
      try AtomicFile.write(
        "[data]\ndata = \"sub/a.csv\"\nx-column = 3\ny-column = \"height\"\nscale = \"each\"\n", to: path)
      let file = try ConfigurationFile(contentsOf: path, over: standard)
      let origin = PointsOrigin(
        path: directory + "/sub/a.csv", columns: PointsFile.Columns(x: .number(3), y: .name("height")), scale: .each)
      #expect(file.points == origin)
      #expect(file.configuration.experiment.data == .file(path: directory + "/sub/a.csv", scale: .each))
      #expect(try read(file.toml).points == origin)
    }
  }

  @Test("a path becomes absolute; columns hold for the file that was read with them alone")
  func readAs() {
    var configuration = Configuration(.standard)
    configuration.experiment.data = .file(path: "sub/a.csv", scale: .each)
    let columns = PointsFile.Columns(x: .number(3))
    let here = FileManager.default.currentDirectoryPath + "/sub/a.csv"
    for (path, own) in [("sub/a.csv", columns), ("b.csv", PointsFile.Columns())] {
      let file = ConfigurationFile(configuration, seed: 3, readAs: PointsOrigin(path: path, columns: columns))
      #expect(file.points == PointsOrigin(path: here, columns: own, scale: .each))
      #expect(file.configuration.experiment.data == .file(path: here, scale: .each) && file.seed == 3)
    }
    #expect(ConfigurationFile(Configuration(.standard), readAs: PointsOrigin(path: "a.csv")) == standard)
  }

  @Test("tables in tables, as many as the longest file has, are refused in words")
  func nested() throws {
    let names = String(repeating: "a.", count: ConfigurationFile.mostBytes / 2 - 3) + "a"
    for text in ["\(names) = 1", "[\(names)]"] {
      #expect(
        throws: ConfigurationFileError(
          file: "c.toml", line: nil, reason: "[a]: no such table; there are: data, noise, network, training, sampling")
      ) {
        try ConfigurationFile(text: text, file: "c.toml", over: standard)
      }
    }
  }

  @Test("what is no text, or too long, is refused")
  func noText() throws {
    try withDirectory { directory in
      let path = directory + "/mine.toml"
      for (bytes, reason) in [
        ([0xFF, 0x41], "it is not text in UTF-8"), (Array("a = 1\0".utf8), "it is not text in UTF-8"),
        ([UInt8](repeating: 0x20, count: ConfigurationFile.mostBytes + 1), "it has more than 64 KiB"),
      ] as [([UInt8], String)] {
        try AtomicFile.write(bytes, to: path)
        #expect(throws: ConfigurationFileError(file: path, line: nil, reason: reason)) {
          try ConfigurationFile(contentsOf: path, over: standard)
        }
      }
    }
  }
}
