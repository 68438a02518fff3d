/// The smoothed loss of a run in bounded memory. Whenever it is full, every other value is dropped, and from then on
/// values are kept half as often.
package struct LossHistory: Equatable, Sendable {
  /// `smoothed` after `stride` steps, after twice as many, and so on.
  package private(set) var values: [Double] = []
  /// Steps from one value to the next.
  package private(set) var stride = 1

  private let capacity: Int
  private var stepsSinceLast = 0
  private var average = 0.0
  private var weight = 0.0

  /// - Parameter capacity: The most values that are kept; even.
  package init(capacity: Int = 1024) {
    precondition(capacity > 0 && capacity % 2 == 0, "a history of \(capacity) values")
    self.capacity = capacity
  }

  /// The exponential moving average over about the last hundred steps, unbiased from the first; nil before it.
  package var smoothed: Double? { weight > 0 ? average / weight : nil }

  package mutating func append(_ loss: Double) {
    average = 0.99 * average + 0.01 * loss
    weight = 0.99 * weight + 0.01
    stepsSinceLast += 1
    guard stepsSinceLast == stride else { return }
    values.append(average / weight)
    stepsSinceLast = 0
    guard values.count == capacity else { return }
    values = Swift.stride(from: 1, to: capacity, by: 2).map { values[$0] }
    stride *= 2
  }
}
