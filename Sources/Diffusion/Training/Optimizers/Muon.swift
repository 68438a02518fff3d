import CKernels
import Expect
import RealModule

/// Momentum whose matrices are made orthogonal: a step is as long in every direction of a layer (Jordan et al. 2024, "Muon:
/// an optimizer for hidden layers in neural networks", kellerjordan.github.io/posts/muon; as PyTorch's `Muon`). For a
/// weight [m, n] between hidden layers:
///
///     M ← momentum·M + (1 − momentum)·G
///     O = NewtonSchulz₅((1 − momentum)·G + momentum·M)
///     W ← W − lr·(√max(1, m/n)·O + weightDecay·W)
///
/// The first and the last layer and all biases take steps of AdamW with a share of the rate.
package struct Muon: FirstOrderOptimizer {
  package static let name = "muon"
  package static let summary = "momentum made orthogonal, for hidden layers; AdamW for the rest (Jordan 2024)"
  package static let hyperparameters: [Hyperparameter] = [
    Hyperparameter(
      "muon-momentum", "Muon's momentum", "Decay of the mean gradient of hidden layers in muon (Jordan 2024)",
      standard: 0.95, .from(0, toBelow: 1), stops: [0.8, 0.9, 0.95, 0.98]),
    Hyperparameter(
      "adamw-share", "AdamW's share", "Share of muon's learning rate that AdamW has for what is no hidden layer",
      standard: 0.25, .above(0, to: 1e3), stops: [0.01, 0.1, 0.25, 0.5, 1]),
    .beta1(0.9), .beta2(0.99), .epsilon(1e-8), .weightDecay(1e-4),
  ]
  package static let standardRate = 0.02

  private var settings: OptimizerSettings
  private let layout: [MLP.Tensor]
  private let kernel: kernel_isa
  private var stepCount = 0
  /// Mean gradients: M of hidden layers, AdamW's first moment of the rest.
  package private(set) var moment1: [Float]
  /// AdamW's second moment; zero for hidden layers.
  package private(set) var moment2: [Float]

  package init(_ settings: OptimizerSettings, network: MLP) {
    self.settings = settings
    layout = network.tensors
    kernel = network.instructionSet.kernel
    moment1 = [Float](repeating: 0, count: network.parameters.count)
    moment2 = moment1
  }

  package mutating func adopt(_ settings: OptimizerSettings) { self.settings = settings }

  package var state: OptimizerState {
    OptimizerState(
      tensors: MLP.tensors(layout: layout, "momentum.", moment1) + MLP.tensors(layout: layout, "exp_avg_sq.", moment2),
      numbers: ["step": Double(stepCount)])
  }

  package mutating func restore(_ state: OptimizerState, network: MLP) throws(CheckpointError) {
    let steps = try state.count("step")
    let moments = (
      try network.buffer("momentum.", from: state.tensors), try network.squares("exp_avg_sq.", from: state.tensors)
    )
    (stepCount, moment1, moment2) = (steps, moments.0, moments.1)
  }

  package mutating func update(
    _ parameters: inout [Float], gradient: [Float], scale: Double, rate: Double, workers: Workers
  ) {
    let count = moment1.count
    expect(parameters.count == count && gradient.count == count, "\(gradient.count) gradients; expected \(count)")
    stepCount += 1
    let adamwStep = AdamWNumbers(settings).step(stepCount, scale: scale, rate: rate * settings["adamw-share"])
    for (index, tensor) in layout.enumerated() {
      if index % 2 == 0, index > 0, index < layout.count - 2 {
        step(tensor, &parameters, gradient, scale: Float(scale), rate: Float(rate), workers)
      } else {
        adamw(tensor, &parameters, gradient, adamwStep)
      }
    }
  }

  private mutating func step(
    _ tensor: MLP.Tensor, _ parameters: inout [Float], _ gradient: [Float], scale: Float, rate: Float,
    _ workers: Workers
  ) {
    let momentum = Float(settings["muon-momentum"])
    let update = tensor.range.map { i in
      let g = scale * gradient[i]
      moment1[i] = momentum * moment1[i] + (1 - momentum) * g
      return (1 - momentum) * g + momentum * moment1[i]
    }
    let (rows, columns) = (tensor.shape[0], tensor.shape[1])
    let direction = orthogonalized(Matrix(rows, columns, update), kernel, workers)
    let length = rate * Float(max(1, Double(rows) / Double(columns)).squareRoot())
    let decay = rate * Float(settings["weight-decay"])
    for (i, o) in zip(tensor.range, direction.values) { parameters[i] -= length * o + decay * parameters[i] }
  }

  private mutating func adamw(
    _ tensor: MLP.Tensor, _ parameters: inout [Float], _ gradient: [Float], _ step: kernel_adamw_step
  ) {
    let start = tensor.range.lowerBound
    parameters.withUnsafeMutableBufferPointer { p in
      moment1.withUnsafeMutableBufferPointer { m in
        moment2.withUnsafeMutableBufferPointer { v in
          gradient.withUnsafeBufferPointer { g in
            guard let p = p.baseAddress, let m = m.baseAddress, let v = v.baseAddress, let g = g.baseAddress else {
              return
            }
            kernel_adamw(kernel, step, p + start, m + start, v + start, g + start, tensor.range.count, false)
          }
        }
      }
    }
  }
}

/// Nearly U·Vᵀ of the singular value decomposition U·S·Vᵀ, with singular values between 0.7 and 1.2: five steps of Newton
/// and Schulz's iteration, whose polynomial is Jordan's:
///
///     X ← 3.4445·X − 4.775·(X·Xᵀ)·X + 2.0315·(X·Xᵀ)²·X,   X = G / ‖G‖ at first
func orthogonalized(_ matrix: Matrix, _ kernel: kernel_isa, _ workers: Workers) -> Matrix {
  let norm = matrix.values.reduce(0.0) { $0 + Double($1) * Double($1) }.squareRoot() + 1e-7
  var x = matrix
  for i in x.values.indices { x.values[i] = Float(Double(x.values[i]) / norm) }
  // The smaller of X·Xᵀ and Xᵀ·X, which stands on the other side.
  let isTall = x.rows > x.columns
  let size = min(x.rows, x.columns)
  for _ in 0..<5 {
    var square = Matrix(size, size)
    square.multiply(x, transposed: isTall, x, transposed: !isTall, kernel, workers)
    var polynomial = square
    polynomial.multiply(square, square, keep: -4.775, scale: 2.0315, kernel, workers)
    var next = x
    if isTall {
      next.multiply(x, polynomial, keep: 3.4445, kernel, workers)
    } else {
      next.multiply(polynomial, x, keep: 3.4445, kernel, workers)
    }
    x = next
  }
  return x
}
