import Expect

// Numbers as people read them, and the two functions of decimal magnitude that axes need, without Foundation.

extension BinaryFloatingPoint {
  /// `0.0123`, `4730`, `1.2e-7`: rounded to so many significant digits, an exponent only where the number is far from 1.
  ///
  /// With `padded`, zeros at the end stay, so that a value that changes keeps its width.
  package func formatted(significant: Int, padded: Bool = false) -> String {
    guard isFinite else { return nonFiniteText }
    var number = DecimalDigits(Double(self))
    number.round(toSignificant: significant)
    guard number.readsBestFixed else { return number.scientific(significant: padded ? significant : 1) }
    let wholeDigits = number.digits.isEmpty ? 1 : number.exponent
    return number.fixed(decimals: padded ? significant - wholeDigits : 0)
  }

  /// `12.30`: exactly so many digits after the point.
  package func formatted(decimals: Int) -> String {
    guard isFinite else { return nonFiniteText }
    var number = DecimalDigits(Double(self))
    number.round(toSignificant: number.exponent + decimals)
    return number.fixed(decimals: decimals)
  }

  /// `3.00e-4`: always with an exponent.
  package func scientific(significant: Int) -> String {
    guard isFinite else { return nonFiniteText }
    var number = DecimalDigits(Double(self))
    number.round(toSignificant: significant)
    return number.scientific(significant: significant)
  }

  private var nonFiniteText: String { isNaN ? "nan" : self < 0 ? "-inf" : "inf" }
}

/// The natural logarithm of a positive, finite number, within 2 units in the last place.
///
/// ln(2^e · m) = e·ln 2 + 2·artanh(s), s = (m − 1) / (m + 1), |s| < 0.172 for m between √½ and √2.
func naturalLogarithm(_ value: Double) -> Double {
  expect(value > 0 && value.isFinite, "the logarithm of \(value)")
  var exponent = Double(value.exponent)
  var mantissa = value.significand
  if mantissa > 2.0.squareRoot() {
    mantissa /= 2
    exponent += 1
  }
  let s = (mantissa - 1) / (mantissa + 1)
  var sum = 0.0
  for k in stride(from: 21, through: 1, by: -2) { sum = sum * (s * s) + 1 / Double(k) }
  return exponent * 0.693147180559945309 + 2 * s * sum
}

/// e to the power of a number; infinite or 0 where no Double holds it.
func exponential(_ value: Double) -> Double {
  guard abs(value) < 700 else { return value > 0 ? .infinity : value < 0 ? 0 : .nan }
  let exponent = (value / 0.693147180559945309).rounded()
  let rest = value - exponent * 0.693147180559945309
  var sum = 1.0
  for k in stride(from: 18, through: 1, by: -1) { sum = 1 + sum * rest / Double(k) }
  return Double(sign: .plus, exponent: Int(exponent), significand: sum)
}

/// The decimal logarithm of a positive, finite number.
func decimalLogarithm(_ value: Double) -> Double { naturalLogarithm(value) * 0.434294481903251828 }

/// The double nearest to `integer · 10^power`.
func decimal(_ integer: Int, timesPowerOfTen power: Int) -> Double {
  Double("\(integer)e\(power)") ?? .nan  // The text is always a number.
}
