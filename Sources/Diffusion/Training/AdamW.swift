import CKernels
import RealModule

/// Adam with decoupled weight decay (Loshchilov and Hutter 2019), as PyTorch's `AdamW` computes it.
///
///     p ← p·(1 − lr·weightDecay)
///     m ← beta1·m + (1 − beta1)·g        v ← beta2·v + (1 − beta2)·g²
///     p ← p − lr · m/(1 − beta1ᵗ) / (√(v/(1 − beta2ᵗ)) + epsilon)
package struct AdamW: Equatable, Sendable {
  package struct Settings: Codable, Equatable, Sendable {
    package var beta1 = 0.9
    package var beta2: Double
    package var epsilon = 1e-8
    package var weightDecay: Double

    package init(weightDecay: Double, beta2: Double = 0.999) {
      self.weightDecay = weightDecay
      self.beta2 = beta2
    }
  }

  package var settings: Settings
  /// Steps taken, t.
  package private(set) var stepCount = 0
  /// Running mean of the gradient, m, as long as the parameters.
  package private(set) var moment1: [Float]
  /// Running mean of its square, v.
  package private(set) var moment2: [Float]

  package init(_ settings: Settings, count: Int) {
    self.settings = settings
    moment1 = [Float](repeating: 0, count: count)
    moment2 = moment1
  }

  /// Updates `parameters` along `scale · gradient` with learning rate `rate`.
  ///
  /// - Parameters:
  ///   - scale: What clipping multiplies the gradient by; 1 leaves it alone.
  ///   - average: Follows the new parameters, if there is one: in the same pass, while they are at hand.
  ///   - workers: Threads that share the parameters.
  package mutating func update(
    _ parameters: inout [Float], gradient: [Float], scale: Double, rate: Double, average: inout MovingAverage?,
    workers: Workers
  ) {
    precondition(
      parameters.count == moment1.count && gradient.count == moment1.count,
      "\(parameters.count) parameters and \(gradient.count) gradients; expected \(moment1.count)")
    stepCount += 1
    var step = kernel_adamw_step(
      scale: Float(scale), rate: Float(rate), beta1: Float(settings.beta1), beta2: Float(settings.beta2),
      epsilon: Float(settings.epsilon), weight_decay: Float(settings.weightDecay),
      bias1: Float(1 - Double.pow(settings.beta1, stepCount)), bias2: Float(1 - Double.pow(settings.beta2, stepCount)),
      average_share: 0)
    if average == nil {
      Self.update(step, workers, &parameters, &moment1, &moment2, nil, gradient, parameters.count)
    }
    average?.update { average, share in
      step.average_share = share
      Self.update(step, workers, &parameters, &moment1, &moment2, average, gradient, parameters.count)
    }
  }

  // Called with arrays for pointers: that keeps them in place until it returns.
  private static func update(
    _ step: kernel_adamw_step, _ workers: Workers, _ parameters: UnsafeMutablePointer<Float>,
    _ moment1: UnsafeMutablePointer<Float>, _ moment2: UnsafeMutablePointer<Float>,
    _ average: UnsafeMutablePointer<Float>?, _ gradient: UnsafePointer<Float>, _ count: Int
  ) {
    let update = Update(
      step: step, parameters: parameters, moment1: moment1, moment2: moment2, average: average, gradient: gradient,
      count: count, isShared: workers.count > 1)
    workers.run((count + Update.chunk - 1) / Update.chunk, update)
  }
}

/// A chunk of the parameters an iteration.
private struct Update: ParallelLoop {
  static let chunk = 8192

  let step: kernel_adamw_step
  let parameters: UnsafeMutablePointer<Float>
  let moment1: UnsafeMutablePointer<Float>
  let moment2: UnsafeMutablePointer<Float>
  let average: UnsafeMutablePointer<Float>?
  let gradient: UnsafePointer<Float>
  let count: Int
  let isShared: Bool

  func run(_ index: Int, worker: Int) {
    let first = index * Self.chunk
    kernel_adamw(
      InstructionSet.best.kernel, step, parameters + first, moment1 + first, moment2 + first,
      average.map { $0 + first }, gradient + first, min(Self.chunk, count - first), isShared)
  }
}
