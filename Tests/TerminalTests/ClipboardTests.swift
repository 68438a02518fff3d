import Testing

@testable import Terminal

@Suite("clipboard")
struct ClipboardTests {
  @Test("a text goes to the terminal in base64, so that no part of it ends the sequence")
  func sequence() {
    #expect(clipboardSequence("roulade --lr 0.01") == "\u{1B}]52;c;cm91bGFkZSAtLWxyIDAuMDE=\u{7}")
    #expect(clipboardSequence("é\u{7}") == "\u{1B}]52;c;w6kH\u{7}")
  }
}
