import CKernels
import Expect
import RealModule

/// Gauss and Newton's step on the batch, with the momentum of SPRING (Goldshlager, Abrahamsen and Lin 2024, "A
/// Kaczmarz-inspired approach to accelerate the optimization of neural network wavefunctions", arXiv 2401.10190). With the
/// batch's residuals r, loss = ‖r‖², and their derivative J:
///
///     φ ← mu·φ + Jᵀ (J·Jᵀ + λI)⁻¹ (r − mu·J·φ)        p ← p − lr·φ
///
/// For a squared error this is the natural gradient. The matrix has two rows for each row of the batch, however many
/// parameters there are (the Woodbury identity).
///
/// The damping λ begins as a multiple of the mean of J·Jᵀ's diagonal, and adapts to two things. As Levenberg and Marquardt's
/// it grows where the batch's loss after the step is not what the linear model predicts; where that is more than twice as
/// great as before, the step is taken back and the momentum forgotten. And it follows generalized cross-validation, so that
/// no batch is learned by heart, whatever the data and the noise of the targets.
package struct Natural: Optimizer {
  package static let name = "natural"
  package static let summary = "Gauss-Newton on the batch with SPRING's momentum (Goldshlager et al. 2024)"
  package static let hyperparameters = [
    Hyperparameter(
      "momentum", "momentum", "How much of its last direction the natural gradient keeps (Goldshlager et al. 2024)",
      standard: 0.6, .from(0, toBelow: 1), stops: [0, 0.4, 0.6, 0.8, 0.9]),
    Hyperparameter(
      "damping", "damping", "The natural gradient's damping at the start, in units of the mean of JJᵀ's diagonal",
      standard: 0.02, .from(1e-6, to: 1e6), stops: [1e-4, 1e-3, 5e-3, 1e-2, 2e-2, 5e-2, 0.1, 1]),
    Hyperparameter(
      "least-damping", "least damping",
      "What the damping does not go below as it adapts (Marquardt 1963), in the same units as they are then",
      standard: 5e-4, .from(1e-6, to: 1e6), stops: [1e-6, 1e-5, 1e-4, 5e-4, 1e-3, 1e-2]),
  ]
  package static let standardRate = 0.15
  /// The matrix of a greater batch would take more time and memory than all else.
  package static let mostRows = 1024
  package static let clips = false
  /// Damping that moves nothing any more, in units of the mean of the diagonal.
  private static let mostDamping = 1e6
  /// The slope of cross-validation that the damping is held at. It is not the least error's, 0: the steps of many batches
  /// are averaged by rate and momentum, which leaves each the freedom to err by itself.
  private static let heldSlope = -0.05
  /// By how much the damping follows it in a step: half of the difference of logarithms.
  private static let following = 0.5

  private var (momentum, firstDamping, leastDamping): (Double, Double, Double)
  private let layout: [MLP.Tensor]
  /// The last direction, φ.
  package private(set) var direction: [Float]
  /// λ; 0 before the first step.
  package private(set) var damping = 0.0
  /// Steps that were taken back.
  package private(set) var refusals = 0
  private var linear = Linearization()
  /// The parameters before the last step.
  private var before: [Float]

  package init(_ settings: OptimizerSettings, network: MLP) {
    (momentum, firstDamping) = (settings["momentum"], settings["damping"])
    leastDamping = settings["least-damping"]
    layout = network.tensors
    direction = [Float](repeating: 0, count: network.parameters.count)
    before = direction
  }

  package mutating func adopt(_ settings: OptimizerSettings) {
    (momentum, leastDamping) = (settings["momentum"], settings["least-damping"])
    // Another start is a new start.
    if settings["damping"] != firstDamping { (firstDamping, damping) = (settings["damping"], 0) }
  }

  package var state: OptimizerState {
    OptimizerState(
      tensors: MLP.tensors(layout: layout, "direction.", direction),
      numbers: ["damping": damping, "refusals": Double(refusals)])
  }

  package mutating func restore(_ state: OptimizerState, network: MLP) throws(CheckpointError) {
    let found = (try state.count("refusals"), try network.buffer("direction.", from: state.tensors))
    guard let damping = state.numbers["damping"] else { throw .missing("damping") }
    guard damping >= 0, damping.isFinite else { throw .invalid("a damping of \(damping)") }
    (refusals, direction, self.damping) = (found.0, found.1, damping)
  }

  package mutating func step(
    _ network: inout MLP, batch: Batch, gradient: inout LossGradient, rate: Double, clipNorm: Double?,
    workers: Workers, gradientIsKnown: () -> Void
  ) throws(NonFinite) -> OptimizerReport {
    expect(batch.rows <= Self.mostRows, "\(batch.rows) rows; the natural gradient takes \(Self.mostRows)")
    let kernel = network.instructionSet.kernel
    let loss = linear.evaluate(network, batch: batch, direction: direction, workers: workers)
    let norm = linear.gradientNorm(kernel)
    gradientIsKnown()
    guard loss.isFinite, norm.isFinite else {
      let end = loss.isFinite ? "norm of the gradient" : "loss"
      throw NonFinite(tensor: batch.nonFiniteTensor(in: network) ?? end)
    }
    let report = OptimizerReport(loss: loss, gradientNorm: norm, isClipped: false)

    let diagonal = linear.meanDiagonal(outputs: network.outputs)
    // Nothing to learn from: no output depends on any parameter.
    guard diagonal > 0 else { return report }
    if damping == 0 { damping = firstDamping * diagonal }
    damping = min(max(damping, leastDamping * diagonal), Self.mostDamping * diagonal)
    let lambda = Float(damping)
    guard lambda.isFinite, linear.factorize(damping: lambda, kernel, workers: workers) else {
      refuse()
      return report
    }
    let mu = Float(momentum)
    let coefficients = linear.solve(zip(linear.residual, linear.tangent).map { $0 - mu * $1 }, kernel)
    linear.combine(coefficients, network, batch: batch, workers: workers)
    update(&network, rate: rate, workers: workers)

    // The new direction changes r by J·φ = r − λ·coefficients, as the system says.
    let predicted = zip(linear.residual, coefficients).reduce(0.0) { sum, pair in
      let (r, a) = (Double(pair.0), Double(pair.1))
      let next = r - rate * (r - Double(lambda) * a)
      return sum + r * r - next * next
    }
    let slope = linear.crossValidationSlope(of: coefficients, damping: damping, kernel)
    let decrease = loss - batch.loss(of: network, workers: workers)
    judge(decrease: decrease, predicted: predicted, loss: loss, slope: slope, &network)
    return report
  }

  /// Adapts the damping, or takes the step back.
  private mutating func judge(decrease: Double, predicted: Double, loss: Double, slope: Double, _ network: inout MLP) {
    // A batch may well lose a little, as its momentum was made by others; one that loses as much again is lost.
    guard decrease >= -loss else {
      swap(&network.parameters, &before)
      return refuse()
    }
    guard predicted > 0, slope.isFinite else { return }
    let change = Natural.following * (Natural.heldSlope - slope)
    damping *= .exp(min(max(change, -0.5), 0.5))
    if decrease < 0.5 * predicted { damping *= 1.2 }
  }

  private mutating func refuse() {
    damping *= 4
    refusals += 1
    for i in direction.indices { direction[i] = 0 }
  }

  private mutating func update(_ network: inout MLP, rate: Double, workers: Workers) {
    let step = kernel_natural_step(keep: Float(momentum), rate: Float(rate))
    Self.update(
      network.instructionSet.kernel, step, workers, &network.parameters, &before, &direction, linear.gradient,
      direction.count)
  }

  // Called with arrays for pointers: that keeps them in place until it returns.
  private static func update(
    _ kernel: kernel_isa, _ step: kernel_natural_step, _ workers: Workers,
    _ parameters: UnsafeMutablePointer<Float>, _ before: UnsafeMutablePointer<Float>,
    _ direction: UnsafeMutablePointer<Float>, _ gradient: UnsafePointer<Float>, _ count: Int
  ) {
    workers.run(
      ParameterChunks.count(of: count),
      Update(
        kernel: kernel, step: step, parameters: parameters, before: before, direction: direction, gradient: gradient,
        count: count))
  }
}

/// A chunk of the parameters an iteration.
private struct Update: ParallelLoop {
  let kernel: kernel_isa
  let step: kernel_natural_step
  let parameters: UnsafeMutablePointer<Float>
  let before: UnsafeMutablePointer<Float>
  let direction: UnsafeMutablePointer<Float>
  let gradient: UnsafePointer<Float>
  let count: Int

  func run(_ index: Int, worker: Int) {
    let chunk = ParameterChunks.chunk(index, of: count)
    kernel_natural_update(
      kernel, step, parameters + chunk.lowerBound, before + chunk.lowerBound, direction + chunk.lowerBound,
      gradient + chunk.lowerBound, chunk.count)
  }
}
