import Expect
import CKernels
import Dispatch
import Synchronization

/// A loop whose iterations may run at the same time, on different threads. (A closure would serve as well, but one that
/// other threads can see has to be allocated, and a training step should not allocate.)
protocol ParallelLoop {
  /// - Parameter worker: Which thread runs the iteration, `0..<workers.count`, for memory that belongs to a thread.
  func run(_ index: Int, worker: Int)
}

/// Threads that share loops, down to loops of some ten microseconds: a training step of 32 rows is three of them.
///
/// - Waking a sleeping thread takes 50 µs. A helper that has done its part therefore looks out for the next loop for a
///   while before it goes back to Dispatch.
/// - Each worker has a share of the iterations, the same in every loop of as many, so that it finds in its core's cache
///   what it left there. When done it takes from the others' shares: a thread that the system holds up delays one
///   iteration, not its share.
/// - The calling thread can do everything alone, so that nothing depends on helpers turning up.
package final class Workers: Sendable {
  /// One worker for each core, for callers that bring none.
  package static let shared = Workers(count: kernel_processors())
  /// No helpers: each caller works on its own thread alone.
  package static let single = Workers(count: 1)

  /// Threads, the calling one included.
  package let count: Int

  /// Of each worker's share: the number of the loop in the upper half, iterations that no one has claimed in the lower.
  // Safe: the pointer stays the same, and what it points to is atomic.
  private nonisolated(unsafe) let shares: UnsafeMutablePointer<Atomic<UInt64>>
  private let unfinished = Atomic<Int>(0)
  /// One bit for each helper that is awake.
  private let awake = Atomic<UInt64>(0)
  private let isBusy = Atomic<Bool>(false)
  /// The loop, and what runs one of its iterations.
  // Safe: written while no iteration is left to claim, read only by who has claimed one.
  private nonisolated(unsafe) var loop:
    (body: UnsafeRawPointer, iterations: Int, iteration: (UnsafeRawPointer, Int, Int) -> Void)?

  /// How long a helper looks out for the next loop, in nanoseconds.
  private static let patience: UInt64 = 200_000

  /// Threads that wait for work until the last copy is gone; the caller of `run` is one of them.
  package init(count: Int) {
    expect(count >= 1, "\(count) threads")
    self.count = min(count, 64)
    shares = .allocate(capacity: self.count)
    for worker in 0..<self.count { (shares + worker).initialize(to: Atomic(0)) }
  }

  deinit {
    shares.deinitialize(count: count)
    shares.deallocate()
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
      self.loop = (
        UnsafeRawPointer(pointer), iterations,
        { $0.assumingMemoryBound(to: Loop.self).pointee.run($1, worker: $2) }
      )
      unfinished.store(iterations, ordering: .relaxed)
      for worker in 0..<count {
        let number = (shares[worker].load(ordering: .relaxed) >> 32) &+ 1
        shares[worker].store(number << 32 | UInt64(share(worker, of: iterations).count), ordering: .releasing)
      }
      while runNextIteration(worker: 0) {}
      var pauses = 0
      while unfinished.load(ordering: .acquiring) > 0 {
        pauses += 1
        kernel_pause(pauses > 1000)
      }
    }
    isBusy.store(false, ordering: .releasing)
  }

  private func share(_ worker: Int, of iterations: Int) -> Range<Int> {
    iterations * worker / count..<iterations * (worker + 1) / count
  }

  /// Runs an iteration of the worker's own share, else one of the next worker's, and so on; false if none is left.
  private func runNextIteration(worker: Int) -> Bool {
    for owner in 0..<count {
      let owner = (worker + owner) % count
      var seen = shares[owner].load(ordering: .acquiring)
      while seen & 0xffff_ffff > 0 {
        let (exchanged, original) = shares[owner].compareExchange(
          expected: seen, desired: seen - 1, ordering: .acquiringAndReleasing)
        if exchanged, let loop {
          let share = share(owner, of: loop.iterations)
          loop.iteration(loop.body, share.upperBound - Int(seen & 0xffff_ffff), worker)
          unfinished.subtract(1, ordering: .releasing)
          return true
        }
        seen = original
      }
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
