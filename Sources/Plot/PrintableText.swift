extension StringProtocol {
  /// The text as it may be printed, wherever it comes from: what would move the cursor, change colours or turn the
  /// direction of reading around is written out, `\n` or `\u{1B}`.
  package var printable: String {
    if utf8.allSatisfy({ (0x20..<0x7F).contains($0) }) { return String(self) }
    var text = ""
    for scalar in unicodeScalars {
      switch scalar {
      case "\n": text += "\\n"
      case "\r": text += "\\r"
      case "\t": text += "\\t"
      case _ where scalar.isUnprintable: text += "\\u{" + String(scalar.value, radix: 16, uppercase: true) + "}"
      default: text.unicodeScalars.append(scalar)
      }
    }
    return text
  }

  /// `printable`, and shortened in the middle: for a message that quotes what somebody wrote.
  package func quotable(columns: Int = 60) -> String {
    // More is never shown, and a text may be of any length.
    let end = 4 * columns
    guard unicodeScalars.dropFirst(2 * end).isEmpty else {
      let ends = String(String.UnicodeScalarView(unicodeScalars.prefix(end) + unicodeScalars.suffix(end)))
      return ends.printable.shortenedInside(to: columns)
    }
    return printable.shortenedInside(to: columns)
  }
}
