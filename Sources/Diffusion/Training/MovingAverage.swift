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
  private var updates = 0

  /// - Parameter parameters: What the average begins with.
  package init(decay: Double, of parameters: [Float]) {
    precondition((0..<1).contains(decay), "a decay of \(decay)")
    self.decay = decay
    self.parameters = parameters
  }

  /// - Parameter workers: Threads that share the parameters.
  package mutating func update(with parameters: [Float], workers: Workers) {
    precondition(parameters.count == self.parameters.count, "\(parameters.count) parameters")
    let t = Double(updates)
    let decay = Float(min(decay, (1 + t) / (10 + t)))
    Self.update(decay, workers, parameters, &self.parameters, parameters.count)
    updates += 1
  }

  // Called with arrays for pointers: that keeps them in place until it returns.
  private static func update(
    _ decay: Float, _ workers: Workers, _ parameters: UnsafePointer<Float>, _ average: UnsafeMutablePointer<Float>,
    _ count: Int
  ) {
    let update = Update(decay: decay, parameters: parameters, average: average, count: count)
    workers.run((count + Update.chunk - 1) / Update.chunk, update)
  }
}

/// A chunk of the parameters an iteration.
private struct Update: ParallelLoop {
  static let chunk = 16_384

  let decay: Float
  let parameters: UnsafePointer<Float>
  let average: UnsafeMutablePointer<Float>
  let count: Int

  func run(_ index: Int, worker: Int) {
    let first = index * Self.chunk
    kernel_average(
      InstructionSet.best.kernel, decay, parameters + first, average + first, min(Self.chunk, count - first))
  }
}
