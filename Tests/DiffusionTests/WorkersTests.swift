import Dispatch
import Synchronization
import Testing

@testable import Diffusion

@Suite("Workers")
struct WorkersTests {
  /// Counts how often each iteration runs, and whether a worker ran two at once.
  private final class Tally: Sendable {
    let runs: Mutex<[Int]>
    let active = Mutex<Set<Int>>([])
    let collisions = Mutex(0)

    init(_ iterations: Int) { runs = Mutex([Int](repeating: 0, count: iterations)) }
  }

  private struct Loop: ParallelLoop {
    let tally: Tally

    func run(_ index: Int, worker: Int) {
      if !tally.active.withLock({ $0.insert(worker).inserted }) { tally.collisions.withLock { $0 += 1 } }
      tally.runs.withLock { $0[index] += 1 }
      tally.active.withLock { _ = $0.remove(worker) }
    }
  }

  @Test("every iteration runs once, whatever the number of threads", arguments: [1, 2, 3, 8])
  func once(threads: Int) {
    let workers = Workers(count: threads)
    for iterations in [0, 1, 2, 3, 7, 64, 1000] + [Int](repeating: 5, count: 300) {
      let tally = Tally(iterations)
      workers.run(iterations, Loop(tally: tally))
      #expect(tally.runs.withLock { $0.allSatisfy { $0 == 1 } })
      #expect(tally.collisions.withLock { $0 } == 0)
    }
  }

  @Test("two threads may use the same workers at the same time, and a loop may be run from a loop")
  func busy() {
    struct Outer: ParallelLoop {
      let workers: Workers
      let tallies: [Tally]
      func run(_ index: Int, worker: Int) { workers.run(50, Loop(tally: tallies[index])) }
    }
    let workers = Workers(count: 4)
    let tallies = (0..<40).map { _ in Tally(50) }
    DispatchQueue.concurrentPerform(iterations: 4) { caller in
      workers.run(10, Outer(workers: workers, tallies: Array(tallies[(10 * caller)..<(10 * caller + 10)])))
    }
    for tally in tallies { #expect(tally.runs.withLock { $0.allSatisfy { $0 == 1 } }) }
  }

  @Test("helpers that went to sleep come back")
  func sleep() async throws {
    let workers = Workers(count: 2)
    for _ in 0..<5 {
      let tally = Tally(100)
      workers.run(100, Loop(tally: tally))
      #expect(tally.runs.withLock { $0.allSatisfy { $0 == 1 } })
      try await Task.sleep(for: .milliseconds(2))
    }
  }
}
