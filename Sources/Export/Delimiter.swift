/// What separates the cells of a table.
enum Delimiter {
  /// Found out from the first line that is not empty: a tab if there is one. Of comma and semicolon the one that there
  /// is; where both are, a comma may be part of a number, and the semicolon it is if every cell is then a number.
  /// Otherwise the one that comes first.
  ///
  /// - Parameter text: The beginning of the file.
  static func guess(_ text: UnsafeBufferPointer<UInt8>) -> UInt8 {
    let semicolon = UInt8(ascii: ";")
    let start = text.firstIndex { $0 != .lineFeed && $0 != .carriageReturn } ?? text.endIndex
    var isQuoted = false
    var found: [UInt8] = []
    var end = start
    while end < text.endIndex {
      let byte = text[end]
      if byte == .quotationMark { isQuoted.toggle() }
      if !isQuoted {
        if byte == .lineFeed || byte == .carriageReturn { break }
        if byte == .tab { return .tab }
        if byte == .comma || byte == semicolon, !found.contains(byte) { found.append(byte) }
      }
      end += 1
    }
    guard found.count == 2 else { return found.first ?? .comma }
    let cells = text[start..<end].split(separator: semicolon, omittingEmptySubsequences: false)
    let areNumbers = cells.allSatisfy { cell in
      let trimmed = cell.filter { $0 != .space }
      return trimmed.isEmpty
        || DecimalNumber.parse(trimmed[...], mark: trimmed.contains(.comma) ? .comma : .point) != nil
    }
    return areNumbers ? semicolon : found[0]
  }
}
