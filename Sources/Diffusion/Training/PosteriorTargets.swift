import CKernels
import RealModule

/// The posterior means of the noise in the rows of a batch.
struct PosteriorTargets: Sendable {
  private let ideal: IdealDenoiser?
  private let references: References?
  private let workers: Workers

  /// - Returns: Nil if the target is the noise that was drawn.
  init?(
    _ target: TrainingTarget, dataset: Dataset, seed: UInt64, instructionSet: InstructionSet, workers: Workers
  ) {
    self.workers = workers
    switch target {
    case .sample: return nil
    case .posterior: (ideal, references) = (IdealDenoiser(dataset, instructionSet: instructionSet), nil)
    case .references(let count):
      (ideal, references) = (nil, References(dataset, count: count, seed: seed, kernel: instructionSet.kernel))
    }
  }

  /// Replaces the noise of rows `first`... by its posterior mean given x and the label that the network sees, if any.
  ///
  /// - Parameters:
  ///   - epsilon: The noise that was drawn, `[B, 2]`.
  ///   - x0: The rows' own data points, `[B, 2]`.
  ///   - sigma: `[B]`.
  ///   - labels: `[B]`, −1 for none.
  func replace(_ epsilon: inout [Point], x0: [Point], sigma: [Float], labels: [Int32], from first: Int, rows: Int) {
    let sets = references?.sets(first..<first + rows) ?? [:]
    epsilon.withUnsafeMutableBufferPointer { epsilon in
      guard let base = epsilon.baseAddress else { return }
      let loop = Replace(
        epsilon: base, x0: x0, sigma: sigma, labels: labels, first: first, rows: rows, ideal: ideal, sets: sets)
      workers.run((rows + Replace.chunk - 1) / Replace.chunk, loop)
    }
  }
}

/// A few rows an iteration.
private struct Replace: ParallelLoop {
  static let chunk = 4

  let epsilon: UnsafeMutablePointer<Point>
  let x0: [Point]
  let sigma: [Float]
  let labels: [Int32]
  let first: Int
  let rows: Int
  let ideal: IdealDenoiser?
  let sets: [Int: References.Block]

  func run(_ index: Int, worker: Int) {
    for row in (index * Self.chunk)..<min((index + 1) * Self.chunk, rows) {
      let x = x0[row] + sigma[row] * epsilon[row]
      if let ideal {
        let label = labels[row] < 0 ? nil : Int(labels[row])
        epsilon[row] = ideal.estimate(x: x, sigma: sigma[row], label: label).epsilon
      } else if let block = sets[(first + row) / References.rowsPerBlock] {
        epsilon[row] = block.epsilon(x: x, x0: x0[row], sigma: sigma[row], label: Int(labels[row]))
      }
    }
  }
}

/// Data points that stand for all, others for every 256 rows.
private struct References: Sendable {
  static let rowsPerBlock = 256

  private let points: [[Point]]  // all, then each class
  private let count: Int
  private let seed: UInt64
  private let kernel: kernel_isa

  init(_ dataset: Dataset, count: Int, seed: UInt64, kernel: kernel_isa) {
    points = [dataset.points] + dataset.pointsByClass
    (self.count, self.seed, self.kernel) = (count, seed, kernel)
  }

  func sets(_ rows: Range<Int>) -> [Int: Block] {
    let blocks = rows.lowerBound / Self.rowsPerBlock...(rows.upperBound - 1) / Self.rowsPerBlock
    return Dictionary(uniqueKeysWithValues: blocks.map { ($0, block($0)) })
  }

  private func block(_ number: Int) -> Block {
    var seeds = Random(seed: seed, stream: .references).advanced(to: number)
    var random = Random(seed: seeds.next())
    return Block(
      kernel: kernel,
      sets: points.map { points in
        // Far away, in whole vectors, where there are none.
        let length = (count - 1 + Int(KERNEL_POINTS) - 1) / Int(KERNEL_POINTS) * Int(KERNEL_POINTS)
        var (xs, ys) = ([Float](repeating: 1e18, count: length), [Float](repeating: 1e18, count: length))
        for i in 0..<(points.isEmpty ? 0 : count - 1) {
          let point = points[random.index(below: points.count)]
          (xs[i], ys[i]) = (point.x, point.y)
        }
        return (xs, ys)
      })
  }

  struct Block: Sendable {
    let kernel: kernel_isa
    /// Of all points, then of each class.
    let sets: [(xs: [Float], ys: [Float])]

    /// See `IdealDenoiser.estimate`. The own point is one of the references.
    func epsilon(x: Point, x0: Point, sigma: Float, label: Int) -> Point {
      let (xs, ys) = sets[label + 1]
      guard x.isFinite, !xs.isEmpty else { return (x - x0) / sigma }
      let own = (x - x0).lengthSquared
      var found = kernel_nearest_two(square: (own, .infinity), place: (-1, -1))
      kernel_nearest(kernel, xs, ys, 0, xs.count, x.x, x.y, 1, &found)
      let place = Int(found.place.0)
      let p = place < 0 ? x0 : Point(xs[place], ys[place])
      let scale = min(1 / (2 * sigma * sigma), .greatestFiniteMagnitude)
      var sums = kernel_sums()
      kernel_posterior(
        kernel, xs, ys, xs.count, kernel_query(x: x.x, y: x.y, nearest_x: p.x, nearest_y: p.y, scale: scale), &sums)
      let weight = Double.exp(Double(found.square.0 - own) * Double(scale))
      sums.weight += weight
      sums.x += weight * Double(x0.x - p.x)
      sums.y += weight * Double(x0.y - p.y)
      let offset = Point(Float(sums.x / sums.weight), Float(sums.y / sums.weight))
      return ((x - p) - offset) / sigma
    }
  }
}
