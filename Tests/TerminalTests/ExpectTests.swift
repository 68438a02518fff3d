import Expect
import Testing

@Suite("expect")
struct ExpectTests {
  @Test("a broken promise says what and where before it traps")
  func broken() async throws {
    let result = try await #require(
      processExitsWith: .failure, observing: [\.standardErrorContent]
    ) {
      expect(1 + 1 == 3, "a sum of \(1 + 1)")
    }
    let text = String(decoding: result.standardErrorContent, as: UTF8.self)
    #expect(text.contains(/roulade: bug at TerminalTests\/ExpectTests\.swift:\d+: a sum of 2\n/))
  }
}
