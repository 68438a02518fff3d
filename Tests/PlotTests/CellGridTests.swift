import Plot
import Testing

@Suite("CellGrid")
struct CellGridTests {
  @Test("a wide glyph takes two cells, a mark none")
  func wide() {
    var grid = CellGrid(columns: 8, rows: 1)
    grid.write("日é|e\u{301}|", column: 0, row: 0)
    #expect(grid.lines == ["日é|e\u{301}|  "])
    #expect(grid[1, 0].isContinuation && grid[2, 0].glyph == "é" && grid[3, 0].glyph == "|")
    #expect(grid[4, 0].marks.scalars == ["\u{301}"])
  }

  @Test("a wide glyph is cut off whole at the edges")
  func edges() {
    var grid = CellGrid(columns: 3, rows: 1)
    grid.write("a日本", column: 0, row: 0)
    #expect(grid.lines == ["a日"])
    grid.write("ab日", column: 0, row: 0)
    #expect(grid.lines == ["ab "])
    grid.write("日c", column: -1, row: 0)
    #expect(grid.lines == [" c "])
    var inner = CellGrid(columns: 4, rows: 1)
    inner.write("日本", column: 0, row: 0)
    grid.draw(inner, column: -1, row: 0)
    #expect(grid.lines == [" 本"])
    grid.draw(inner, column: 0, row: 0)
    #expect(grid.lines == ["日 "])
  }

  @Test("what is left of a wide glyph becomes blank")
  func overwritten() {
    var grid = CellGrid(columns: 4, rows: 1)
    grid.write("日本", column: 0, row: 0)
    grid.write("x", column: 1, row: 0)
    #expect(grid.lines == [" x本"])
    grid.write("y", column: 2, row: 0)
    #expect(grid.lines == [" xy "])
    grid.write("語", column: 1, row: 0)
    #expect(grid.lines == [" 語 "])
    grid.write("日", column: 0, row: 0)
    #expect(grid.lines == ["日  "])
  }

  @Test("any sequence of writes keeps every row as wide as the grid")
  func rowsKeepTheirWidth() {
    var state: UInt64 = 1
    func next(_ bound: Int) -> Int {
      state = state &* 6_364_136_223_846_793_005 &+ 1
      return Int(state >> 33) % bound
    }
    var grid = CellGrid(columns: 7, rows: 2)
    let texts = ["日", "a", "é本", "🙂|", "e\u{301}", "|日本語|", ""]
    for _ in 0..<5000 {
      if next(4) == 0 {
        var inner = CellGrid(columns: 4, rows: 1)
        inner.write(texts[next(texts.count)], column: next(5) - 1, row: 0)
        grid.draw(inner, column: next(12) - 4, row: next(3))
      } else {
        grid.write(texts[next(texts.count)], column: next(12) - 3, row: next(2))
      }
      for row in 0..<2 {
        #expect(grid.lines[row].cellWidth == 7)
        for column in 0..<7 where grid[column, row].glyph.isWide { #expect(grid[column + 1, row].isContinuation) }
      }
    }
  }
}
