import CNcurses
import Testing

import Terminal

@Suite("Key")
struct KeyTests {
  @Test("scalars become characters, control characters their letters")
  func scalars() {
    #expect(Key(0x71) == .character("q"))
    #expect(Key(0x20) == .character(" "))
    #expect(Key(0xE9) == .character("é"))
    #expect(Key(0x0C) == .control("l"))
    #expect(Key(0x09) == .tab)
    #expect(Key(0x1B) == .escape)
  }

  @Test("what terminals send for enter and backspace")
  func ambiguous() {
    for code in [0x0A, 0x0D, SCREEN_KEY_ENTER] { #expect(Key(Int32(code)) == .enter) }
    for code in [0x08, 0x7F, SCREEN_KEY_BACKSPACE] { #expect(Key(Int32(code)) == .backspace) }
  }

  @Test("function keys have names, nothing and the unknown have none")
  func functionKeys() {
    #expect(Key(Int32(SCREEN_KEY_UP)) == .up)
    #expect(Key(Int32(SCREEN_KEY_BACK_TAB)) == .backTab)
    #expect(Key(Int32(SCREEN_KEY_NONE)) == nil)
    #expect(Key(Int32(SCREEN_KEY_OTHER)) == nil)
    #expect(Key(0x1C) == nil)
    #expect(Key(0xD800) == nil)
  }
}
