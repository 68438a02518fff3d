import CAllocations
import Diffusion
import Testing

@Suite("Allocations", .enabled(if: allocations_of_this_thread() >= 0))
struct AllocationTests {
  @Test("a thousand training steps ask for no memory")
  func steps() throws {
    var trainer = try makeTrainer(threads: 1)
    #expect(try allocations(of: 1000, with: &trainer) == 0)
  }

  @Test("with two threads, only waking a helper that went to sleep does")
  func sharedSteps() throws {
    var trainer = try makeTrainer(threads: 2)
    // A helper goes to sleep when the system holds this thread up, at any time on a busy machine, but not at every step.
    let isQuietOnce = try (0..<10_000).contains { _ in try allocations(of: 10, with: &trainer) == 0 }
    #expect(isQuietOnce)
  }

  /// A trainer that has everything it needs.
  private func makeTrainer(threads: Int) throws -> Run {
    var experiment = Experiment.standard
    (experiment.hidden, experiment.batchSize) = ([24, 24], 300)
    var trainer = Run(experiment, dataset: experiment.loadData(), seed: 0, threads: threads)
    for _ in 0..<10 { try trainer.step() }
    return trainer
  }

  /// What so many steps ask for on the thread that takes them.
  private func allocations(of steps: Int, with trainer: inout Run) throws -> Int {
    let before = allocations_of_this_thread()
    for _ in 0..<steps { try trainer.step() }
    return Int(allocations_of_this_thread() - before)
  }

  @Test("an array is counted, so the test above means something")
  func counting() {
    let before = allocations_of_this_thread()
    let array = [Int](repeating: 0, count: 1000 + Int(before & 1))
    #expect(allocations_of_this_thread() > before && array.count >= 1000)
  }
}
