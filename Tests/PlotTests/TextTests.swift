import Plot
import Testing

@Suite("Text")
struct TextTests {
  @Test("letters and symbols that are taken for plain are no marks and no format characters")
  func plain() {
    for scalar in (Array(0xA0..<0x300) + Array(0x2100..<0x2C00)).compactMap({ Unicode.Scalar(UInt32($0)) }) {
      let category = scalar.properties.generalCategory
      #expect(![.nonspacingMark, .enclosingMark].contains(category) && (category != .format || scalar == "\u{AD}"))
      #expect(String(scalar).clusters.map(\.base) == [scalar])
    }
  }

  @Test(
    "width in cells",
    arguments: [
      ("", 0), ("abc", 3), ("é", 1), ("e\u{301}", 1), ("日本語", 6), ("🙂", 2), ("日本語🙂é", 9), ("한국", 4),
      ("\u{1112}\u{1161}\u{11AB}", 2),
      ("👩‍👩‍👧", 2), ("👍🏽", 2), ("🇩🇪", 2), ("❤️", 1), ("ﷺ", 1), ("½", 1), ("─│█●→⣿", 6), ("a\u{202E}b", 2), ("a\u{1B}b", 3),
      ("\u{301}", 1), ("ก็", 1), ("Ａ", 2),
    ])
  func width(text: String, expected: Int) {
    #expect(text.cellWidth == expected)
  }

  @Test("a joined emoji is drawn as its first, without skin tone")
  func emoji() {
    #expect("👩‍👩‍👧👍🏽".clusters.map(\.base) == ["👩", "👍"])
    #expect("🇩🇪".clusters.map(\.base.value) == [0x1F1E9, 0x1F1EA])
  }

  @Test("two marks are kept over a letter, the others are not drawn")
  func marks() {
    #expect("e\u{301}\u{323}\u{308}".clusters.map(\.marks.scalars) == [["\u{301}", "\u{323}"]])
  }

  @Test("nothing that acts on a terminal is printed")
  func printable() {
    #expect("a\u{1B}[31mb\n\r\t\u{7}".printable == "a\\u{1B}[31mb\\n\\r\\t\\u{7}")
    #expect(
      "x\u{202E}y\u{2066}\u{9B}\u{2028}\u{FEFF}\u{7F}".printable
        == "x\\u{202E}y\\u{2066}\\u{9B}\\u{2028}\\u{FEFF}\\u{7F}")
    #expect("日本語 🙂 é e\u{301} 👩‍👩‍👧 /tmp/a b".printable == "日本語 🙂 é e\u{301} 👩‍👩‍👧 /tmp/a b")
    #expect(String(decoding: [0x61, 0xFF, 0x62], as: UTF8.self).printable == "a\u{FFFD}b")
    for value in UInt32(0)...0xFFFF {
      guard let scalar = Unicode.Scalar(value) else { continue }
      let text = String(scalar).printable
      #expect(!text.unicodeScalars.contains { $0.properties.generalCategory == .control }, "\(value)")
    }
  }

  @Test("shortened to a width, never cutting through a character")
  func shortened() {
    #expect("abcdef".shortened(to: 6) == "abcdef")
    #expect("abcdef".shortened(to: 5) == "abcd…")
    #expect("日本語".shortened(to: 5) == "日本…")
    #expect("日本語".shortened(to: 4) == "日…")
    #expect("abc".shortened(to: 1) == "…")
    #expect("abc".shortened(to: 0) == "")
    #expect("abcdefghij".shortenedInside(to: 7) == "abc…hij")
    #expect("日本語日本語".shortenedInside(to: 6) == "日…語")
  }

  @Test("padded by cells")
  func padded() {
    #expect("日".padded(to: 4) == "日  ")
    #expect("日".paddedLeft(to: 4) == "  日")
    #expect("abc".padded(to: 2) == "abc")
  }

  @Test("a quotation of any length is short")
  func quotable() {
    let quoted = String(repeating: "\u{1B}", count: 1_000_000).quotable()
    #expect(quoted.cellWidth <= 60 && quoted.contains("…"))
    #expect(("<" + String(repeating: "ab", count: 1_000_000) + ">").quotable(columns: 5) == "<a…b>")
    #expect("short".quotable() == "short")
  }
}
