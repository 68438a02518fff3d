import ArgumentParser
import Diffusion
import Export
import Foundation

/// The options that say what is learned.
struct DataOptions: ParsableArguments {
  @OptionGroup var options: ParameterOptions<DataGroup>

  @Option(help: "Column of x in the file, by name or number from 1 (default: x, or the first).")
  var xColumn: String?

  @Option(help: "Column of y in the file, by name or number from 1 (default: y, or the second).")
  var yColumn: String?

  @Option(help: "Column of the class in the file, by name or number from 1 (default: no classes).")
  var labelColumn: String?

  var isEmpty: Bool { options.given.isEmpty && xColumn == nil && yColumn == nil && labelColumn == nil }

  /// - Throws: `Failure` when the name is unknown or a number out of range.
  func apply(to settings: inout ConfigurationFile) throws {
    var given = options.given
    if let data = given["data"], isFile(data) {
      let scale = settings.configuration.experiment.data.scale ?? .together
      settings.configuration.experiment.data = .file(path: data, scale: scale)
      given["data"] = nil
    }
    try options.apply(given, to: &settings.configuration)
    settings.points = try origin(of: settings.configuration.experiment, before: settings.points)
    guard settings.points == nil else {
      if let points = given["points"] {
        throw Failure("--points \(points): a file has the points that it has", code: Failure.usage)
      }
      return
    }
    try require(
      xColumn == nil && yColumn == nil && labelColumn == nil,
      "--x-column, --y-column and --label-column go with --data FILE")
    try require(given["scale"] == nil, "--scale goes with --data FILE")
  }

  /// Where the points are read from, and how; nil for points that are made.
  ///
  /// - Parameter before: How they were read before, if they were: it holds where no option says otherwise.
  private func origin(of experiment: Experiment, before: PointsOrigin?) throws -> PointsOrigin? {
    guard case .file(let path, let scale) = experiment.data else { return nil }
    var origin = before ?? PointsOrigin(path: path)
    origin.scale = scale
    if options.given["data"] != nil { origin.path = path }
    if let xColumn { origin.columns.x = PointsFile.Column(xColumn) }
    if let yColumn { origin.columns.y = PointsFile.Column(yColumn) }
    if let labelColumn { origin.columns.label = PointsFile.Column(labelColumn) }
    return origin
  }

  /// The points themselves.
  ///
  /// - Parameters:
  ///   - origin: Where an experiment's that makes none are.
  ///   - note: Called with each thing that a person should know of how a file was read.
  /// - Throws: `Failure` with code 65 for a file that is not there or whose contents are not what they should be.
  func dataset(
    _ experiment: Experiment, origin: PointsOrigin?, note: (String) -> Void = { _ in }
  ) throws -> Dataset {
    let dataset = try origin.map { experiment.split(try load($0, note: note)) } ?? experiment.makeData()
    guard let dataset else { throw Failure("--data \(experiment.data.name): no file is named to read points from") }
    return dataset
  }

  private func load(_ origin: PointsOrigin, note: (String) -> Void) throws -> Dataset {
    do {
      let file = try origin.points()
      file.notes.forEach(note)
      return file.dataset
    } catch {
      throw Failure("\(error)", code: Failure.badData)
    }
  }

  /// Whether a name that is no shape's is that of a file, though it does not look like one. A shape's name means the
  /// shape, also where a file or a directory of that name stands around.
  private func isFile(_ name: String) -> Bool {
    Shape(rawValue: name.lowercased()) == nil && !name.hasPrefix("word:")
      && FileManager.default.fileExists(atPath: name)
  }
}
