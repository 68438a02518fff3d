/// An optimizer that is given the gradient, clipped by its global norm, and looks no further.
package protocol FirstOrderOptimizer: Optimizer {
  /// Moves the parameters.
  ///
  /// - Parameters:
  ///   - parameters: In the network's layout.
  ///   - gradient: In the same.
  ///   - scale: What clipping multiplies the gradient by; 1 leaves it alone.
  ///   - rate: The learning rate of this step.
  ///   - workers: Threads that may share the parameters.
  mutating func update(
    _ parameters: inout [Float], gradient: [Float], scale: Double, rate: Double, workers: Workers)
}

extension FirstOrderOptimizer {
  package mutating func step(
    _ network: inout MLP, batch: Batch, gradient: inout LossGradient, rate: Double, clipNorm: Double?,
    workers: Workers, gradientIsKnown: () -> Void
  ) throws(NonFinite) -> OptimizerReport {
    try descend(
      &network, batch: batch, gradient: &gradient, rate: rate, clipNorm: clipNorm, workers: workers,
      gradientIsKnown: gradientIsKnown)
  }

  /// The gradient at the network's parameters, and the update that follows from it.
  mutating func descend(
    _ network: inout MLP, batch: Batch, gradient: inout LossGradient, rate: Double, clipNorm: Double?,
    workers: Workers, gradientIsKnown: () -> Void
  ) throws(NonFinite) -> OptimizerReport {
    let loss = gradient.evaluate(
      network, input: batch.input, target: batch.target, weight: batch.weight, rows: batch.rows)
    gradientIsKnown()
    let norm = gradient.norm
    guard loss.isFinite, norm.isFinite else {
      throw NonFinite(tensor: batch.nonFiniteTensor(in: network) ?? gradient.nonFiniteTensor(loss, network))
    }
    let scale = clipNorm.map { clippingScale(norm: norm, maximum: $0) } ?? 1
    update(&network.parameters, gradient: gradient.values, scale: scale, rate: rate, workers: workers)
    return OptimizerReport(loss: loss, gradientNorm: norm, isClipped: scale < 1)
  }
}

extension LossGradient {
  /// The name of the first thing that is not finite, in the order in which they are computed.
  package func nonFiniteTensor(_ loss: Double, _ network: MLP) -> String {
    if !loss.isFinite { return "loss" }
    let tensor = network.tensors.first { !values[$0.range].allSatisfy(\.isFinite) }
    return tensor.map { "gradient of \($0.name)" } ?? "norm of the gradient"
  }
}
