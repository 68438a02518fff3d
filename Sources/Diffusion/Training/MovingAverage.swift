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

  /// Counts an update, and lets `body` make it: it is given the average and `1 − d`, the share of the way to the new
  /// parameters.
  mutating func update(_ body: (UnsafeMutablePointer<Float>, Float) -> Void) {
    let t = Double(updates)
    body(&parameters, Float(1 - min(decay, (1 + t) / (10 + t))))
    updates += 1
  }
}
