import CKernels
import Expect

/// AdamW in the eigenbasis of Shampoo's preconditioner (Vyas et al. 2024, "SOAP: improving and stabilizing Shampoo using
/// Adam", arXiv 2409.11321, algorithms 3 and 4). For a weight W [m, n] with the gradient G:
///
///     G′ = Qₗᵀ·G·Qᵣ                         N′ = AdamW's step for G′, with its moments in this basis
///     W ← (1 − lr·weightDecay)·W − lr·Qₗ·N′·Qᵣᵀ
///     L ← beta2·L + (1 − beta2)·G·Gᵀ        R ← beta2·R + (1 − beta2)·Gᵀ·G
///     every few steps                       Qₗ ← QR(L·Qₗ),   Qᵣ ← QR(R·Qᵣ)
///
/// Biases, and a side much longer than the other one, keep the basis that they have. The bases begin as the identity, where
/// the paper has the eigenvectors of the first gradient's L and R: power iterations lead there, and none has to be computed
/// by other means. M is kept in the basis, and turned with it, which is the same and saves two of eight products a step.
package struct SOAP: FirstOrderOptimizer {
  package static let name = "soap"
  package static let summary = "AdamW in the eigenbasis of Shampoo's preconditioner (Vyas et al. 2024)"
  package static let hyperparameters: [Hyperparameter] = [
    Hyperparameter(
      "basis-steps", "steps of a basis", "Steps after which soap turns its basis (Vyas et al. 2024)", standard: 10,
      .from(1, to: 1e9), stops: [1, 2, 5, 10, 20, 50]),
    .beta1(0.95), .beta2(0.95), .epsilon(1e-8), .weightDecay(1e-4),
  ]
  package static let standardRate = 8e-3

  private var settings: OptimizerSettings
  private let layout: [MLP.Tensor]
  private let kernel: kernel_isa
  private var adamw: AdamW
  /// Of each tensor; none for biases.
  private var bases: [Basis?]

  package init(_ settings: OptimizerSettings, network: MLP) {
    self.settings = settings
    layout = network.tensors
    kernel = network.instructionSet.kernel
    adamw = AdamW(settings, network: network)
    bases = layout.map { $0.shape.count == 2 ? Basis(rows: $0.shape[0], columns: $0.shape[1]) : nil }
  }

  package mutating func adopt(_ settings: OptimizerSettings) {
    self.settings = settings
    adamw.adopt(settings)
  }

  /// AdamW's, whose moments stand in the bases; `left.` and `right.` are L and R, `left_basis.` and `right_basis.` Qₗᵀ and
  /// Qᵣᵀ.
  package var state: OptimizerState {
    var state = adamw.state
    for (tensor, basis) in zip(layout, bases) { state.tensors += basis?.tensors(of: tensor.name) ?? [] }
    return state
  }

  package mutating func restore(_ state: OptimizerState, network: MLP) throws(CheckpointError) {
    var (adamw, bases) = (adamw, bases)
    try adamw.restore(state, network: network)
    for (index, tensor) in layout.enumerated() { try bases[index]?.restore(tensor.name, from: state.tensors) }
    (self.adamw, self.bases) = (adamw, bases)
  }

  package mutating func update(
    _ parameters: inout [Float], gradient: [Float], scale: Double, rate: Double, workers: Workers
  ) {
    expect(parameters.count == gradient.count, "\(gradient.count) gradients of \(parameters.count) parameters")
    let clipped = gradient.map { Float(scale) * $0 }
    let turned = turn(clipped, .into, workers)
    var move = [Float](repeating: 0, count: parameters.count)
    // There is nothing in it that could decay.
    adamw.update(&move, gradient: turned, scale: 1, rate: rate, workers: workers)
    move = turn(move, .outOf, workers)
    let keep = Float(1 - rate * settings["weight-decay"])
    for i in parameters.indices { parameters[i] = keep * parameters[i] + move[i] }

    for (index, tensor) in layout.enumerated() {
      bases[index]?.observe(Matrix(of: tensor, clipped), keep: Float(settings["beta2"]), kernel, workers)
    }
    let (step, every) = (Double(adamw.stepCount), settings["basis-steps"])
    guard (step / every).rounded(.down) > ((step - 1) / every).rounded(.down) else { return }
    let moment = turn(adamw.moment1, .outOf, workers)
    for index in bases.indices { bases[index]?.iterate(kernel, workers) }
    adamw.moment1 = turn(moment, .into, workers)
  }

  /// All weights of a buffer in the layout of the parameters, into or out of their bases.
  private func turn(_ buffer: [Float], _ direction: Basis.Direction, _ workers: Workers) -> [Float] {
    var result = buffer
    for (tensor, basis) in zip(layout, bases) {
      guard let turned = basis?.turn(Matrix(of: tensor, buffer), direction, kernel, workers) else { continue }
      result.replaceSubrange(tensor.range, with: turned.values)
    }
    return result
  }
}

