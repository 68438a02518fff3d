/// What is wrong in a file of points, and where.
package struct PointsFileError: Error, Equatable, CustomStringConvertible {
  /// Its path, as it was given.
  package let file: String
  /// Counted from 1.
  package let line: Int?
  /// By its name, or its number counted from 1; nil where none is to blame.
  package let column: String?
  /// What is wrong there, in words that follow a colon.
  package let reason: String

  init(_ file: String, line: Int? = nil, column: String? = nil, reason: String) {
    self.file = file
    self.line = line
    self.column = column
    self.reason = reason
  }

  package var description: String {
    file + (line.map { ", line \($0)" } ?? "") + (column.map { ", column \($0)" } ?? "") + ": " + reason
  }
}
