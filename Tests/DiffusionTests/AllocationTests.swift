import CAllocations
import Diffusion
import Testing

@Suite("Allocations", .enabled(if: allocations_of_this_thread() >= 0))
struct AllocationTests {
  @Test("a thousand training steps ask for no memory")
  func steps() throws {
    #expect(try allocations(threads: 1) == 0)
  }

  @Test("with two threads, only waking a helper that went to sleep does")
  func sharedSteps() throws {
    // A helper goes to sleep when the system holds this thread up: now and then, not at every step.
    #expect(try allocations(threads: 2) < 1000)
  }

  /// What a thousand steps ask for on the thread that takes them; what helpers run is in C and asks for nothing.
  private func allocations(threads: Int) throws -> Int {
    var experiment = Experiment.standard
    (experiment.hidden, experiment.batchSize) = ([24, 24], 300)
    var trainer = Trainer(experiment, dataset: experiment.data.load(), seed: 0, threads: threads)
    for _ in 0..<10 { try trainer.step() }
    let before = allocations_of_this_thread()
    for _ in 0..<1000 { try trainer.step() }
    return Int(allocations_of_this_thread() - before)
  }

  @Test("an array is counted, so the test above means something")
  func counting() {
    let before = allocations_of_this_thread()
    let array = [Int](repeating: 0, count: 1000 + Int(before & 1))
    #expect(allocations_of_this_thread() > before && array.count >= 1000)
  }
}
