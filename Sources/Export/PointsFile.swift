import Diffusion
import Foundation

/// A person's own points, from a file of comma, semicolon or tab separated values.
///
/// The points are centred and scaled into the box from −1 to 1, where the presets' noise levels fit; the data set's box
/// leads back. The columns are the first two, or those named x and y, unless others are asked for.
package struct PointsFile: Sendable {
  /// Larger files are refused: they would take longer than anybody waits.
  package static let mostBytes = 1 << 30
  /// Files with more rows are refused.
  package static let mostPoints = DataSource.mostPoints
  /// A column of labels with more is refused.
  package static let mostClasses = 100

  /// The points in the box from −1 to 1, with their classes and that box.
  package let dataset: Dataset
  /// What was chosen that nobody asked for, in words, one line each: for whoever looks at the points.
  package let notes: [String]

  /// A column by its name in the first line, or by its number, counted from 1.
  package enum Column: Codable, Equatable, Sendable {
    case number(Int)
    case name(String)

    /// As on the command line: a whole number counts columns from 1, anything else is a name.
    package init(_ text: String) {
      self = Int(text).map { .number($0) } ?? .name(text)
    }
  }

  /// Which columns to read; nil for x and y takes those of that name, or the first two.
  package struct Columns: Codable, Equatable, Sendable {
    /// The first coordinate.
    package var x: Column?
    /// The second coordinate.
    package var y: Column?
    /// The class; nil for points without classes.
    package var label: Column?

    package init(x: Column? = nil, y: Column? = nil, label: Column? = nil) {
      self.x = x
      self.y = y
      self.label = label
    }
  }

  /// Reads the file, as a stream: of its text no more than a line is held.
  ///
  /// - Parameters:
  ///   - path: The file.
  ///   - columns: Which columns to read.
  ///   - hasHeader: Whether the first line names the columns; nil to see whether it holds a number where x should be.
  ///   - scale: Which sides of the points' bounding box fill the box from −1 to 1.
  /// - Throws: `FileError` if it cannot be read, `PointsFileError` if its contents are not what they should be.
  package init(
    contentsOf path: String, columns: Columns = Columns(), hasHeader: Bool? = nil, scale: UnitBox.Scale = .together
  ) throws {
    let file = try InputFile(path)
    guard file.size <= Self.mostBytes else {
      throw PointsFileError(path, reason: "it has \(file.size >> 20) MiB; at most \(Self.mostBytes >> 20) MiB are read")
    }
    var parser = PointsParser(file: path, columns: columns, hasHeader: hasHeader)
    var bytes = [UInt8](repeating: 0, count: RowScanner.mostLineBytes)
    while case let count = try file.read(into: &bytes), count > 0 {
      try bytes.withUnsafeBufferPointer { bytes throws(PointsFileError) in
        try parser.parse(UnsafeBufferPointer(rebasing: bytes[..<count]))
      }
    }
    self = try PointsFile(parser.finish(), file: path, hasLabels: columns.label != nil, scale: scale)
  }

  /// Reads the contents of a file, whose name is for the errors.
  package init(
    text: String, file: String, columns: Columns = Columns(), hasHeader: Bool? = nil, scale: UnitBox.Scale = .together
  ) throws(PointsFileError) {
    var parser = PointsParser(file: file, columns: columns, hasHeader: hasHeader)
    try Array(text.utf8).withUnsafeBufferPointer { bytes throws(PointsFileError) in try parser.parse(bytes) }
    self = try PointsFile(parser.finish(), file: file, hasLabels: columns.label != nil, scale: scale)
  }

  private init(
    _ reader: PointsReader?, file: String, hasLabels: Bool, scale: UnitBox.Scale
  ) throws(PointsFileError) {
    guard let reader, !reader.points.isEmpty else { throw PointsFileError(file, reason: "there are no points in it") }
    let box = UnitBox(around: reader.points, scale: scale)
    dataset = Dataset(
      name: (file as NSString).lastPathComponent, points: reader.points.map(box.apply),
      labels: hasLabels ? reader.labels : nil, classNames: reader.classNames, box: box)
    notes = reader.notes(box: box, scale: scale)
  }
}

/// Bytes to points: finds out what separates the cells, and has the rows read.
private struct PointsParser {
  private let file: String
  private let columns: PointsFile.Columns
  private let hasHeader: Bool?
  private var parts: (scanner: RowScanner, reader: PointsReader)?

  init(file: String, columns: PointsFile.Columns, hasHeader: Bool?) {
    self.file = file
    self.columns = columns
    self.hasHeader = hasHeader
  }

  /// Takes the next bytes, the first of which decide on the delimiter.
  mutating func parse(_ bytes: UnsafeBufferPointer<UInt8>) throws(PointsFileError) {
    var bytes = bytes
    if parts == nil {
      if bytes.starts(with: [0xFF, 0xFE]) || bytes.starts(with: [0xFE, 0xFF]) {
        throw PointsFileError(file, reason: "it is UTF-16; save it as UTF-8")
      }
      // A byte order mark.
      if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { bytes = UnsafeBufferPointer(rebasing: bytes[3...]) }
      let delimiter = Delimiter.guess(bytes)
      parts = (
        RowScanner(file: file, delimiter: delimiter),
        PointsReader(file: file, columns: columns, hasHeader: hasHeader, delimiter: delimiter)
      )
    }
    guard var (scanner, reader) = parts else { return }
    // Moved, not copied: two holders of a row would copy it line by line.
    parts = nil
    try scanner.scan(bytes) { row throws(PointsFileError) in try reader.read(row) }
    parts = (scanner, reader)
  }

  mutating func finish() throws(PointsFileError) -> PointsReader? {
    guard var (scanner, reader) = parts else { return nil }
    try scanner.finish { row throws(PointsFileError) in try reader.read(row) }
    return reader
  }
}