/// The two sides of a weight's preconditioner, and their eigenvectors.
private struct Basis: Sendable {
  enum Direction { case into, outOf }

  /// How many times as long as the other a side may be. The gradient's rank is at most the shorter one: of a much longer
  /// side's eigenvectors most would be left to chance.
  private static let longest = 4

  private var left: Side?
  private var right: Side?

  init(rows: Int, columns: Int) {
    left = rows <= Self.longest * columns ? Side(rows) : nil
    right = columns <= Self.longest * rows ? Side(columns) : nil
  }

  func tensors(of name: String) -> [NamedTensor] {
    (left?.tensors("left", name) ?? []) + (right?.tensors("right", name) ?? [])
  }

  mutating func restore(_ name: String, from tensors: [NamedTensor]) throws(CheckpointError) {
    try left?.restore("left", name, from: tensors)
    try right?.restore("right", name, from: tensors)
  }

  /// Qₗᵀ·matrix·Qᵣ, or Qₗ·matrix·Qᵣᵀ.
  func turn(_ matrix: Matrix, _ direction: Direction, _ kernel: kernel_isa, _ workers: Workers) -> Matrix {
    let isBack = direction == .outOf
    var (half, whole) = (matrix, matrix)
    if let left { half.multiply(left.vectors, transposed: isBack, matrix, kernel, workers) }
    guard let right else { return half }
    whole.multiply(half, transposed: false, right.vectors, transposed: !isBack, kernel, workers)
    return whole
  }

  /// Takes a gradient into the running means L and R.
  mutating func observe(_ g: Matrix, keep: Float, _ kernel: kernel_isa, _ workers: Workers) {
    left?.observe(g, isLeft: true, keep: keep, kernel, workers)
    right?.observe(g, isLeft: false, keep: keep, kernel, workers)
  }

  mutating func iterate(_ kernel: kernel_isa, _ workers: Workers) {
    left?.iterate(kernel, workers)
    right?.iterate(kernel, workers)
  }
}

/// One of them.
private struct Side: Sendable {
  /// L or R.
  private var mean: Matrix
  /// Qᵀ, an eigenvector a row.
  private(set) var vectors: Matrix

  init(_ size: Int) {
    mean = Matrix(size, size)
    vectors = mean
    for i in 0..<size { vectors.values[i * (size + 1)] = 1 }
  }

  func tensors(_ side: String, _ name: String) -> [NamedTensor] {
    [("\(side).", mean), ("\(side)_basis.", vectors)].map { prefix, matrix in
      NamedTensor(name: prefix + name, shape: [matrix.rows, matrix.columns], values: .float32(matrix.values))
    }
  }

  mutating func restore(_ side: String, _ name: String, from tensors: [NamedTensor]) throws(CheckpointError) {
    let shape = [mean.rows, mean.columns]
    mean.values = try tensors.values("\(side).\(name)", shape: shape)
    vectors.values = try tensors.values("\(side)_basis.\(name)", shape: shape)
  }

  mutating func observe(_ g: Matrix, isLeft: Bool, keep: Float, _ kernel: kernel_isa, _ workers: Workers) {
    var next = mean
    next.multiply(g, transposed: !isLeft, g, transposed: isLeft, keep: keep, scale: 1 - keep, kernel, workers)
    // One that overflows would never be finite again.
    if next.values.allSatisfy(\.isFinite) { mean = next }
  }

  /// One power iteration.
  mutating func iterate(_ kernel: kernel_isa, _ workers: Workers) {
    var power = mean
    power.multiply(mean, transposed: false, vectors, transposed: true, kernel, workers)
    if let next = orthonormalColumns(power, kernel, workers) { vectors = next }
  }
}

extension Matrix {
  fileprivate init(of tensor: MLP.Tensor, _ buffer: [Float]) {
    self.init(tensor.shape[0], tensor.shape[1], Array(buffer[tensor.range]))
  }
}
