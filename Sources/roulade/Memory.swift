import Diffusion
import Export
import Foundation

/// The settings of the playground from one start to the next, in one file.
struct Memory {
  private let path: String

  /// Nil where nobody knows whose settings they would be.
  init?(environment: [String: String]) {
    guard let path = UserDirectory.state.path("settings.toml", environment: environment) else { return nil }
    self.path = path
  }

  /// The settings of last time; nil if there are none.
  func settings() throws -> ConfigurationFile? {
    guard FileManager.default.fileExists(atPath: path) else { return nil }
    return try ConfigurationFile(contentsOf: path, over: ConfigurationFile(Configuration(.standard)))
  }

  /// - Parameter origin: Where the points were that the playground began with, if they were in a file.
  func keep(_ configuration: Configuration, origin: PointsOrigin?) throws {
    var configuration = configuration
    if case .file(let path, _) = configuration.experiment.data, path != origin?.path {
      // A drawing, which no file holds.
      configuration.experiment.data = Experiment.standard.data
    }
    let settings = ConfigurationFile(configuration, readAs: origin)
    try FileManager.default.createDirectory(
      atPath: (path as NSString).deletingLastPathComponent, withIntermediateDirectories: true)
    try AtomicFile.write(settings.toml, to: path)
  }
}
