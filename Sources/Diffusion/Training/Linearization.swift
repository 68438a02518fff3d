import CKernels
import Expect

/// A batch's residuals as a linear function of the parameters, `r(θ + d) ≈ r + J·d`, with loss = ‖r‖²: what Gauss and
/// Newton's step needs of the network. The Jacobian is never written down; see CKernels.
///
/// N is the number of outputs of all rows, in whole tiles: numbers beyond the batch are zero. The result has the same
/// bits whatever the number of threads.
struct Linearization: Sendable {
  /// N.
  private(set) var count = 0
  /// Scaled outputs less scaled targets, `[N]`: their squares add up to the loss.
  private(set) var residual: [Float] = []
  /// J·direction, `[N]`.
  private(set) var tangent: [Float] = []
  /// J·Jᵀ, `[N, N]` in tiles of rows, the lower triangle; factored in place.
  private(set) var gram: [Float] = []
  /// Jᵀ·coefficients, in the layout of the parameters.
  private(set) var gradient: [Float] = []
  /// 1 or -1 at random, `[N]`; 0 for numbers beyond the batch.
  private(set) var signs: [Float] = []

  private let tile = Int(KERNEL_TILE)
  private var rows = 0
  private var (tape, tiles, scratch): ([Float], [Float], [Float]) = ([], [], [])
  private var losses: [Double] = []
  private var squares: [Double] = []

  /// Computes residuals, J·direction and J·Jᵀ at the network's parameters.
  ///
  /// - Returns: The loss.
  mutating func evaluate(_ network: MLP, batch: Batch, direction: [Float], workers: Workers) -> Double {
    let kernels = network.kernels
    prepare(network, rows: batch.rows, workers: workers)
    access(network, batch, direction, isShared: workers.count > 1) { at, pointers in
      workers.run(
        kernel_tiles(at.round), Linearize(kernels: kernels, at: at, scratch: pointers.scratch))
      workers.run(kernel_gram_pairs(kernel_tiles(at.round)), Gram(kernels: kernels, at: at))
    }
    return losses[..<rows].reduce(0, +)
  }

  /// Sums up Jᵀ·coefficients into `gradient`, for the batch and the parameters of the last evaluation.
  mutating func combine(_ coefficients: [Float], _ network: MLP, batch: Batch, workers: Workers) {
    expect(coefficients.count == count && batch.rows == rows, "coefficients of another batch")
    let kernels = network.kernels
    coefficients.withUnsafeBufferPointer { coefficients in
      guard let coefficients = coefficients.baseAddress else { return }
      access(network, batch, [], isShared: workers.count > 1) { at, pointers in
        workers.run(kernel_tiles(at.round), Combine(kernels: kernels, at: at, coefficients: coefficients))
        workers.run(
          kernel_blocks(kernels),
          WeightGradient(
            kernels: kernels, round: at.round, adds: false, gradient: pointers.gradient, squares: pointers.squares))
      }
    }
  }

  /// The mean of the diagonal of J·Jᵀ over the numbers of the batch.
  func meanDiagonal(outputs: Int) -> Double {
    (0..<count).reduce(0) { $0 + Double(gram[place($1)]) } / Double(rows * outputs)
  }

  /// The norm of the loss's gradient: ‖2 Jᵀ r‖ = 2 √(rᵀ J Jᵀ r).
  func gradientNorm(_ kernel: kernel_isa) -> Double {
    2 * max(kernel_quadratic_form(kernel, gram, count, residual), 0).squareRoot()
  }

  /// Factors J·Jᵀ + damping·I.
  ///
  /// - Returns: Whether it is positive definite in single precision.
  mutating func factorize(damping: Float, _ kernel: kernel_isa, workers: Workers) -> Bool {
    let (count, blocks) = (count, count / tile)
    for i in 0..<count { gram[place(i)] += damping }
    return gram.withUnsafeMutableBufferPointer { gram in
      guard let matrix = gram.baseAddress else { return false }
      for column in 0..<blocks {
        guard kernel_cholesky_diagonal(kernel, matrix, count, column) else { return false }
        workers.run(
          blocks - column - 1, CholeskyColumn(kernel: kernel, matrix: matrix, count: count, column: column))
      }
      return true
    }
  }

  /// (J·Jᵀ + damping·I)⁻¹ · right, once that is factored.
  func solve(_ right: [Float], _ kernel: kernel_isa) -> [Float] {
    var solution = right
    kernel_cholesky_solve(kernel, gram, count, &solution)
    return solution
  }

