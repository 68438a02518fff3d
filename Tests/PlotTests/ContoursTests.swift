import Plot
import Testing

@Suite("contours")
struct ContoursTests {
  @Test("of a ramp: a straight line where the level is, on every row")
  func ramp() {
    let values = (0..<4).flatMap { _ in (0..<5).map(Float.init) }
    let line = contours(of: values, columns: 5, level: 2.25).filter { $0.x.isFinite }
    #expect(line.count == 6 && line.allSatisfy { $0.x == 2.25 })
    #expect(Set(line.map(\.y)) == [0, 1, 2, 3])
  }

  @Test("of a cone: a circle")
  func cone() {
    let values = (0..<41).flatMap { row in
      (0..<41).map { column -> Float in
        let d = SIMD2(Float(column) - 20, Float(row) - 20)
        return (d * d).sum().squareRoot()
      }
    }
    let line = contours(of: values, columns: 41, level: 13).filter { $0.x.isFinite }
    #expect(line.count > 100)
    for place in line {
      let d = place - 20
      #expect(abs((d * d).sum().squareRoot() - 13) < 0.02)
    }
  }

  @Test("there are none of an empty grid, beyond the values, or beside what is not finite")
  func none() {
    #expect(contours(of: [], columns: 0, level: 0).isEmpty)
    #expect(contours(of: [1, 2, 3, 4], columns: 2, level: 9).isEmpty)
    #expect(contours(of: [1, .nan, 3, 4], columns: 2, level: 2).isEmpty)
    #expect(contours(of: [1, -.infinity, 3, 4], columns: 2, level: 2).isEmpty)
  }
}
