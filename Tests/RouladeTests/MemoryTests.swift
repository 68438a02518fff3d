import Diffusion
import Export
import Foundation
import Testing

@testable import roulade

@Suite("settings from start to start")
struct MemoryTests {
  @Test("what was set comes back; a file of points is found from any directory")
  func roundTrip() throws {
    let directory = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString).path
    defer { try? FileManager.default.removeItem(atPath: directory) }
    let memory = try #require(Memory(environment: ["XDG_STATE_HOME": directory]))
    #expect(try memory.settings() == nil)
    var configuration = Configuration(.fourier)
    (configuration.experiment.learningRate, configuration.sampling.steps) = (1e-3, 7)
    try memory.keep(configuration, origin: nil)
    #expect(try memory.settings()?.configuration == configuration)

    configuration.experiment.data = .file(path: "a.csv")
    try memory.keep(configuration, origin: PointsOrigin(path: "a.csv"))
    let here = FileManager.default.currentDirectoryPath + "/a.csv"
    #expect(try memory.settings()?.configuration.experiment.data == .file(path: here))
  }

  @Test("a drawing, which no file holds, is not remembered as one, nor as the file that was begun with")
  func drawing() throws {
    try withDirectory { directory in
      let memory = try #require(Memory(environment: ["XDG_STATE_HOME": directory]))
      var configuration = Configuration(.fourier)
      configuration.experiment.data = .file(path: "drawing-1.csv")
      configuration.experiment.learningRate = 1e-3
      for origin in [PointsOrigin(path: "a.csv", columns: PointsFile.Columns(x: .number(3))), nil] {
        try memory.keep(configuration, origin: origin)
        let settings = try #require(try memory.settings())
        var expected = configuration
        expected.experiment.data = Experiment.standard.data
        #expect(settings.configuration == expected && settings.points == nil)
      }
    }
  }
}
