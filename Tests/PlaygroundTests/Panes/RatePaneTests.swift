import Testing

@testable import Playground

@Suite("rate pane")
struct RatePaneTests {
  @Test("a rate has an exponent below a tenth, and none where people write none")
  func text() {
    #expect([1, 0.5, 0.1, 0.05, 8e-3, 1e-6].map(rateText) == ["1.0", "0.50", "0.10", "5.0e-2", "8.0e-3", "1.0e-6"])
  }
}
