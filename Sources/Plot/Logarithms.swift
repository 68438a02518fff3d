import Expect

// The functions of magnitude that axes need, without Foundation.

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
