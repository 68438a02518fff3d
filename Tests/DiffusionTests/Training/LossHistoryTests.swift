import Diffusion
import Testing

@Suite("LossHistory")
struct LossHistoryTests {
  @Test("starts with nothing, and the first loss is its own average")
  func start() {
    var history = LossHistory()
    #expect(history.smoothed == nil && history.values.isEmpty)
    history.append(3)
    #expect(abs((history.smoothed ?? 0) - 3) < 1e-12)
  }

  @Test("stays within its capacity and covers the whole run")
  func capacity() {
    var history = LossHistory(capacity: 8)
    for _ in 0..<100 { history.append(2) }
    #expect(history.stride == 16)
    #expect(history.values.count == 100 / 16)
    #expect(history.values.allSatisfy { abs($0 - 2) < 1e-12 })
  }

  @Test("looks back by steps, by two values at least, and no further than it goes")
  func past() {
    var history = LossHistory(capacity: 8)
    for loss in 0..<12 { history.append(Double(loss)) }
    let values = history.values
    #expect(history.stride == 2 && values.count == 6)
    #expect(history.value(stepsAgo: 8) == values[1] && history.value(stepsAgo: 0) == values[3])
    #expect(history.value(stepsAgo: 12) == nil)
  }

  @Test("follows about the last hundred steps")
  func smoothing() {
    var history = LossHistory()
    for _ in 0..<1000 { history.append(1) }
    for _ in 0..<69 { history.append(0) }
    #expect(abs((history.smoothed ?? 0) - 0.5) < 0.01)
  }
}
