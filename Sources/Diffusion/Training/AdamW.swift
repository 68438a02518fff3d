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
    package var beta2 = 0.999
    package var epsilon = 1e-8
    package var weightDecay: Double

    package init(weightDecay: Double) {
      self.weightDecay = weightDecay
    }
  }

  package let settings: Settings
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
  /// - Parameter scale: What clipping multiplies the gradient by; 1 leaves it alone.
  package mutating func update(_ parameters: inout [Float], gradient: [Float], scale: Double, rate: Double) {
    precondition(
      parameters.count == moment1.count && gradient.count == moment1.count,
      "\(parameters.count) parameters and \(gradient.count) gradients; expected \(moment1.count)")
    stepCount += 1
    kernel_adamw(
      &parameters, &moment1, &moment2, gradient, parameters.count, Float(scale), Float(rate), Float(settings.beta1),
      Float(settings.beta2), Float(settings.epsilon), Float(settings.weightDecay),
      Float(1 - Double.pow(settings.beta1, stepCount)), Float(1 - Double.pow(settings.beta2, stepCount)))
  }
}
