import Expect
import Foundation
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

  @Test(
    "nothing in the program ends it without saying so: the standard library's preconditions print nothing in a release")
  func silence() throws {
    let sources = URL(fileURLWithPath: #filePath).deletingLastPathComponent().appendingPathComponent("../../Sources")
    let files = try FileManager.default.subpathsOfDirectory(atPath: sources.path).filter { $0.hasSuffix(".swift") }
    #expect(files.count > 100)
    for file in files where file != "Expect/Expect.swift" {
      let text = try String(contentsOf: sources.appendingPathComponent(file), encoding: .utf8)
      #expect(
        text.firstMatch(of: /\b(precondition|preconditionFailure|fatalError|assert|assertionFailure)\(/) == nil,
        "\(file)")
    }
  }
}
