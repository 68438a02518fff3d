import Diffusion
import Foundation

/// Takes the rows of a file of points, one after the other, and stops at the first that is wrong. A class, because the
/// parser's callback cannot hand anything back.
final class PointsReader {
  private(set) var points: [SIMD2<Double>] = []
  private(set) var labels: [UInt16] = []
  /// The names of the classes, in the order of their labels.
  private(set) var classNames: [String] = []
  private(set) var error: PointsFileError?
  /// The line at which the present row starts, counted from 1.
  private(set) var line = 1

  private let file: String
  private let columns: PointsFile.Columns
  private let hasHeader: Bool?
  /// The places of x, y and label in a row, once the first row has been seen.
  private var places: (x: Int, y: Int, label: Int?)?
  private var header: [String] = []
  private var classes: [String: UInt16] = [:]

  init(file: String, columns: PointsFile.Columns, hasHeader: Bool?) {
    self.file = file
    self.columns = columns
    self.hasHeader = hasHeader
  }

  func read(_ row: [String]) {
    guard error == nil else { return }
    // Quoted cells may hold line breaks.
    defer { line += 1 + row.reduce(0) { $0 + $1.utf8.count { $0 == UInt8(ascii: "\n") } } }
    // The parser drops the spaces before a cell, but not those after it.
    let row = row.map { $0.utf8.last == UInt8(ascii: " ") ? $0.trimmingCharacters(in: .whitespaces) : $0 }
    guard row.contains(where: { !$0.isEmpty }) else { return }
    do throws(PointsFileError) {
      guard let places else { return try readFirst(row) }
      try readPoint(row, places)
    } catch {
      self.error = error
    }
  }

  /// Chooses the columns by the first row, which may be a point itself.
  private func readFirst(_ row: [String]) throws(PointsFileError) {
    let isNamed = [columns.x, columns.y, columns.label].contains { if case .name? = $0 { true } else { false } }
    let guess = isNamed || (try? place(columns.x ?? .number(1), row)).flatMap { Double(row[$0]) } == nil
    let isHeader = hasHeader ?? guess
    if isHeader { header = row }
    let hasXY = ["x", "y"].allSatisfy { name in header.contains { $0.lowercased() == name } }
    let x = try place(columns.x ?? (hasXY ? .name("x") : .number(1)), row)
    let y = try place(columns.y ?? (hasXY ? .name("y") : .number(2)), row)
    let label: Int?
    if let column = columns.label { label = try place(column, row) } else { label = nil }
    places = (x, y, label)
    if !isHeader { try readPoint(row, (x, y, label)) }
  }

  private func place(_ column: PointsFile.Column, _ row: [String]) throws(PointsFileError) -> Int {
    switch column {
    case .number(let number):
      if (1...max(row.count, 1)).contains(number) { return number - 1 }
      throw fail("there is no column \(number); the line has \(row.count)")
    case .name(let name):
      if let place = header.firstIndex(where: { $0.lowercased() == name.lowercased() }) { return place }
      let known = header.isEmpty ? "the first line has no names" : "there are: \(header.joined(separator: ", "))"
      throw fail("there is no column '\(name)'; \(known)")
    }
  }

  private func readPoint(_ row: [String], _ places: (x: Int, y: Int, label: Int?)) throws(PointsFileError) {
    guard points.count < PointsFile.mostPoints else {
      throw fail("there are more than \(PointsFile.mostPoints) points; take a part of them")
    }
    points.append(SIMD2(try number(row, places.x), try number(row, places.y)))
    guard let place = places.label else { return }
    let name = try cell(row, place)
    guard !name.isEmpty else { throw fail("the label is empty", place) }
    if classes[name] == nil {
      guard classNames.count < PointsFile.mostClasses else {
        throw fail("there are more than \(PointsFile.mostClasses) different labels", place)
      }
      classes[name] = UInt16(classNames.count)
      classNames.append(name)
    }
    labels.append(classes[name, default: 0])
  }

  private func number(_ row: [String], _ place: Int) throws(PointsFileError) -> Double {
    let text = try cell(row, place)
    guard let number = Double(text) else { throw fail("'\(text)' is not a number", place) }
    guard number.isFinite else { throw fail("'\(text)' is not a finite number", place) }
    return number
  }

  private func cell(_ row: [String], _ place: Int) throws(PointsFileError) -> String {
    guard row.indices.contains(place) else {
      throw fail("the line ends after \(row.count) column\(row.count == 1 ? "" : "s")", place)
    }
    return row[place]
  }

  private func fail(_ reason: String, _ place: Int? = nil) -> PointsFileError {
    let column = place.map { header.indices.contains($0) ? "\($0 + 1) (\(header[$0]))" : "\($0 + 1)" }
    return PointsFileError(file, line: line, column: column, reason: reason)
  }
}
