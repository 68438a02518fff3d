import Diffusion
import Foundation
import SwiftCSV

/// A person's own points, from a file of comma, semicolon or tab separated values.
///
/// The points are centred and scaled into the box from −1 to 1, where the presets' noise levels fit; the data set's box
/// leads back. The columns are the first two, or those named x and y, unless others are asked for.
package struct PointsFile: Sendable {
  /// Larger files are refused: their text would take several times as much memory.
  package static let mostBytes = 100 << 20
  package static let mostPoints = DataSource.mostPoints
  package static let mostClasses = 100

  package let dataset: Dataset

  /// A column by its name in the first line, or by its number, counted from 1.
  package enum Column: Equatable, Sendable, CustomStringConvertible {
    case number(Int)
    case name(String)

    package init(_ text: String) {
      self = Int(text).map { .number($0) } ?? .name(text)
    }

    package var description: String {
      switch self {
      case .number(let number): "\(number)"
      case .name(let name): "'\(name)'"
      }
    }
  }

  /// Which columns to read; nil for x and y takes those of that name, or the first two.
  package struct Columns: Equatable, Sendable {
    package var x: Column?
    package var y: Column?
    package var label: Column?

    package init(x: Column? = nil, y: Column? = nil, label: Column? = nil) {
      self.x = x
      self.y = y
      self.label = label
    }
  }

  /// Reads the file.
  ///
  /// - Parameters:
  ///   - path: The file.
  ///   - columns: Which columns to read.
  ///   - hasHeader: Whether the first line names the columns; nil to see whether it holds a number where x should be.
  /// - Throws: `FileError` if it cannot be read, `PointsFileError` if its contents are not what they should be.
  package init(contentsOf path: String, columns: Columns = Columns(), hasHeader: Bool? = nil) throws {
    self = try PointsFile(text: Self.text(of: path), file: path, columns: columns, hasHeader: hasHeader)
  }

  /// Reads the contents of a file, whose name is for the errors.
  package init(
    text: String, file: String, columns: Columns = Columns(), hasHeader: Bool? = nil
  ) throws(PointsFileError) {
    let rows = PointsReader(file: file, columns: columns, hasHeader: hasHeader)
    do {
      // Row by row through the callback: nothing is kept as text.
      let csv = try EnumeratedCSV(
        string: text, delimiter: .guessed(string: text), loadColumns: false, rowLimit: 0)
      try csv.enumerateAsArray(startAt: 0, rowLimit: nil) { rows.read($0) }
    } catch {
      throw PointsFileError(file, line: rows.line, reason: "the quotation marks do not match")
    }
    if let error = rows.error { throw error }
    guard !rows.points.isEmpty else { throw PointsFileError(file, reason: "there are no points in it") }
    let box = UnitBox(around: rows.points)
    dataset = Dataset(
      name: (file as NSString).lastPathComponent, points: rows.points.map(box.apply),
      labels: columns.label == nil ? nil : rows.labels, classNames: rows.classNames, box: box)
  }

  private static func text(of path: String) throws -> String {
    var isDirectory: ObjCBool = false
    guard FileManager.default.fileExists(atPath: path, isDirectory: &isDirectory) else {
      throw FileError("cannot read", path, "no such file")
    }
    let attributes = try? FileManager.default.attributesOfItem(atPath: (path as NSString).resolvingSymlinksInPath)
    guard attributes?[.type] as? FileAttributeType == .typeRegular, let size = attributes?[.size] as? Int else {
      throw FileError("cannot read", path, isDirectory.boolValue ? "it is a directory" : "it is not a plain file")
    }
    guard size <= mostBytes else {
      throw PointsFileError(path, reason: "it has \(size >> 20) MiB; at most \(mostBytes >> 20) MiB can be read")
    }
    guard let data = FileManager.default.contents(atPath: path) else {
      throw FileError("cannot read", path, "permission denied")
    }
    guard let text = String(data: data, encoding: .utf8) else {
      throw PointsFileError(path, reason: "it is not text in UTF-8")
    }
    return text
  }
}

/// What is wrong in a file of points, and where.
package struct PointsFileError: Error, Equatable, CustomStringConvertible {
  package let file: String
  /// Counted from 1.
  package let line: Int?
  package let column: String?
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
