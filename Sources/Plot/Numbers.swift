// Numbers as people read them, without Foundation.

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
