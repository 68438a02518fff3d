import Expect
import CKernels

/// The training loss of one batch and its gradient with respect to all parameters.
///
/// The batch is taken in rounds of some hundred rows. In each, threads share first the rows (forward, and back to what
/// each layer's outputs should change), then the parameters (each the sum over all rows of the round, in order). No
/// gradient is summed by two threads, so the result has the same bits whatever their number.
package struct LossGradient: Sendable {
  /// The gradient, in the layout of the network's parameters.
  package private(set) var values: [Float]
  /// The Euclidean norm of all gradients together.
  package private(set) var norm = 0.0

  private let kernels: kernel_network
  private let workers: Workers
  private var tape: [Float]
  private var losses: [Double]  // of each row of a round
  private var squares: [Double]  // summed over each block of parameters
  private var scratch: [Float]

  /// Memory for gradients of networks of this one's widths.
  package init(_ network: MLP, workers: Workers) {
    self.workers = workers
    kernels = network.kernels
    values = [Float](repeating: 0, count: network.parameters.count)
    tape = [Float](repeating: 0, count: kernel_tape_size(kernels))
    losses = [Double](repeating: 0, count: KERNEL_ROUND)
    squares = [Double](repeating: 0, count: kernel_blocks(kernels))
    scratch = [Float](repeating: 0, count: kernel_scratch_size(kernels) * workers.count)
  }

  /// Computes `loss = Σ_B weight·‖output − target‖²` and leaves its gradient in `values`, and that one's `norm`.
  ///
  /// - Parameters:
  ///   - input: `[B, inputs]`, row-major, B being `rows`; longer buffers are read up to there.
  ///   - target: `[B, outputs]`, row-major.
  ///   - weight: `[B]`; for a mean over the batch it carries the 1/B.
  package mutating func evaluate(
    _ network: MLP, input: [Float], target: [Float], weight: [Float], rows: Int
  ) -> Double {
    expect(
      rows >= 1 && input.count >= rows * network.inputs && target.count >= rows * network.outputs
        && weight.count >= rows && values.count == network.parameters.count,
      "\(rows) rows, but \(input.count) inputs, \(target.count) targets and \(weight.count) weights")
    let loss = Self.evaluate(
      kernels, workers, network.parameters, input, network.inputs, target, network.outputs, weight, rows, &values,
      &tape, &losses, &squares, &scratch)
    norm = squares.reduce(0, +).squareRoot()
    return loss
  }

  // Called with arrays for pointers: that keeps them in place until it returns.
  private static func evaluate(
    _ kernels: kernel_network, _ workers: Workers, _ parameters: UnsafePointer<Float>, _ input: UnsafePointer<Float>,
    _ inputs: Int, _ target: UnsafePointer<Float>, _ outputs: Int, _ weight: UnsafePointer<Float>, _ rows: Int,
    _ gradient: UnsafeMutablePointer<Float>, _ tape: UnsafeMutablePointer<Float>,
    _ losses: UnsafeMutablePointer<Double>, _ squares: UnsafeMutablePointer<Double>,
    _ scratch: UnsafeMutablePointer<Float>
  ) -> Double {
    var loss = 0.0
    var first = 0
    while first < rows {
      let round = kernel_round(
        parameters: parameters, input: input + first * inputs, target: target + first * outputs, weight: weight + first,
        rows: min(KERNEL_ROUND, rows - first), shared: workers.count > 1, tape: tape, loss: losses)
      workers.run(kernel_tiles(round), Backward(kernels: kernels, round: round, scratch: scratch))
      workers.run(
        kernel_blocks(kernels),
        WeightGradient(kernels: kernels, round: round, adds: first > 0, gradient: gradient, squares: squares))
      for row in 0..<round.rows { loss += losses[row] }
      first += round.rows
    }
    return loss
  }
}

/// Forward and backward, a tile of rows an iteration.
private struct Backward: ParallelLoop {
  let kernels: kernel_network
  let round: kernel_round
  let scratch: UnsafeMutablePointer<Float>

  func run(_ index: Int, worker: Int) {
    kernel_backward(kernels, round, index, scratch + worker * kernel_scratch_size(kernels))
  }
}

/// The gradient, a block of parameters an iteration.
struct WeightGradient: ParallelLoop {
  let kernels: kernel_network
  let round: kernel_round
  let adds: Bool
  let gradient: UnsafeMutablePointer<Float>
  let squares: UnsafeMutablePointer<Double>

  func run(_ index: Int, worker: Int) {
    squares[index] = kernel_weight_gradient(kernels, round, index, adds, gradient)
  }
}
