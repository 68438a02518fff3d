import Diffusion
import Foundation
import Testing

@testable import Export

@Suite("RowScanner")
struct RowScannerTests {
  /// The rows of a text that comes in pieces of so many bytes.
  private func rows(_ text: String, delimiter: Character = ",", piece: Int = .max) throws -> [[String]] {
    var rows: [[String]] = []
    var scanner = RowScanner(file: "f.csv", delimiter: delimiter.asciiValue ?? 0)
    let take = { (row: Row) throws(PointsFileError) in rows.append((0..<row.count).map(row.text)) }
    let bytes = Array(text.utf8)
    for start in stride(from: 0, to: bytes.count, by: min(piece, max(bytes.count, 1))) {
      try bytes[start..<min(start + min(piece, bytes.count), bytes.count)].withUnsafeBufferPointer { bytes in
        try scanner.scan(bytes, take)
      }
    }
    try scanner.finish(take)
    return rows
  }

  @Test("cells, quoted or not, the same in whatever pieces they come")
  func cells() throws {
    let text = "a, b ,c\r\n\"d\"\"e\",\" f,\r\ng \" ,\r\n\r\n,h\"i,\n\u{E9},\t,last"
    let expected = [["a", "b", "c"], ["d\"e", "f,\r\ng", ""], [""], ["", "h\"i", ""], ["\u{E9}", "", "last"]]
    for piece in [1, 2, 3, 7, .max] { #expect(try rows(text, piece: piece) == expected, "\(piece)") }
    #expect(try rows("a\rb\r\rc", delimiter: ";") == [["a"], ["b"], [""], ["c"]])
    #expect(try rows("") == [])
    #expect(try rows("a\t b\t\n", delimiter: "\t") == [["a", "b", ""]])
  }

  @Test("a row begins at its line, also after quoted line breaks")
  func lines() throws {
    var lines: [Int] = []
    var scanner = RowScanner(file: "f.csv", delimiter: .comma)
    try Array("a\r\n\"b\nc\"\n\nd".utf8).withUnsafeBufferPointer { bytes in
      try scanner.scan(bytes) { lines.append($0.line) }
    }
    try scanner.finish { lines.append($0.line) }
    #expect(lines == [1, 2, 4, 5])
  }

  @Test("one cell, one line and its cells have bounds; quotation marks have to match")
  func bounds() {
    func error(_ text: String) -> String? {
      do {
        _ = try rows(text)
        return nil
      } catch {
        return "\(error)"
      }
    }
    let long = String(repeating: "1", count: 70_000)
    #expect(error("a\n" + long) == "f.csv, line 2: the cell is longer than 64 KiB")
    #expect(error("\"" + long) == "f.csv, line 1: the cell is longer than 64 KiB; do the quotation marks match?")
    #expect(
      error(String(repeating: "1,", count: 20_000)) == "f.csv, line 1: there are more than 16384 cells in the line")
    let line = String(repeating: String(long.prefix(60_000)) + ",", count: 20)
    #expect(error(line) == "f.csv, line 1: the line is longer than 1 MiB; are there line breaks?")
    #expect(error(String(repeating: " ", count: 1_100_000))?.hasSuffix("are there line breaks?") == true)
    for text in ["\"a", "\"a\"b", "\"a\" b"] {
      #expect(error(text) == "f.csv, line 1: the quotation marks do not match")
    }
  }

  @Test("a number is the one nearest to its text, and the standard library agrees")
  func numbers() {
    var random = Random(seed: 4)
    for _ in 0..<20_000 {
      let number = Double(bitPattern: random.next())
      let short = Float(random.uniform() * 1000 - 500)
      let text =
        "\(random.index(below: 1_000_000_000)).\(random.next() % 1_000_000_007)e\(random.index(below: 60) - 30)"
      for text in ["\(number)", "\(short)", text] where Double(text)?.isFinite == true {
        #expect(DecimalNumber.parse(ArraySlice(text.utf8)) == Double(text), "\(text)")
      }
    }
    let parse = { (text: String) in DecimalNumber.parse(ArraySlice(text.utf8)) }
    #expect(parse("+.5") == 0.5 && parse("-5.") == -5 && parse("1E+2") == 100 && parse("-0")?.sign == .minus)
    #expect(parse("123456789012345678901234567890") == 0x1.8ee90ff6c373ep+96)
    #expect(parse("1e99999999999999999999") == .infinity && parse("1e-99999999999999999999") == 0)
    #expect(DecimalNumber.parse(ArraySlice("-1,25".utf8), mark: .comma) == -1.25)
    #expect(DecimalNumber.parse(ArraySlice("-1,25".utf8)) == nil)
  }

  @Test(
    "the delimiter is found in the first line",
    arguments: [
      ("a;b", ";"), ("\n\na,b;c", ","), ("1,5;2,5", ";"), ("1,5;2", ";"), ("\"a;b\",c", ","), ("a,b\tc", "\t"),
      ("1", ","), ("", ","), ("note; 1,2,3", ";"), ("1,2,a;b\n", ","),
    ])
  func delimiter(text: String, expected: Character) {
    #expect(Array(text.utf8).withUnsafeBufferPointer { Delimiter.guess($0) } == expected.asciiValue, "\(text)")
  }
}