  private func place(_ i: Int) -> Int { (i / tile * count + i) * tile + i % tile }

  private mutating func prepare(_ network: MLP, rows: Int, workers: Workers) {
    let (kernels, parameters, outputs) = (network.kernels, network.parameters.count, network.outputs)
    guard rows != self.rows || gradient.count != parameters else { return }
    self.rows = rows
    func zeros(_ count: Int) -> [Float] { [Float](repeating: 0, count: count) }
    count = kernel_linearization_numbers(kernels, rows)
    tape = zeros(kernel_linearization_tape_size(kernels, rows))
    tiles = zeros(kernel_linearization_size(kernels, rows))
    scratch = zeros(kernel_scratch_size(kernels) * workers.count)
    (residual, tangent, gram) = (zeros(count), zeros(count), zeros(count * count))
    gradient = zeros(parameters)
    signs = zeros(count)
    var random = Random(seed: 0)
    for row in 0..<rows {
      for output in 0..<outputs {
        signs[(row / tile * outputs + output) * tile + row % tile] = random.next() & 1 == 0 ? 1 : -1
      }
    }
    losses = [Double](repeating: 0, count: rows)
    squares = [Double](repeating: 0, count: kernel_blocks(kernels))
  }

  private struct Pointers {
    let scratch: UnsafeMutablePointer<Float>
    let gradient: UnsafeMutablePointer<Float>
    let squares: UnsafeMutablePointer<Double>
  }

  /// Calls the body with all memory in place.
  private mutating func access(
    _ network: MLP, _ batch: Batch, _ direction: [Float], isShared: Bool,
    _ body: (kernel_linearization, Pointers) -> Void
  ) {
    Self.access(
      network.parameters, direction, batch.input, batch.target, batch.weight, rows, isShared, &tape, &tiles,
      &residual, &tangent, &gram, &losses, &scratch, &gradient, &squares, body)
  }

  // Called with arrays for pointers: that keeps them in place until it returns.
  private static func access(
    _ parameters: UnsafePointer<Float>, _ direction: UnsafePointer<Float>, _ input: UnsafePointer<Float>,
    _ target: UnsafePointer<Float>, _ weight: UnsafePointer<Float>, _ rows: Int, _ isShared: Bool,
    _ tape: UnsafeMutablePointer<Float>, _ tiles: UnsafeMutablePointer<Float>,
    _ residual: UnsafeMutablePointer<Float>, _ tangent: UnsafeMutablePointer<Float>,
    _ gram: UnsafeMutablePointer<Float>, _ losses: UnsafeMutablePointer<Double>,
    _ scratch: UnsafeMutablePointer<Float>, _ gradient: UnsafeMutablePointer<Float>,
    _ squares: UnsafeMutablePointer<Double>, _ body: (kernel_linearization, Pointers) -> Void
  ) {
    let round = kernel_round(
      parameters: parameters, input: input, target: target, weight: weight, rows: rows, shared: isShared,
      tape: tape, loss: losses)
    body(
      kernel_linearization(
        round: round, direction: direction, tiles: tiles, residual: residual, tangent: tangent, gram: gram),
      Pointers(scratch: scratch, gradient: gradient, squares: squares))
  }
}

/// A tile of rows an iteration.
private struct Linearize: ParallelLoop {
  let kernels: kernel_network
  let at: kernel_linearization
  let scratch: UnsafeMutablePointer<Float>

  func run(_ index: Int, worker: Int) {
    kernel_linearize(kernels, at, index, scratch + worker * kernel_scratch_size(kernels))
  }
}

/// A pair of tiles an iteration.
private struct Gram: ParallelLoop {
  let kernels: kernel_network
  let at: kernel_linearization

  func run(_ index: Int, worker: Int) { kernel_gram(kernels, at, index) }
}

/// A tile of rows an iteration.
private struct Combine: ParallelLoop {
  let kernels: kernel_network
  let at: kernel_linearization
  let coefficients: UnsafePointer<Float>

  func run(_ index: Int, worker: Int) { kernel_combine(kernels, at, coefficients, index) }
}

/// A block of the matrix below the diagonal an iteration.
private struct CholeskyColumn: ParallelLoop {
  let kernel: kernel_isa
  let matrix: UnsafeMutablePointer<Float>
  let count: Int
  let column: Int

  func run(_ index: Int, worker: Int) { kernel_cholesky_block(kernel, matrix, count, column, column + 1 + index) }
}
