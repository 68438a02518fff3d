import CNcurses
import Foundation
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

@Suite("Width")
struct WidthTests {
  @Test("agrees with the C library on every character that both know")
  func width() throws {
    // Also where no locale is set, as on a bare machine.
    try #require(setlocale(LC_CTYPE, "C.UTF-8") != nil || screen_set_locale(), "no UTF-8 locale")
    var different: [UInt32] = []
    for value in UInt32(0x20)...0x3FFFF {
      guard let scalar = Unicode.Scalar(value), screen_width(value) >= 0 else { continue }
      if scalar.isWide != (screen_width(value) == 2) { different.append(value) }
    }
    #expect(different == [])
  }

  @Test("what a console cannot show keeps the columns")
  func columns() {
    var grid = CellGrid(columns: 6, rows: 1)
    grid.write("日e\u{301}🙂|", column: 0, row: 0)
    #expect(Glyphs.ascii.nearest(to: grid).lines == ["? e? |"])
    #expect(Glyphs.block.nearest(to: grid).lines == ["? e? |"])
    #expect(Glyphs.braille.nearest(to: grid).lines == ["日e\u{301}🙂|"])
  }
}
