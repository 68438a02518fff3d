import CKernels
import Dispatch
import Synchronization

/// A loop whose iterations may run at the same time, on different threads. (A closure would serve as well, but one that
/// other threads can see has to be allocated, and a training step should not allocate.)
protocol ParallelLoop {
  /// - Parameter worker: Which thread runs the iteration, `0..<workers.count`, for memory that belongs to a thread.
  func run(_ index: Int, worker: Int)
}

/// Threads that share loops, down to loops of some ten microseconds: a training step of 32 rows is four of them.
///
/// Waking a sleeping thread takes 50 µs. A helper that has done its part therefore looks out for the next loop for a
/// while before it goes back to Dispatch. An iteration goes to whoever asks first, so that a thread which the system
/// holds up delays one iteration, not its share; and the calling thread can do everything alone, so that nothing
/// depends on helpers turning up.
package final class Workers: Sendable {
  /// One worker for each core, for callers that bring none.
  package static let shared = Workers(count: kernel_processors())

  /// Threads, the calling one included.
  package let count: Int

  /// The number of the loop in the upper half, how many of its iterations no one has claimed in the lower half.
  private let claims = Atomic<UInt64>(0)
  private let unfinished = Atomic<Int>(0)
  /// One bit for each helper that is awake.
  private let awake = Atomic<UInt64>(0)
  private let isBusy = Atomic<Bool>(false)
  // Safe: written while no iteration is left to claim, read only by who has claimed one.
  private nonisolated(unsafe) var loop: UnsafeRawPointer?
  private nonisolated(unsafe) var iteration: (UnsafeRawPointer, Int, Int) -> Void = { _, _, _ in }

  /// How long a helper looks out for the next loop, in nanoseconds.
  private static let patience: UInt64 = 200_000

  package init(count: Int) {
    precondition(count >= 1, "\(count) threads")
    self.count = min(count, 64)
  }

  /// Runs all iterations and returns when they have ended. Called from an iteration, or by two threads at once, one of
  /// the loops runs on its caller's thread alone.
  func run<Loop: ParallelLoop>(_ iterations: Int, _ loop: Loop) {
    guard iterations > 1, count > 1, !isBusy.exchange(true, ordering: .acquiring) else {
      for index in 0..<iterations { loop.run(index, worker: 0) }
      return
    }
    wakeHelpers()
    withUnsafePointer(to: loop) { pointer in
      self.loop = UnsafeRawPointer(pointer)
      iteration = { $0.assumingMemoryBound(to: Loop.self).pointee.run($1, worker: $2) }
      unfinished.store(iterations, ordering: .relaxed)
      let number = (claims.load(ordering: .relaxed) >> 32) &+ 1
      claims.store(number << 32 | UInt64(iterations), ordering: .releasing)
      while runNextIteration(worker: 0) {}
      var pauses = 0
      while unfinished.load(ordering: .acquiring) > 0 {
        pauses += 1
        kernel_pause(pauses > 1000)
      }
    }
    isBusy.store(false, ordering: .releasing)
  }

  private func runNextIteration(worker: Int) -> Bool {
    var seen = claims.load(ordering: .acquiring)
    while seen & 0xffff_ffff > 0 {
      let (exchanged, original) = claims.compareExchange(
        expected: seen, desired: seen - 1, ordering: .acquiringAndReleasing)
      seen = original
      guard exchanged, let loop else { continue }
      iteration(loop, Int(seen & 0xffff_ffff) - 1, worker)
      unfinished.subtract(1, ordering: .releasing)
      return true
    }
    return false
  }

  private func wakeHelpers() {
    var asleep = ((1 << UInt64(count)) &- 2) & ~awake.load(ordering: .relaxed)
    while asleep != 0 {
      let helper = asleep.trailingZeroBitCount
      asleep &= asleep - 1
      awake.bitwiseOr(1 << UInt64(helper), ordering: .relaxed)
      DispatchQueue.global(qos: .userInitiated).async { self.help(as: helper) }
    }
  }

  private func help(as helper: Int) {
    var deadline = DispatchTime.now().uptimeNanoseconds + Self.patience
    repeat {
      while runNextIteration(worker: helper) { deadline = DispatchTime.now().uptimeNanoseconds + Self.patience }
      kernel_pause(false)
    } while DispatchTime.now().uptimeNanoseconds < deadline
    awake.bitwiseAnd(~(1 << UInt64(helper)), ordering: .relaxed)
  }
}
