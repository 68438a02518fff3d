import Plot
import Testing

@Suite("Moving average")
struct MovingAverageTests {
  @Test("is the mean of the values in the window")
  func mean() {
    for count in [0, 1, 7, 8, 33] {
      let values = (0..<count).map { Double($0 * $0 % 13) }
      for window in [1, 2, 7, 8, 50] {
        let expected = values.indices.map { i in
          let part = values[max(0, i + 1 - window)...i]
          return part.reduce(0, +) / Double(part.count)
        }
        let found = movingAverage(values, window: window)
        #expect(found.count == count)
        #expect(zip(found, expected).allSatisfy { abs($0 - $1) < 1e-12 })
      }
    }
  }

  @Test("a NaN spoils only the windows that it is in")
  func nan() {
    let found = movingAverage([1, 1, .nan, 1, 1, 1, 1], window: 3)
    #expect(found.map(\.isNaN) == [false, false, true, true, true, false, false])
  }
}
