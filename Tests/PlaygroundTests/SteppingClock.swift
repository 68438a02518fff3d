import Synchronization

@testable import Playground

/// Time that passes by a millisecond whenever somebody looks, however busy the machine is.
final class SteppingClock: Sendable {
  private let start = ContinuousClock.now
  private let counter = Counter()

  /// How often somebody looked, which is how many milliseconds have passed.
  var looks: Int { counter.count }
  var clock: Clock { { [self] in start + .milliseconds(counter.add()) } }
}

final class Counter: Sendable {
  private let value = Atomic(0)

  var count: Int { value.load(ordering: .relaxed) }

  /// - Returns: The new count.
  @discardableResult
  func add() -> Int { value.add(1, ordering: .relaxed).newValue }
}
