import Expect

/// A finite number written in decimal, `±0.d₁d₂d₃… · 10^exponent`: where rounding to digits is exact, whatever the size.
struct DecimalDigits: Equatable {
  private(set) var isNegative = false
  /// 0 to 9 each, without zeros at either end; none for zero.
  private(set) var digits: [UInt8] = []
  /// Digits before the decimal point; negative for zeros after it.
  private(set) var exponent = 0

  /// The shortest digits that read back as this number, as the standard library prints them.
  init(_ value: Double) {
    expect(value.isFinite, "\(value) has no digits")
    let parts = value.magnitude.description.split(separator: "e")
    let number = parts[0].split(separator: ".")
    let power = parts.count > 1 ? Int(parts[1]) ?? 0 : 0
    self.init(digits: number.joined(), exponent: number[0].utf8.count + power, isNegative: value < 0)
  }

  /// An integer times a power of ten, exactly.
  init(_ integer: Int, timesPowerOfTen power: Int) {
    let text = String(integer.magnitude)
    self.init(digits: text, exponent: text.utf8.count + power, isNegative: integer < 0)
  }

  private init(digits text: String, exponent: Int, isNegative: Bool) {
    let all = text.utf8.map { $0 - UInt8(ascii: "0") }
    let leading = all.prefix { $0 == 0 }.count
    digits = Array(all.dropFirst(leading))
    self.exponent = exponent - leading
    self.isNegative = isNegative
    dropTrailingZeros()
  }

  /// Rounds to so many significant digits, halves away from zero.
  mutating func round(toSignificant count: Int) {
    guard digits.count > count else { return }
    let roundsUp = count >= 0 && digits[count] >= 5
    digits.removeSubrange(max(count, 0)...)
    if roundsUp {
      while digits.last == 9 { digits.removeLast() }
      if let last = digits.indices.last {
        digits[last] += 1
      } else {
        digits = [1]
        exponent += 1
      }
    }
    dropTrailingZeros()
  }

  /// `123.4`, with at least so many digits after the point.
  func fixed(decimals: Int = 0) -> String {
    let whole = digits.prefix(max(exponent, 0))
    let fraction = [UInt8](repeating: 0, count: max(-exponent, 0)) + digits.dropFirst(max(exponent, 0))
    let wholeText = exponent > 0 ? text(whole) + zeros(exponent - whole.count) : "0"
    let fractionText = text(fraction[...]) + zeros(decimals - fraction.count)
    return sign + wholeText + (fractionText.isEmpty ? "" : "." + fractionText)
  }

  /// `1.234e2`, with at least so many significant digits.
  func scientific(significant: Int = 1) -> String {
    guard !digits.isEmpty else { return fixed(decimals: significant - 1) }
    let fraction = text(digits.dropFirst()) + zeros(significant - digits.count)
    return sign + text(digits.prefix(1)) + (fraction.isEmpty ? "" : "." + fraction) + "e\(exponent - 1)"
  }

  /// Whether people write a number of this size without an exponent.
  var readsBestFixed: Bool { digits.isEmpty || (-3...6).contains(exponent) }

  private var sign: String { isNegative && !digits.isEmpty ? "-" : "" }

  private func text(_ digits: ArraySlice<UInt8>) -> String { digits.map { String($0) }.joined() }

  private func zeros(_ count: Int) -> String { String(repeating: "0", count: max(count, 0)) }

  private mutating func dropTrailingZeros() {
    while digits.last == 0 { digits.removeLast() }
    if digits.isEmpty { exponent = 0 }
  }
}
