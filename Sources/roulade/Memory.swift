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

  /// - Parameter origin: Where the points are, if they are in a file.
  func keep(_ configuration: Configuration, origin: PointsOrigin?) throws {
    var settings = ConfigurationFile(configuration)
    if case .file(_, let scale) = configuration.experiment.data, let origin = origin?.absolute {
      // The next start may be in another directory.
      settings.configuration.experiment.data = .file(path: origin.path, scale: scale)
      settings.points = origin
    }
    try FileManager.default.createDirectory(
      atPath: (path as NSString).deletingLastPathComponent, withIntermediateDirectories: true)
    try AtomicFile.write(settings.toml, to: path)
  }
}
