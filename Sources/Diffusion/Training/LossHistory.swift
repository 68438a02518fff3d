import Expect

/// The smoothed loss of a run in bounded memory. Whenever it is full, every other value is dropped, and from then on
/// values are kept half as often.
package struct LossHistory: Equatable, Sendable {
  /// `smoothed` after `stride` steps, after twice as many, and so on.
  package private(set) var values: [Double] = []
  private var counters: Counters

  /// All that it is, beside the values.
  package struct Counters: Codable, Equatable, Sendable {
    /// The most values that are kept; even.
    package var capacity: Int
    /// Steps from one value to the next.
    package var stride = 1
    var stepsSinceLast = 0
    var average = 0.0
    var weight = 0.0
  }

  /// - Parameter capacity: The most values that are kept; even.
  package init(capacity: Int = 1024) {
    expect(capacity > 0 && capacity % 2 == 0, "a history of \(capacity) values")
    counters = Counters(capacity: capacity)
    // Training should not ask for memory.
    values.reserveCapacity(capacity)
  }

  /// The history that another was; nil if there is none with these values.
  package init?(values: [Double], counters: Counters) {
    guard counters.capacity > 0, counters.capacity % 2 == 0, counters.capacity <= 1 << 20,
      values.count < counters.capacity, counters.stride > 0, (0..<counters.stride).contains(counters.stepsSinceLast),
      counters.average.isFinite, (0...1).contains(counters.weight), values.allSatisfy(\.isFinite)
    else { return nil }
    self.init(capacity: counters.capacity)
    self.values += values
    self.counters = counters
  }

  /// What `values` do not say, to keep it by.
  package var rest: Counters { counters }

  /// Steps from one value to the next.
  package var stride: Int { counters.stride }

  /// Losses that were appended.
  package var count: Int { values.count * stride + counters.stepsSinceLast }

  /// The exponential moving average over about the last hundred steps, unbiased from the first; nil before it.
  package var smoothed: Double? { counters.weight > 0 ? counters.average / counters.weight : nil }

  /// What it was so many steps ago, or two values if those are more steps; nil if it does not go back as far.
  package func value(stepsAgo steps: Int) -> Double? {
    let back = max(steps / stride, 2)
    return values.count > back ? values[values.count - 1 - back] : nil
  }

  /// Of the next step.
  package mutating func append(_ loss: Double) {
    counters.average = 0.99 * counters.average + 0.01 * loss
    counters.weight = 0.99 * counters.weight + 0.01
    counters.stepsSinceLast += 1
    guard counters.stepsSinceLast == stride else { return }
    values.append(counters.average / counters.weight)
    counters.stepsSinceLast = 0
    guard values.count == counters.capacity else { return }
    let half = values.count / 2
    for i in 0..<half { values[i] = values[2 * i + 1] }
    values.removeLast(half)
    counters.stride *= 2
  }
}
