import Expect
import CKernels
import RealModule

/// Adam with decoupled weight decay (Loshchilov and Hutter 2019), as PyTorch's `AdamW` computes it.
///
///     p ← p·(1 − lr·weightDecay)
///     m ← beta1·m + (1 − beta1)·g        v ← beta2·v + (1 − beta2)·g²
///     p ← p − lr · m/(1 − beta1ᵗ) / (√(v/(1 − beta2ᵗ)) + epsilon)
package struct AdamW: FirstOrderOptimizer {
  package static let name = "adamw"
  package static let summary = "Adam with decoupled weight decay (Loshchilov and Hutter 2019)"
  package static let hyperparameters: [Hyperparameter] = [
    .beta1(0.9), .beta2(0.999), .epsilon(1e-8), .weightDecay(0.01),
  ]

  package static let standardRate = 1e-3

  private var numbers: AdamWNumbers
  private let layout: [MLP.Tensor]
  private let instructionSet: InstructionSet
  /// Steps taken, t.
  package private(set) var stepCount = 0
  /// Running mean of the gradient, m, as long as the parameters.
  package internal(set) var moment1: [Float]
  /// Running mean of its square, v.
  package internal(set) var moment2: [Float]

  package init(_ settings: OptimizerSettings, network: MLP) {
    numbers = AdamWNumbers(settings)
    layout = network.tensors
    instructionSet = network.instructionSet
    moment1 = [Float](repeating: 0, count: network.parameters.count)
    moment2 = moment1
  }

  package mutating func adopt(_ settings: OptimizerSettings) { numbers = AdamWNumbers(settings) }

  /// Under the names of PyTorch's `AdamW`.
  package var state: OptimizerState {
    OptimizerState(
      tensors: MLP.tensors(layout: layout, "exp_avg.", moment1) + MLP.tensors(layout: layout, "exp_avg_sq.", moment2),
      numbers: ["step": Double(stepCount)])
  }

  package mutating func restore(_ state: OptimizerState, network: MLP) throws(CheckpointError) {
    let steps = try state.count("step")
    let moments = (
      try network.buffer("exp_avg.", from: state.tensors), try network.squares("exp_avg_sq.", from: state.tensors)
    )
    (stepCount, moment1, moment2) = (steps, moments.0, moments.1)
  }

  package mutating func update(
    _ parameters: inout [Float], gradient: [Float], scale: Double, rate: Double, workers: Workers
  ) {
    expect(
      parameters.count == moment1.count && gradient.count == moment1.count,
      "\(parameters.count) parameters and \(gradient.count) gradients; expected \(moment1.count)")
    stepCount += 1
    let step = numbers.step(stepCount, scale: scale, rate: rate)
    Self.update(
      instructionSet.kernel, step, workers, &parameters, &moment1, &moment2, gradient, parameters.count)
  }

  // Called with arrays for pointers: that keeps them in place until it returns.
  private static func update(
    _ kernel: kernel_isa, _ step: kernel_adamw_step, _ workers: Workers, _ parameters: UnsafeMutablePointer<Float>,
    _ moment1: UnsafeMutablePointer<Float>, _ moment2: UnsafeMutablePointer<Float>, _ gradient: UnsafePointer<Float>,
    _ count: Int
  ) {
    let update = Update(
      kernel: kernel, step: step, parameters: parameters, moment1: moment1, moment2: moment2, gradient: gradient,
      count: count, isShared: workers.count > 1)
    workers.run(ParameterChunks.count(of: count), update)
  }
}

/// The hyperparameters, looked up once.
struct AdamWNumbers: Sendable {
  private let beta1, beta2, epsilon, weightDecay: Double

  init(_ settings: OptimizerSettings) {
    (beta1, beta2) = (settings["beta1"], settings["beta2"])
    (epsilon, weightDecay) = (settings["epsilon"], settings["weight-decay"])
  }

  /// The constants of step t, counted from 1.
  func step(_ t: Int, scale: Double, rate: Double) -> kernel_adamw_step {
    kernel_adamw_step(
      scale: Float(scale), rate: Float(rate), beta1: Float(beta1), beta2: Float(beta2), epsilon: Float(epsilon),
      weight_decay: Float(weightDecay), bias1: Float(1 - Double.pow(beta1, t)),
      bias2: Float(1 - Double.pow(beta2, t)))
  }
}

/// A chunk of the parameters an iteration.
private struct Update: ParallelLoop {
  let kernel: kernel_isa
  let step: kernel_adamw_step
  let parameters: UnsafeMutablePointer<Float>
  let moment1: UnsafeMutablePointer<Float>
  let moment2: UnsafeMutablePointer<Float>
  let gradient: UnsafePointer<Float>
  let count: Int
  let isShared: Bool

  func run(_ index: Int, worker: Int) {
    let chunk = ParameterChunks.chunk(index, of: count)
    kernel_adamw(
      kernel, step, parameters + chunk.lowerBound, moment1 + chunk.lowerBound, moment2 + chunk.lowerBound,
      gradient + chunk.lowerBound, chunk.count, isShared)
  }
}
