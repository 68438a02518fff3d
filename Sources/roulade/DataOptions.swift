import ArgumentParser
import Diffusion
import Export
import Foundation

/// The options that say what is learned.
struct DataOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      """
      What to learn: \(Shape.allCases.map(\.rawValue).joined(separator: ", ")), word:TEXT (letters and digits), or a \
      file of points, .csv or .tsv (default: the preset's).
      """, valueName: "name|word:TEXT|file"))
  var data: String?

  @Option(
    parsing: .unconditional,
    help: "Points of a shape or a word, 1 to \(DataSource.mostPoints) (default: the shape's own, mostly 20000).")
  var points: Int?

  @Option(help: "Column of x in the file, by name or number from 1 (default: x, or the first).")
  var xColumn: String?

  @Option(help: "Column of y in the file, by name or number from 1 (default: y, or the second).")
  var yColumn: String?

  @Option(help: "Column of the class in the file, by name or number from 1 (default: no classes).")
  var labelColumn: String?

  /// Where the points come from.
  ///
  /// - Parameter preset: What to learn where the options do not say.
  /// - Throws: `Failure` when the name is unknown or a number out of range.
  func source(preset: DataSource) throws -> DataSource {
    let source = try sized(named(preset: preset))
    if let problem = source.problem { throw Failure("--data: \(problem)", code: Failure.usage) }
    if case .file = source { return source }
    if xColumn != nil || yColumn != nil || labelColumn != nil {
      throw Failure("--x-column, --y-column and --label-column go with --data FILE", code: Failure.usage)
    }
    return source
  }

  /// The points themselves.
  ///
  /// - Throws: `Failure` with code 65 for a file that is not there or whose contents are not what they should be.
  func dataset(_ source: DataSource) throws -> Dataset {
    guard case .file(let path) = source else { return source.load() }
    let columns = PointsFile.Columns(
      x: xColumn.map { PointsFile.Column($0) }, y: yColumn.map { PointsFile.Column($0) },
      label: labelColumn.map { PointsFile.Column($0) })
    do {
      return try PointsFile(contentsOf: path, columns: columns).dataset
    } catch {
      throw Failure("\(error)", code: Failure.badData)
    }
  }

  private func named(preset: DataSource) throws -> DataSource {
    guard let data else { return preset }
    if data.hasPrefix("word:") { return .word(String(data.dropFirst("word:".count)), count: points ?? 20_000) }
    let shapes = Shape.allCases.map { (name: $0.rawValue, value: $0) }
    // A shape's name means the shape, also where a file or a directory of that name stands around.
    let isShape = shapes.contains { $0.name == data.lowercased() }
    if !isShape, data.contains(".") || data.contains("/") || FileManager.default.fileExists(atPath: data) {
      return .file(path: data)
    }
    let shape = try choose(
      data, "data set", from: shapes,
      others: ["word:TEXT", "a file such as points.csv"])
    return .shape(shape, count: points ?? shape.standardCount)
  }

  private func sized(_ source: DataSource) throws -> DataSource {
    guard let points else { return source }
    switch source {
    case .shape(let shape, _): return .shape(shape, count: points)
    case .word(let word, _): return .word(word, count: points)
    case .file: throw Failure("--points \(points): a file has the points that it has", code: Failure.usage)
    }
  }
}
