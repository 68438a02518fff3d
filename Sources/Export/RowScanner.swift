/// The cells of one line of a table. It is reused from line to line, so that reading allocates nothing.
struct Row {
  /// The contents of all cells, one after the other.
  fileprivate var bytes: [UInt8] = []
  /// Where each cell ends in `bytes`.
  fileprivate var ends: [Int] = []
  /// The line at which the row starts, counted from 1.
  fileprivate(set) var line = 1

  /// How many cells the row has.
  var count: Int { ends.count }

  /// Whether all cells are empty, as those of an empty line are.
  var isEmpty: Bool { bytes.isEmpty }

  /// The contents of a cell, without the spaces around them; no longer valid in the next row.
  subscript(place: Int) -> ArraySlice<UInt8> { bytes[(place == 0 ? 0 : ends[place - 1])..<ends[place]] }

  /// A cell's contents as text; what is not UTF-8 in them becomes `�`.
  func text(_ place: Int) -> String { String(decoding: self[place], as: UTF8.self) }

  fileprivate mutating func clear() {
    bytes.removeAll(keepingCapacity: true)
    ends.removeAll(keepingCapacity: true)
  }
}

/// Cuts the bytes of a table into rows as they come, in whatever pieces, and holds no more than one row.
///
/// Cells are separated by one byte, lines by LF, CR LF or CR. Quoted cells may hold both, and `""` for a quotation mark
/// (RFC 4180). A quotation mark within a cell that does not begin with one means itself.
struct RowScanner {
  /// Of a line, quoted line breaks included; else one file could be one line that fills the memory.
  static let mostLineBytes = 1 << 20
  /// An unmatched quotation mark makes the rest of the file one cell.
  static let mostCellBytes = 1 << 16
  /// As many columns as a spreadsheet can have.
  static let mostCells = 16_384

  private enum Place { case beforeCell, plain, quoted, quoteInQuoted, afterQuoted }

  private let file: String
  private let delimiter: UInt8
  private var row = Row()
  private var place = Place.beforeCell
  /// Bytes of the present line so far, those outside the cells included.
  private var lineBytes = 0
  /// Line feeds seen so far, or returns without one.
  private var line = 1
  private var lastWasReturn = false

  /// - Parameter file: Its name, for errors.
  init(file: String, delimiter: UInt8) {
    self.file = file
    self.delimiter = delimiter
  }

  /// Takes the next bytes and hands over each row that ends in them.
  mutating func scan(
    _ chunk: UnsafeBufferPointer<UInt8>, _ body: (Row) throws(PointsFileError) -> Void
  ) throws(PointsFileError) {
    var position = 0
    while position < chunk.count {
      let byte = chunk[position]
      if lastWasReturn {
        lastWasReturn = false
        if byte == .lineFeed {
          position += 1
          continue
        }
      }
      let length = place == .plain || place == .quoted ? run(in: chunk, from: position) : 0
      if length > 0 {
        row.bytes.append(contentsOf: UnsafeBufferPointer(rebasing: chunk[position..<position + length]))
        position += length
        lineBytes += length
      } else {
        position += 1
        lineBytes += 1
        try take(byte, body)
      }
      if let reason = excess { throw problem(reason) }
    }
  }

  /// Hands over the last row, if it does not end with its line.
  mutating func finish(_ body: (Row) throws(PointsFileError) -> Void) throws(PointsFileError) {
    if place == .quoted { throw problem(RowScanner.unmatched) }
    if lineBytes > 0 { try endRow(body) }
  }

  private static let unmatched = "the quotation marks do not match"

  private mutating func take(
    _ byte: UInt8, _ body: (Row) throws(PointsFileError) -> Void
  ) throws(PointsFileError) {
    switch (place, byte) {
    case (.quoted, .quotationMark):
      place = .quoteInQuoted
    case (.quoted, _):
      if byte == .lineFeed { line += 1 }
      row.bytes.append(byte)
    case (.quoteInQuoted, .quotationMark):
      row.bytes.append(byte)
      place = .quoted
    case (_, delimiter):
      endCell()
    case (_, .lineFeed), (_, .carriageReturn):
      lastWasReturn = byte == .carriageReturn
      try endRow(body)
    case (.beforeCell, .space), (.beforeCell, .tab), (.afterQuoted, .space), (.afterQuoted, .tab):
      break
    case (.quoteInQuoted, .space), (.quoteInQuoted, .tab):
      place = .afterQuoted
    case (.quoteInQuoted, _), (.afterQuoted, _):
      throw problem(RowScanner.unmatched)
    case (.beforeCell, .quotationMark):
      place = .quoted
    case (.beforeCell, _), (.plain, _):
      row.bytes.append(byte)
      place = .plain
    }
  }

  /// How many of the next bytes are nothing but a cell's contents.
  private func run(in chunk: UnsafeBufferPointer<UInt8>, from start: Int) -> Int {
    var end = start
    if place == .quoted {
      while end < chunk.count, chunk[end] != .quotationMark, chunk[end] != .lineFeed { end += 1 }
    } else {
      while end < chunk.count, chunk[end] != delimiter, chunk[end] != .lineFeed, chunk[end] != .carriageReturn {
        end += 1
      }
    }
    return end - start
  }

  private mutating func endCell() {
    let start = row.ends.last ?? 0
    while let last = row.bytes.last, row.bytes.count > start, last == .space || last == .tab { row.bytes.removeLast() }
    // Only quoted cells still have spaces in front.
    let spaces = row.bytes[start...].prefix { $0 == .space || $0 == .tab }
    if !spaces.isEmpty { row.bytes.removeSubrange(spaces.indices) }
    row.ends.append(row.bytes.count)
    place = .beforeCell
  }

  private mutating func endRow(_ body: (Row) throws(PointsFileError) -> Void) throws(PointsFileError) {
    endCell()
    try body(row)
    row.clear()
    lineBytes = 0
    line += 1
    row.line = line
  }

  /// What there is too much of, if anything.
  private var excess: String? {
    if row.ends.count > RowScanner.mostCells { return "there are more than \(RowScanner.mostCells) cells in the line" }
    if row.bytes.count - (row.ends.last ?? 0) > RowScanner.mostCellBytes {
      let reason = "the cell is longer than \(RowScanner.mostCellBytes >> 10) KiB"
      return place == .quoted ? reason + "; do the quotation marks match?" : reason
    }
    if lineBytes > RowScanner.mostLineBytes {
      return "the line is longer than \(RowScanner.mostLineBytes >> 20) MiB; are there line breaks?"
    }
    return nil
  }

  private func problem(_ reason: String) -> PointsFileError {
    PointsFileError(file, line: row.line, reason: reason)
  }
}

extension UInt8 {
  static let tab = UInt8(ascii: "\t")
  static let lineFeed = UInt8(ascii: "\n")
  static let carriageReturn = UInt8(ascii: "\r")
  static let space = UInt8(ascii: " ")
  static let quotationMark = UInt8(ascii: "\"")
  static let comma = UInt8(ascii: ",")
  static let point = UInt8(ascii: ".")
}
