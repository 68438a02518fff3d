import Expect
import RealModule

/// AdamW that needs no rate schedule: it steps from z, takes the gradient at y between z and their mean x, and x is what
/// has been learned (Defazio et al. 2024, "The road less scheduled", arXiv 2405.15682, algorithm 1):
///
///     y = (1 − beta1)·z + beta1·x        g the gradient at y
///     v ← beta2·v + (1 − beta2)·g²
///     z ← z − lr·(g / (√(v/(1 − beta2ᵗ)) + epsilon) + weightDecay·y)
///     x ← (1 − c)·x + c·z,               c = lr_t² / Σ lr_i², lr the greatest rate so far
///
/// The network holds x before and after a step.
package struct ScheduleFree: FirstOrderOptimizer {
  package static let name = "schedule-free"
  package static let summary = "AdamW on a mean of its own steps, without a rate schedule (Defazio et al. 2024)"
  package static let hyperparameters: [Hyperparameter] = [
    .beta1(0.9), .beta2(0.999), .epsilon(1e-8), .weightDecay(0),
  ]
  package static let standardRate = 5e-3

  private var settings: OptimizerSettings
  private let layout: [MLP.Tensor]
  private var stepCount = 0
  /// Running mean of the square of the gradient, v, as long as the parameters.
  package private(set) var moment2: [Float]
  /// Where the steps lead, z.
  package private(set) var z: [Float]
  /// What has been learned, x, while the network holds y.
  private var x: [Float] = []
  private var (greatestRate, sumOfSquares) = (0.0, 0.0)

  package init(_ settings: OptimizerSettings, network: MLP) {
    self.settings = settings
    layout = network.tensors
    moment2 = [Float](repeating: 0, count: network.parameters.count)
    z = network.parameters
  }

  package mutating func adopt(_ settings: OptimizerSettings) { self.settings = settings }

  /// Under the names of its authors' implementation.
  package var state: OptimizerState {
    OptimizerState(
      tensors: MLP.tensors(layout: layout, "z.", z) + MLP.tensors(layout: layout, "exp_avg_sq.", moment2),
      numbers: ["k": Double(stepCount), "lr_max": greatestRate, "weight_sum": sumOfSquares])
  }

  package mutating func restore(_ state: OptimizerState, network: MLP) throws(CheckpointError) {
    let steps = try state.count("k")
    guard let most = state.numbers["lr_max"] else { throw .missing("lr_max") }
    guard let sum = state.numbers["weight_sum"] else { throw .missing("weight_sum") }
    guard most >= 0, sum >= 0, most.isFinite, sum.isFinite else { throw .invalid("a sum of rates of \(sum)") }
    let found = (
      try network.buffer("z.", from: state.tensors), try network.squares("exp_avg_sq.", from: state.tensors)
    )
    (stepCount, greatestRate, sumOfSquares, z, moment2) = (steps, most, sum, found.0, found.1)
  }

  package mutating func step(
    _ network: inout MLP, batch: Batch, gradient: inout LossGradient, rate: Double, clipNorm: Double?,
    workers: Workers, gradientIsKnown: () -> Void
  ) throws(NonFinite) -> OptimizerReport {
    x = network.parameters
    let beta1 = Float(settings["beta1"])
    network.parameters = zip(z, x).map { (1 - beta1) * $0 + beta1 * $1 }
    do {
      return try descend(
        &network, batch: batch, gradient: &gradient, rate: rate, clipNorm: clipNorm, workers: workers,
        gradientIsKnown: gradientIsKnown)
    } catch {
      network.parameters = x
      throw error
    }
  }

  package mutating func update(
    _ parameters: inout [Float], gradient: [Float], scale: Double, rate: Double, workers: Workers
  ) {
    let count = moment2.count
    expect(parameters.count == count && gradient.count == count, "\(gradient.count) gradients; expected \(count)")
    stepCount += 1
    greatestRate = max(greatestRate, rate)
    sumOfSquares += greatestRate * greatestRate
    let share = sumOfSquares > 0 ? greatestRate * greatestRate / sumOfSquares : 0
    let numbers = Update.Numbers(
      scale: Float(scale), rate: Float(rate), beta2: Float(settings["beta2"]), epsilon: Float(settings["epsilon"]),
      decay: Float(settings["weight-decay"]), bias: Float(1 - Double.pow(settings["beta2"], stepCount)),
      share: Float(share))
    parameters.withUnsafeMutableBufferPointer { p in
      x.withUnsafeBufferPointer { x in
        z.withUnsafeMutableBufferPointer { z in
          moment2.withUnsafeMutableBufferPointer { v in
            gradient.withUnsafeBufferPointer { g in
              workers.run(ParameterChunks.count(of: count), Update(p: p, x: x, z: z, v: v, g: g, numbers: numbers))
            }
          }
        }
      }
    }
  }
}

/// A chunk of the parameters an iteration: y becomes x.
private struct Update: ParallelLoop {
  struct Numbers { let scale, rate, beta2, epsilon, decay, bias, share: Float }

  let p: UnsafeMutableBufferPointer<Float>
  let x: UnsafeBufferPointer<Float>
  let z: UnsafeMutableBufferPointer<Float>
  let v: UnsafeMutableBufferPointer<Float>
  let g: UnsafeBufferPointer<Float>
  let numbers: Numbers

  func run(_ index: Int, worker: Int) {
    let n = numbers
    for i in ParameterChunks.chunk(index, of: p.count) {
      let gradient = n.scale * g[i]
      v[i] = n.beta2 * v[i] + (1 - n.beta2) * gradient * gradient
      z[i] -= n.rate * (gradient / ((v[i] / n.bias).squareRoot() + n.epsilon) + n.decay * p[i])
      p[i] = x[i] + n.share * (z[i] - x[i])
    }
  }
}
