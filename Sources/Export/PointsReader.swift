import Diffusion
import Plot

/// Takes the rows of a file of points, one after the other.
struct PointsReader {
  private(set) var points: [SIMD2<Double>] = []
  private(set) var labels: [UInt16] = []
  /// The names of the classes, in the order of their labels.
  private(set) var classNames: [String] = []
  /// What the reader chose by itself, once the first row has been seen.
  private(set) var choices: Choices?
  /// Of the numbers; nil until one has a mark.
  private(set) var decimalMark: UInt8?

  /// Where x, y and label stand, and who said so.
  struct Choices {
    let x: Int
    let y: Int
    let label: Int?
    /// Whether nobody and nothing in the file says that x is there.
    let isXGuessed: Bool
    let isYGuessed: Bool
    /// The names of the columns, none if the first line has none.
    let header: [String]
    /// How many cells the first row has.
    let columnCount: Int
  }

  private let file: String
  private let columns: PointsFile.Columns
  private let hasHeader: Bool?
  private let delimiter: UInt8
  private var header: [String] = []
  private var classes: [ArraySlice<UInt8>: UInt16] = [:]
  private var line = 1

  init(file: String, columns: PointsFile.Columns, hasHeader: Bool?, delimiter: UInt8) {
    self.file = file
    self.columns = columns
    self.hasHeader = hasHeader
    self.delimiter = delimiter
  }

  mutating func read(_ row: Row) throws(PointsFileError) {
    guard !row.isEmpty else { return }
    line = row.line
    guard let choices else { return try readFirst(row) }
    try readPoint(row, choices)
  }

  /// Chooses the columns by the first row, which may be a point itself.
  private mutating func readFirst(_ row: Row) throws(PointsFileError) {
    let isNamed = [columns.x, columns.y, columns.label].contains { if case .name? = $0 { true } else { false } }
    let isHeader = hasHeader ?? (isNamed || !startsWithNumber(row))
    if isHeader { header = (0..<row.count).map(row.text) }
    let names = header.map { $0.lowercased() }
    let (hasX, hasY) = (names.contains("x"), names.contains("y"))
    // Alone, a column of either name means nothing, unless the other has been asked for.
    let findsX = hasX && (hasY || columns.y != nil)
    let findsY = hasY && (hasX || columns.x != nil)
    let x = try place(columns.x ?? (findsX ? .name("x") : .number(1)), row)
    let y = try place(columns.y ?? (findsY ? .name("y") : .number(2)), row)
    let label: Int?
    if let column = columns.label { label = try place(column, row) } else { label = nil }
    let choices = Choices(
      x: x, y: y, label: label, isXGuessed: columns.x == nil && !findsX, isYGuessed: columns.y == nil && !findsY,
      header: header, columnCount: row.count)
    self.choices = choices
    if !isHeader { try readPoint(row, choices) }
  }

  /// Whether there is a number where x should be.
  private func startsWithNumber(_ row: Row) -> Bool {
    guard let place = try? place(columns.x ?? .number(1), row) else { return false }
    let text = row[place]
    return DecimalNumber.parse(text) != nil || DecimalNumber.parse(text, mark: .comma) != nil || isNonFinite(text)
  }

  private func place(_ column: PointsFile.Column, _ row: Row) throws(PointsFileError) -> Int {
    switch column {
    case .number(let number):
      if (1...max(row.count, 1)).contains(number) { return number - 1 }
      throw fail("there is no column \(number); the line has \(row.count)")
    case .name(let name):
      if let place = header.firstIndex(where: { $0.lowercased() == name.lowercased() }) { return place }
      let known = header.isEmpty ? "the first line has no names" : "there are: \(header.joined(separator: ", "))"
      throw fail("there is no column \(quotation(name)); \(known.quotable(columns: 200))")
    }
  }

  private mutating func readPoint(_ row: Row, _ choices: Choices) throws(PointsFileError) {
    guard points.count < PointsFile.mostPoints else {
      throw fail("there are more than \(PointsFile.mostPoints) points; take a part of them")
    }
    let (x, y) = (try number(row, choices.x), try number(row, choices.y))
    points.append(SIMD2(x, y))
    guard let place = choices.label else { return }
    let name = try cell(row, place)
    guard !name.isEmpty else { throw fail("the label is empty", place) }
    if let label = classes[name] { return labels.append(label) }
    guard let text = String(validating: name, as: UTF8.self) else { throw fail("it is not text in UTF-8", place) }
    guard classNames.count < PointsFile.mostClasses else {
      throw fail("there are more than \(PointsFile.mostClasses) different labels", place)
    }
    let label = UInt16(classNames.count)
    // Not the slice itself: it would keep the whole row.
    classes[ArraySlice(Array(name))] = label
    classNames.append(text)
    labels.append(label)
  }

  private mutating func number(_ row: Row, _ place: Int) throws(PointsFileError) -> Double {
    let text = try cell(row, place)
    if let number = DecimalNumber.parse(text, mark: decimalMark ?? .point) {
      guard number.isFinite else { throw fail("\(quotation(text)) is not a finite number", place) }
      if decimalMark == nil, text.contains(.point) { decimalMark = .point }
      return number
    }
    if isNonFinite(text) { throw fail("\(quotation(text)) is not a finite number", place) }
    let other = decimalMark == .comma ? UInt8.point : .comma
    guard let number = DecimalNumber.parse(text, mark: other), number.isFinite else {
      throw fail("\(quotation(text)) is not a number", place)
    }
    switch decimalMark {
    case .comma: throw fail("\(quotation(text)) has a decimal point; the numbers before have decimal commas", place)
    case .point: throw fail("\(quotation(text)) has a decimal comma; the numbers before have decimal points", place)
    default: break
    }
    // In such a file 1,234 is as likely to be a thousand as to be one and a bit.
    guard delimiter != .comma else {
      let advice = "write a decimal point, or put ; between the cells"
      throw fail("\(quotation(text)) is not a number: \(advice)", place)
    }
    decimalMark = .comma
    return number
  }

  private func cell(_ row: Row, _ place: Int) throws(PointsFileError) -> ArraySlice<UInt8> {
    guard place < row.count else {
      throw fail("the line ends after \(row.count) column\(row.count == 1 ? "" : "s")", place)
    }
    return row[place]
  }

  /// What programs write where there is no number.
  private func isNonFinite(_ text: ArraySlice<UInt8>) -> Bool {
    guard text.count <= 9 else { return false }
    let word = String(decoding: text, as: UTF8.self).lowercased()
    return ["nan", "inf", "infinity"].contains(word.first == "-" || word.first == "+" ? String(word.dropFirst()) : word)
  }

  private func quotation(_ text: ArraySlice<UInt8>) -> String { quotation(String(decoding: text, as: UTF8.self)) }

  private func quotation(_ text: String) -> String { "'\(text.quotable(columns: 40))'" }

  private func fail(_ reason: String, _ place: Int? = nil) -> PointsFileError {
    let column = place.map {
      header.indices.contains($0) ? "\($0 + 1) (\(header[$0].quotable(columns: 40)))" : "\($0 + 1)"
    }
    return PointsFileError(file, line: line, column: column, reason: reason)
  }
}
