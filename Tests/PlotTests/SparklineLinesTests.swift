import Plot
import Testing

@Suite("Sparkline's lines and limits")
struct SparklineLinesTests {
  private func chart(_ values: [Double], lines: [Sparkline.Line] = [], cap: Double = .infinity, columns: Int = 40)
    -> CellGrid
  {
    var chart = Sparkline(values, scale: .log)
    (chart.lines, chart.cap) = (lines, cap)
    return chart.render(columns: columns, rows: 8, glyphs: .ascii)
  }

  @Test("one spike does not squash what came before and after: an arrow at the edge tells of it")
  func spike() {
    let loss: [Double] = (0..<200).map { (101..<110).contains($0) ? 1e6 : 2.0 - Double($0) / 200.0 }
    let (limited, free) = (chart(loss, cap: 6), chart(loss))
    #expect(limited.lines[0].contains("↑") && !free.lines[0].contains("↑"))
    func rows(_ grid: CellGrid) -> Int { grid.lines.count { $0.contains("****") } }
    #expect(rows(limited) >= 6 && rows(free) <= 3)
  }

  @Test("a plateau stays in view of the floor, which is named as long as the curve leaves room")
  func plateau() {
    let floor = Sparkline.Line(0.5, .ideal, names: ["floor: least possible", "floor"])
    let grid = chart((0..<200).map { 1 + 0.001 * Double($0 % 2) }, lines: [floor])
    #expect(grid.lines.last?.contains("floor: least possible") == true)
    #expect(grid.lines[0].contains("***"))
    let crossed = chart([Double](repeating: 0.5, count: 200), lines: [floor])
    #expect(!crossed.lines.contains { $0.contains("floor") })
  }

  @Test("an axis of steps below, from the first to the last")
  func steps() {
    var chart = Sparkline([3, 2, 1])
    chart.steps = 0...3000
    let last = chart.render(columns: 40, rows: 8, glyphs: .braille).lines.last ?? ""
    #expect(last.contains("1000") && last.hasSuffix("step"))
  }
}
