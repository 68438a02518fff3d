import Expect

/// The sign of a mean gradient, a rule found by a search over programs (Chen et al. 2023, "Symbolic discovery of
/// optimization algorithms", arXiv 2302.06675, program 1):
///
///     c = beta1·m + (1 − beta1)·g
///     p ← p − lr·(sign(c) + weightDecay·p)
///     m ← beta2·m + (1 − beta2)·g
package struct Lion: FirstOrderOptimizer {
  package static let name = "lion"
  package static let summary = "the sign of a mean gradient (Chen et al. 2023)"
  package static let hyperparameters: [Hyperparameter] = [.beta1(0.9), .beta2(0.99), .weightDecay(1e-3)]
  package static let standardRate = 3e-4

  private var settings: OptimizerSettings
  private let layout: [MLP.Tensor]
  /// Running mean of the gradient, m, as long as the parameters.
  package private(set) var moment: [Float]

  package init(_ settings: OptimizerSettings, network: MLP) {
    self.settings = settings
    layout = network.tensors
    moment = [Float](repeating: 0, count: network.parameters.count)
  }

  package mutating func adopt(_ settings: OptimizerSettings) { self.settings = settings }

  package var state: OptimizerState { OptimizerState(tensors: MLP.tensors(layout: layout, "exp_avg.", moment)) }

  package mutating func restore(_ state: OptimizerState, network: MLP) throws(CheckpointError) {
    moment = try network.buffer("exp_avg.", from: state.tensors)
  }

  package mutating func update(
    _ parameters: inout [Float], gradient: [Float], scale: Double, rate: Double, workers: Workers
  ) {
    let count = moment.count
    expect(parameters.count == count && gradient.count == count, "\(gradient.count) gradients; expected \(count)")
    let (beta1, beta2) = (Float(settings["beta1"]), Float(settings["beta2"]))
    let (scale, rate, decay) = (Float(scale), Float(rate), Float(rate * settings["weight-decay"]))
    parameters.withUnsafeMutableBufferPointer { p in
      moment.withUnsafeMutableBufferPointer { m in
        gradient.withUnsafeBufferPointer { g in
          workers.run(
            ParameterChunks.count(of: count),
            Update(p: p, m: m, g: g, beta1: beta1, beta2: beta2, scale: scale, rate: rate, decay: decay))
        }
      }
    }
  }
}

/// A chunk of the parameters an iteration.
private struct Update: ParallelLoop {
  let p: UnsafeMutableBufferPointer<Float>
  let m: UnsafeMutableBufferPointer<Float>
  let g: UnsafeBufferPointer<Float>
  let beta1, beta2, scale, rate, decay: Float

  func run(_ index: Int, worker: Int) {
    for i in ParameterChunks.chunk(index, of: p.count) {
      let gradient = scale * g[i]
      let c = beta1 * m[i] + (1 - beta1) * gradient
      let sign: Float = c > 0 ? 1 : c < 0 ? -1 : 0
      p[i] -= decay * p[i] + rate * sign
      m[i] = beta2 * m[i] + (1 - beta2) * gradient
    }
  }
}
