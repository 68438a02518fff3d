import Plot
import Testing

@Suite("Numbers as text")
struct Numbers {
  @Test("significant digits, without an exponent near 1")
  func significant() {
    #expect(4729.4.formatted(significant: 4) == "4729")
    #expect(4729.4.formatted(significant: 2) == "4700")
    #expect(0.0002.formatted(significant: 3) == "0.0002")
    #expect(0.00002.formatted(significant: 3) == "2e-5")
    #expect(1234567.0.formatted(significant: 3) == "1.23e6")
    #expect(Float(0.3).formatted(significant: 3) == "0.3")
    #expect(0.0.formatted(significant: 3) == "0")
    #expect((-1.5e-30).formatted(significant: 1) == "-2e-30")
    #expect(9.996.formatted(significant: 3) == "10")
  }

  @Test("padding keeps the width of a value that changes")
  func padded() {
    #expect(0.3.formatted(significant: 3, padded: true) == "0.300")
    #expect(2.0.formatted(significant: 3, padded: true) == "2.00")
    #expect(0.0.formatted(significant: 3, padded: true) == "0.00")
    #expect(9.996.formatted(significant: 3, padded: true) == "10.0")
    #expect(1e-7.formatted(significant: 3, padded: true) == "1.00e-7")
  }

  @Test("decimals round halves away from zero, and drop the sign of zero")
  func decimals() {
    #expect(0.125.formatted(decimals: 2) == "0.13")
    #expect((-0.125).formatted(decimals: 2) == "-0.13")
    #expect((-0.001).formatted(decimals: 2) == "0.00")
    #expect(0.996.formatted(decimals: 2) == "1.00")
    #expect(0.05.formatted(decimals: 0) == "0")
    #expect(0.5.formatted(decimals: 0) == "1")
    #expect(99.5.formatted(decimals: 0) == "100")
    #expect(1e21.formatted(decimals: 1) == "1000000000000000000000.0")
  }

  @Test("always with an exponent")
  func scientific() {
    #expect(3e-4.scientific(significant: 3) == "3.00e-4")
    #expect(0.0.scientific(significant: 3) == "0.00")
    #expect(9.999e5.scientific(significant: 3) == "1.00e6")
  }

  @Test("what is not finite has a name")
  func nonFinite() {
    #expect(Double.nan.formatted(significant: 3) == "nan")
    #expect((-Float.infinity).formatted(decimals: 3) == "-inf")
    #expect(Double.infinity.scientific(significant: 3) == "inf")
  }
}
