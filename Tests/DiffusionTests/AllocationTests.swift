import CAllocations
import Diffusion
import Testing

@Suite("Allocations", .enabled(if: allocations_of_this_thread() >= 0))
struct AllocationTests {
  @Test("a thousand training steps ask for no memory")
  func steps() throws {
    var experiment = Experiment.standard
    (experiment.hidden, experiment.batchSize) = ([24, 24], 300)
    var trainer = Trainer(experiment, dataset: experiment.data.load(), seed: 0, threads: 1)
    for _ in 0..<10 { try trainer.step() }
    let before = allocations_of_this_thread()
    for _ in 0..<1000 { try trainer.step() }
    #expect(allocations_of_this_thread() == before)
  }

  @Test("an array is counted, so the test above means something")
  func counting() {
    let before = allocations_of_this_thread()
    let array = [Int](repeating: 0, count: 1000 + Int(before & 1))
    #expect(allocations_of_this_thread() > before && array.count >= 1000)
  }
}
