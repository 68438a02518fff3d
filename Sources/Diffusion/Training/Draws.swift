import Expect

/// What training draws: a function of seed, stream and row alone.
///
/// Rows are counted through the whole training, whatever the batches they come in. The k-th row has
///
///     its point    the (k mod N)-th of epoch ⌊k / N⌋, whose order is shuffled from (seed, epoch)
///     its noise    the k-th number of stream `noise`
///     its level    the k-th number of stream `levels`
///     its label    hidden or not by the k-th number of stream `hiddenLabels`
///
/// Where rows are spread evenly (see `DrawKind`), level, point and noise come from the k-th place in the unit cube instead,
/// the points being those at that place along a path through them.
///
/// So two runs of one seed see the same rows, even with other batch sizes, settings or threads, and the next row's number
/// is all the random state that a run has.
package struct Draws: Sendable {
  /// The run's.
  package let seed: UInt64
  /// Points of the data, N.
  package let pointCount: Int
  /// The order of the epoch that was last drawn from, kept as it takes O(N) to shuffle.
  private var order: [Int32]
  private var epoch = -1

  /// Nil where rows are shuffled; else `order` is that of the path.
  private let even: EvenDraws?

  /// Of a seed, over these points.
  package init(seed: UInt64, points: [Point], kind: DrawKind = .shuffled) {
    expect(!points.isEmpty, "nothing to shuffle")
    self.seed = seed
    pointCount = points.count
    even = EvenDraws(kind, seed: seed)
    order = even == nil ? [Int32](repeating: 0, count: pointCount) : pathOrder(points)
  }

  /// How many rows a batch has that begins with `row`: `count`, or what is left of the epoch if batches stop there, as
  /// PyTorch's `DataLoader` makes them.
  package func rows(from row: Int, atMost count: Int, stopsAtEpochEnd: Bool) -> Int {
    stopsAtEpochEnd ? min(count, pointCount - row % pointCount) : count
  }

  /// The indices of the points of `count` rows from `row` on: each once an epoch, as `DataLoader(shuffle=True)` hands
  /// them out.
  package mutating func points(from row: Int, count: Int, into indices: inout [Int32]) {
    if let even {
      for (i, u) in even.coordinates(1, from: row, count: count).enumerated() {
        indices[i] = order[min(Int(u * Double(pointCount)), pointCount - 1)]
      }
      return
    }
    var filled = 0
    while filled < count {
      let (epoch, position) = (row + filled).quotientAndRemainder(dividingBy: pointCount)
      if epoch != self.epoch { shuffle(epoch) }
      let taken = min(count - filled, pointCount - position)
      for i in 0..<taken { indices[filled + i] = order[position + i] }
      filled += taken
    }
  }

  /// Standard normals for `count` rows from `row` on, `[count, 2]`.
  package func noise(from row: Int, count: Int, into noise: inout [Point], instructionSet: InstructionSet) {
    if let even {
      let (first, second) = (
        even.coordinates(2, from: row, count: count), even.coordinates(3, from: row, count: count)
      )
      for i in 0..<count { noise[i] = Point(Float(normalQuantile(first[i])), Float(normalQuantile(second[i]))) }
      return
    }
    var random = Random(seed: seed, stream: .noise).advanced(to: row)
    random.fillWithNormals(&noise, count: count, instructionSet: instructionSet)
  }

  /// What decides which noise level each of `count` rows from `row` on has, 0 ≤ u < 1: for the shares to tell.
  func levels(from row: Int, count: Int, shares: LevelShares, into u: inout [Double]) {
    if let even {
      for (i, place) in even.coordinates(0, from: row, count: count).enumerated() { u[i] = place }
      return
    }
    var random = Random(seed: seed, stream: .levels).advanced(to: row)
    for i in 0..<count { u[i] = shares.isEven ? Double(random.next() >> 32) * 0x1p-32 : Double(random.uniform()) }
  }

  /// What decides for the rows from `row` on, a number each, whether the label is hidden: below the share to hide.
  package func hiddenLabels(from row: Int) -> Random {
    Random(seed: seed, stream: .hiddenLabels).advanced(to: row)
  }

  /// Fisher and Yates, from the identity, with a generator that belongs to the epoch.
  private mutating func shuffle(_ epoch: Int) {
    var seeds = Random(seed: seed, stream: .epochs).advanced(to: epoch)
    var random = Random(seed: seeds.next())
    order.withUnsafeMutableBufferPointer { order in
      for i in 0..<order.count { order[i] = Int32(truncatingIfNeeded: i) }
      for i in stride(from: order.count - 1, to: 0, by: -1) { order.swapAt(i, random.index(below: i + 1)) }
    }
    self.epoch = epoch
  }
}

/// The order of points along a short path through them: the one that they are given in, where that is shorter than along
/// Hilbert's curve, as for points along a line. What varies slowly along the path is what even draws sum up well.
func pathOrder(_ points: [Point]) -> [Int32] {
  let (given, curve) = (Array(0..<Int32(points.count)), hilbertOrder(points))
  func length(_ order: [Int32]) -> Double {
    zip(order, order.dropFirst()).reduce(0) { sum, pair in
      sum + Double((points[Int(pair.1)] - points[Int(pair.0)]).lengthSquared).squareRoot()
    }
  }
  return length(given) <= length(curve) ? given : curve
}
