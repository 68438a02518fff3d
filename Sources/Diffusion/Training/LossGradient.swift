import CKernels
import Dispatch

/// The training loss of one batch and its gradient with respect to all parameters.
///
/// The batch is cut into shards whose number depends on the batch alone, each shard has a gradient of its own, and they
/// are added in order: the result has the same bits whatever the number of threads.
package struct LossGradient: Sendable {
  /// The gradient, in the layout of the network's parameters.
  package private(set) var values: [Float]
  /// Threads that share the work, including the calling one.
  package let threads: Int
  private let scratchSize: Int
  private var shards: [Float]
  private var losses: [Double]
  private var scratch: [Float]

  /// More shards would balance better and cost more memory and additions.
  private static let mostShards = 8
  /// Rows of the smallest shard: below this, adding a shard's gradient costs more than a second core saves.
  private static let fewestRows = 16

  package init(_ network: MLP, threads: Int) {
    precondition(threads >= 1, "\(threads) threads")
    let workers = min(threads, Self.mostShards)
    self.threads = workers
    values = [Float](repeating: 0, count: network.parameters.count)
    shards = [Float](repeating: 0, count: network.parameters.count * Self.mostShards)
    losses = [Double](repeating: 0, count: Self.mostShards)
    scratchSize = kernel_scratch_size(network.kernelWidths, network.kernelLayers)
    scratch = [Float](repeating: 0, count: scratchSize * workers)
  }

  /// Computes `loss = Σ_B weight·‖output − target‖²` and leaves its gradient in `values`.
  ///
  /// - Parameters:
  ///   - input: `[B, inputs]`, row-major, B being `rows`; longer buffers are read up to there.
  ///   - target: `[B, outputs]`, row-major.
  ///   - weight: `[B]`; for a mean over the batch it carries the 1/B.
  package mutating func evaluate(
    _ network: MLP, input: [Float], target: [Float], weight: [Float], rows: Int
  ) -> Double {
    precondition(
      rows >= 1 && input.count >= rows * network.inputs && target.count >= rows * network.outputs
        && weight.count >= rows && values.count == network.parameters.count,
      "\(rows) rows, but \(input.count) inputs, \(target.count) targets and \(weight.count) weights")
    let perShard = max((rows + Self.mostShards - 1) / Self.mostShards, Self.fewestRows)
    let shardCount = (rows + perShard - 1) / perShard
    let (count, size, workers) = (values.count, scratchSize, min(threads, shardCount))
    let (widths, layers) = (network.kernelWidths, network.kernelLayers)
    shards.withUnsafeMutableBufferPointer { shards in
      losses.withUnsafeMutableBufferPointer { losses in
        scratch.withUnsafeMutableBufferPointer { scratch in
          inParallel(workers) { worker in
            for shard in stride(from: worker, to: shardCount, by: workers) {
              let first = shard * perShard
              let gradient = UnsafeMutableBufferPointer(rebasing: shards[(shard * count)...].prefix(count))
              gradient.update(repeating: 0)
              losses[shard] = input.withUnsafeBufferPointer { input in
                target.withUnsafeBufferPointer { target in
                  weight.withUnsafeBufferPointer { weight in
                    kernel_gradient(
                      widths, layers, network.kernelActivation, network.parameters,
                      UnsafeBufferPointer(rebasing: input[(first * network.inputs)...]).baseAddress,
                      UnsafeBufferPointer(rebasing: target[(first * network.outputs)...]).baseAddress,
                      UnsafeBufferPointer(rebasing: weight[first...]).baseAddress, min(perShard, rows - first),
                      gradient.baseAddress,
                      UnsafeMutableBufferPointer(rebasing: scratch[(worker * size)...]).baseAddress)
                  }
                }
              }
            }
          }
        }
      }
    }
    addShards(shardCount)
    return losses[..<shardCount].reduce(0, +)
  }

  /// The Euclidean norm of all gradients together.
  package var norm: Double {
    values.reduce(0.0) { $0 + Double($1) * Double($1) }.squareRoot()
  }

  private mutating func addShards(_ shardCount: Int) {
    for i in values.indices {
      var sum = shards[i]
      for shard in 1..<max(shardCount, 1) { sum += shards[shard * values.count + i] }
      values[i] = sum
    }
  }
}

/// Runs `work(0)`, …, `work(workers − 1)` at the same time and waits for all of them.
private func inParallel(_ workers: Int, _ work: (Int) -> Void) {
  if workers == 1 {
    work(0)
  } else {
    // Safe: concurrentPerform returns only when every call has, and each call writes only to its own shards.
    nonisolated(unsafe) let work = work
    DispatchQueue.concurrentPerform(iterations: workers, execute: { work($0) })
  }
}
