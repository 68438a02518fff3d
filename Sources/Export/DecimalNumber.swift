/// A number as tables hold it: digits, perhaps with a sign, a decimal mark and an exponent of ten, and nothing else.
///
///     [+-] digits [mark digits] [e [+-] digits]
///
/// Digits may be missing on one side of the mark. What the standard library would read as well is none: hexadecimal
/// digits, names such as `nan`, a text that goes on after a zero byte. No locale changes what a text means.
enum DecimalNumber {
  /// The number nearest to what the text says; infinite if it is too large for a `Double`.
  ///
  /// - Parameters:
  ///   - text: ASCII, without spaces.
  ///   - mark: Point or comma.
  /// - Returns: Nil for what is not a number.
  static func parse(_ text: ArraySlice<UInt8>, mark: UInt8 = .point) -> Double? {
    var position = text.startIndex
    let isNegative = position < text.endIndex && text[position] == UInt8(ascii: "-")
    if isNegative || (position < text.endIndex && text[position] == UInt8(ascii: "+")) { position += 1 }

    // Up to 18 digits, exactly; what goes beyond is left to the standard library.
    var (mantissa, digits, decimals) = (0, 0, 0)
    var isExact = true
    func takeDigits() -> Int {
      let start = position
      while position < text.endIndex, case let digit = text[position] &- UInt8(ascii: "0"), digit < 10 {
        if mantissa < 100_000_000_000_000_000 { mantissa = 10 * mantissa + Int(digit) } else { isExact = false }
        position += 1
      }
      return position - start
    }
    digits = takeDigits()
    if position < text.endIndex, text[position] == mark {
      position += 1
      decimals = takeDigits()
    }
    guard digits + decimals > 0 else { return nil }

    var exponent = 0
    if position < text.endIndex, text[position] | 0x20 == UInt8(ascii: "e") {
      position += 1
      let isDown = position < text.endIndex && text[position] == UInt8(ascii: "-")
      if isDown || (position < text.endIndex && text[position] == UInt8(ascii: "+")) { position += 1 }
      let start = position
      while position < text.endIndex, case let digit = text[position] &- UInt8(ascii: "0"), digit < 10 {
        exponent = min(10 * exponent + Int(digit), 1_000_000)
        position += 1
      }
      guard position > start else { return nil }
      if isDown { exponent = -exponent }
    }
    guard position == text.endIndex else { return nil }

    // Both factors have no error, so their product or quotient has only its own: it is the nearest number (Clinger 1990).
    let power = exponent - decimals
    if isExact, mantissa < 1 << 53, abs(power) < powersOfTen.count {
      let value = power < 0 ? Double(mantissa) / powersOfTen[-power] : Double(mantissa) * powersOfTen[power]
      return isNegative ? -value : value
    }
    return Double(String(decoding: text.lazy.map { $0 == mark ? .point : $0 }, as: UTF8.self))
  }

  /// The powers of ten that a `Double` holds exactly.
  private static let powersOfTen: [Double] = (0...22).map { power in (0..<power).reduce(1) { value, _ in 10 * value } }
}
