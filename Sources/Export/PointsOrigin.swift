import Diffusion
import Foundation

/// Where a person's points were read from, and how: enough to find them again.
package struct PointsOrigin: Codable, Equatable, Sendable {
  /// As it was given, or absolute.
  package var path: String
  /// Which of its columns were read.
  package var columns: PointsFile.Columns
  /// How the points were put into the box.
  package var scale: UnitBox.Scale

  package init(path: String, columns: PointsFile.Columns = PointsFile.Columns(), scale: UnitBox.Scale = .together) {
    self.path = path
    self.columns = columns
    self.scale = scale
  }

  /// The same with a path that leads there from any directory.
  package var absolute: PointsOrigin {
    PointsOrigin(path: URL(fileURLWithPath: path).standardizedFileURL.path, columns: columns, scale: scale)
  }

  /// The options that say in which columns of their file the points are.
  package var arguments: [String] {
    columnTexts.flatMap { ["--" + $0.key, $0.text] }
  }

  /// Reads the points as they were read before.
  ///
  /// - Throws: `FileError` if the file cannot be read, `PointsFileError` if its contents are not what they should be.
  package func points() throws -> PointsFile { try PointsFile(contentsOf: path, columns: columns, scale: scale) }
}
