import Plot
import Terminal
import Testing

@Suite("Glyphs")
struct GlyphsTests {
  @Test("braille where locale and terminal allow it")
  func detection() {
    #expect(Glyphs(term: "xterm-256color", isUTF8: true) == .braille)
    #expect(Glyphs(term: "tmux-256color", isUTF8: true) == .braille)
    #expect(Glyphs(term: "linux", isUTF8: true) == .block)
    #expect(Glyphs(term: "vt100", isUTF8: true) == .ascii)
    #expect(Glyphs(term: "xterm-256color", isUTF8: false) == .ascii)
  }

  @Test("ASCII stays within ASCII, whatever is asked for")
  func ascii() {
    for value in UInt32(0x20)...0x2900 {
      guard let scalar = Unicode.Scalar(value) else { continue }
      #expect(Glyphs.ascii.nearest(to: scalar).isASCII)
    }
    #expect(Glyphs.ascii.nearest(to: "╭") == "+")
    #expect(Glyphs.ascii.nearest(to: "q") == "q")
    #expect(Glyphs.braille.nearest(to: "⣿") == "⣿")
  }
}
