import Plot
import Testing

@Suite("Sparkline")
struct SparklineTests {
  private func chart(
    _ values: [Double], _ glyphs: Glyphs, _ scale: Axis.Scale = .linear, columns: Int, rows: Int
  ) -> String {
    Sparkline(values, scale: scale).render(columns: columns, rows: rows, glyphs: glyphs).lines.joined(separator: "\n")
  }

  @Test("a plateau and a fall, on a log axis with its scale")
  func loss() {
    let loss = (0..<120).map { i in i < 60 ? 4000 : 4000 / Double(1 + (i - 60)) }
    #expect(
      chart(loss, .braille, .log, columns: 32, rows: 5)
        == """
             ⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⢱             
        1000               ⢇            
                           ⠈⢢           
                             ⠉⠢⢄⣀       
        100                      ⠉⠑⠒⠤⠤⢄⣀
        """)
    #expect(
      chart(loss, .block, .log, columns: 32, rows: 5)
        == """
             ▀▀▀▀▀▀▀▀▀▀▀▀▀█             
        1000               █            
                            █           
                             ▀▀▄▄       
        100                      ▀▀▀▀▄▄▄
        """)
    #expect(
      chart(loss, .ascii, .log, columns: 32, rows: 5)
        == """
             **************             
        1000               *            
                            *           
                             *****      
        100                       ******
        """)
  }

  @Test("nothing, one value and a flat series have a picture")
  func degenerate() {
    #expect(chart([], .braille, columns: 3, rows: 1) == "   ")
    #expect(chart([7], .ascii, columns: 3, rows: 3) == "   \n*  \n   ")
    #expect(chart([7, 7], .ascii, columns: 3, rows: 3) == "   \n***\n   ")
    #expect(chart([7, 7], .ascii, .log, columns: 3, rows: 3) == "   \n***\n   ")
  }

  @Test("what cannot be shown leaves a gap and a warning")
  func gaps() {
    let values = [1, 1, .nan, 2, 2, .infinity, 2]
    #expect(chart(values, .ascii, columns: 7, rows: 2) == "   ** *\n**!  ! ")
    #expect(chart([1, 1, 0, 10, 10, -1, 10], .ascii, .log, columns: 7, rows: 2) == "   ** *\n**!  ! ")
    let grid = Sparkline(values).render(columns: 7, rows: 2, glyphs: .ascii)
    #expect(grid[2, 1].ink == .warning)
  }

  @Test("huge and tiny values, in a picture of any size")
  func extremes() {
    let series = [[1e30, 1e-30, -1e30], [1e-30, 2e-30], [1e308, -1e308], [.nan], [.infinity, -.infinity]]
    for values in series {
      for scale in [Axis.Scale.linear, .log] {
        for (columns, rows) in [(0, 0), (0, 3), (1, 1), (24, 1), (24, 2), (80, 6), (500, 200)] {
          let grid = Sparkline(values, scale: scale).render(columns: columns, rows: rows, glyphs: .braille)
          #expect(grid.columns == columns && grid.rows == rows)
        }
      }
    }
  }
}
