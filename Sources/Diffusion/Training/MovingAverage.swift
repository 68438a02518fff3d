import Expect
import CKernels

/// An exponential moving average of the parameters: smoother than the last step's, and often better to sample from.
///
///     average ← average + (1 − d)·(p − average),   d = min(decay, (1 + t) / (10 + t)) after t updates
///
/// The smaller decay of the first updates lets it forget the initial weights (as TensorFlow's
/// `ExponentialMovingAverage` does with `num_updates`).
package struct MovingAverage: Equatable, Sendable {
  /// Below 1; the average looks back over about 1/(1 − decay) steps.
  package var decay: Double
  /// In the layout of the network's parameters.
  package private(set) var parameters: [Float]
  /// How often it has been updated, t.
  package private(set) var updates: Int

  /// - Parameters:
  ///   - parameters: What the average begins with.
  ///   - updates: How often it has been updated before.
  package init(decay: Double, of parameters: [Float], updates: Int = 0) {
    expect((0..<1).contains(decay) && updates >= 0, "a decay of \(decay) after \(updates) updates")
    self.decay = decay
    self.parameters = parameters
    self.updates = updates
  }

  /// Moves towards the network's parameters as they are after a step.
  package mutating func update(towards new: [Float], instructionSet: InstructionSet, workers: Workers) {
    expect(new.count == parameters.count, "the average is of another network")
    let t = Double(updates)
    Self.update(
      instructionSet.kernel, Float(1 - min(decay, (1 + t) / (10 + t))), workers, &parameters,
      new, parameters.count)
    updates += 1
  }

  // Called with arrays for pointers: that keeps them in place until it returns.
  private static func update(
    _ kernel: kernel_isa, _ share: Float, _ workers: Workers, _ average: UnsafeMutablePointer<Float>,
    _ parameters: UnsafePointer<Float>, _ count: Int
  ) {
    workers.run(
      ParameterChunks.count(of: count),
      Update(kernel: kernel, share: share, average: average, parameters: parameters, count: count))
  }
}

/// A chunk of the parameters an iteration.
private struct Update: ParallelLoop {
  let kernel: kernel_isa
  let share: Float
  let average: UnsafeMutablePointer<Float>
  let parameters: UnsafePointer<Float>
  let count: Int

  func run(_ index: Int, worker: Int) {
    let chunk = ParameterChunks.chunk(index, of: count)
    kernel_average(kernel, share, average + chunk.lowerBound, parameters + chunk.lowerBound, chunk.count)
  }
}
