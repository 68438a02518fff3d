import Interface
import Testing

@Suite("Rectangle")
struct RectangleTests {
  let screen = Rectangle(column: 2, row: 1, columns: 10, rows: 6)

  @Test("what is cut off and what is left tile it, at every edge and for every count")
  func cut() {
    for edge in [Rectangle.Edge.top, .bottom, .left, .right] {
      for count in -1...12 {
        var rest = screen
        let part = rest.cut(count, from: edge)
        for row in 0..<9 {
          for column in 0..<14 {
            let places = [part, rest].filter { $0.contains(column: column, row: row) }.count
            #expect(places == (screen.contains(column: column, row: row) ? 1 : 0))
          }
        }
      }
    }
    var rest = screen
    #expect(rest.cut(2, from: .right) == Rectangle(column: 10, row: 1, columns: 2, rows: 6))
    #expect(rest.cut(1, from: .bottom) == Rectangle(column: 2, row: 6, columns: 8, rows: 1))
    #expect(rest == Rectangle(column: 2, row: 1, columns: 8, rows: 5))
  }

  @Test("halves are of the same size, at both edges, with what is between them")
  func halves() {
    for columns in 0...12 {
      for gap in 0...2 {
        let whole = Rectangle(column: 2, row: 1, columns: columns, rows: 6)
        let (left, right) = whole.halves(gap: gap)
        #expect(left.columns == right.columns && left.rows == 6 && right.rows == 6)
        #expect(left.column == whole.column && right.endColumn == whole.endColumn && left.row == right.row)
        #expect((gap...gap + 1).contains(right.column - left.endColumn) || columns < gap)
      }
    }
  }

  @Test("never of a negative size")
  func small() {
    #expect(Rectangle(columns: 1, rows: 1).inside.isEmpty)
    #expect(Rectangle(columns: -3, rows: 2) == Rectangle(columns: 0, rows: 2))
    #expect(screen.line(6).isEmpty && screen.line(-7).isEmpty)
  }

  @Test("lines count from the top, or from the bottom")
  func lines() {
    #expect(screen.line(0).row == 1 && screen.line(5).row == 6 && screen.line(-1).row == 6)
  }

  @Test("in the middle, and no larger than what it is in")
  func centered() {
    #expect(screen.centered(columns: 4, rows: 2) == Rectangle(column: 5, row: 3, columns: 4, rows: 2))
    #expect(screen.centered(columns: 40, rows: 2) == Rectangle(column: 2, row: 3, columns: 10, rows: 2))
  }
}
