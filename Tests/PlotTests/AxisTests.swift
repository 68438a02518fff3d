import Plot
import Testing

@Suite("Axis")
struct AxisTests {
  private func labels(_ axis: Axis, length: Double = 300, gap: Double = 30) -> [String] {
    axis.ticks(length: length, gap: gap, size: { 7 * Double($0.count) }).map(\.label)
  }

  @Test("ticks are round numbers")
  func round() {
    #expect(labels(Axis(0...1)) == ["0.0", "0.2", "0.4", "0.6", "0.8", "1.0"])
    #expect(labels(Axis(-1.6...1.6), gap: 14) == ["-1.5", "-1.0", "-0.5", "0.0", "0.5", "1.0", "1.5"])
    #expect(labels(Axis(0...20_000)) == ["0", "5000", "10000", "15000", "20000"])
    #expect(labels(Axis(0...4e-7)) == ["0", "1e-7", "2e-7", "3e-7", "4e-7"])
    #expect(labels(Axis(0...3e30)) == ["0", "1e30", "2e30", "3e30"])
    #expect(labels(Axis(0.002...2, scale: .log)) == ["0.01", "0.1", "1"])
    #expect(labels(Axis(2800...4900, scale: .log)) == ["3000", "3500", "4000", "4500"])
  }

  @Test("a tick stands where its value does")
  func positions() {
    for axis in [Axis(-0.37...12.1), Axis(0.002...2, scale: .log), Axis(2800...4900, scale: .log)] {
      for tick in axis.ticks(length: 100, gap: 2, size: { Double($0.count) }) {
        #expect(axis.position(of: tick.value) == tick.position)
        #expect(Double(tick.label) == tick.value)
      }
    }
    #expect(abs((Axis(10...1000, scale: .log).position(of: 100) ?? 0) - 0.5) < 1e-15)
    #expect(Axis(2...4).position(of: 5) == 1.5)
  }

  @Test("labels never overlap, at any length")
  func overlap() {
    for scale in [Axis.Scale.linear, .log] {
      for range in [1e-30...1e30, 1...1.001, 0.3...7, 2800...4900, 1e-3...1e4] {
        for length in stride(from: 0.0, through: 400, by: 7) {
          let ticks = Axis(range, scale: scale).ticks(length: length, gap: 1, size: { 7 * Double($0.count) })
          for (a, b) in zip(ticks, ticks.dropFirst()) {
            let distance = (b.position - a.position) * length
            #expect(distance >= 3.5 * Double(a.label.count + b.label.count) + 1)
          }
        }
      }
    }
  }

  @Test("any values give an axis that shows those that it can")
  func covering() {
    #expect(Axis(covering: []).range == 0...1)
    #expect(Axis(covering: [], scale: .log).range == 1...10)
    #expect(Axis(covering: [3]).range == 1.5...4.5)
    #expect(Axis(covering: [0, 0]).range == -1...1)
    #expect(Axis(covering: [4, 4], scale: .log).range == 2...8)
    #expect(Axis(covering: [.nan, 2, .infinity, 1]).range == 1...2)
    #expect(Axis(covering: [-1, 0, 3, 5], scale: .log).range == 3...5)
    #expect(Axis(covering: [1e-30, 1e30], scale: .log).range == 1e-30...1e30)
    #expect(Axis(covering: [-Double.greatestFiniteMagnitude, 1]).range == 0.5...1.5)
  }

  @Test("what has no place has no position")
  func nowhere() {
    #expect(Axis(0...1).position(of: .nan) == nil)
    #expect(Axis(0...1).position(of: -.infinity) == nil)
    #expect(Axis(1...2, scale: .log).position(of: 0) == nil)
  }

  @Test("a title that would take half of the axis leaves the values their room: its first word stays")
  func longTitle() {
    func axis(_ columns: Int, hidesTitle: Bool = false) -> String {
      var chart = Chart(
        Scene(.chart(x: Axis(1...128, scale: .log, title: "evaluations of the network"), y: Axis(0...1))))
      chart.hidesTitle = hidesTitle
      return chart.render(columns: columns, rows: 6, glyphs: .ascii).lines[5]
    }
    #expect(axis(80).hasSuffix("evaluations of the network"))
    #expect(axis(34).hasSuffix("evaluations") && axis(34).contains("10"))
    #expect(!axis(80).contains("100") && axis(80, hidesTitle: true).contains(/50 +100 *$/))
  }
}
