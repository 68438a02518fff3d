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
/// So two runs of one seed see the same rows, even with other batch sizes, settings or threads, and the next row's number
/// is all the random state that a run has.
package struct Draws: Sendable {
  package let seed: UInt64
  /// Points of the data, N.
  package let pointCount: Int
  /// The order of the epoch that was last drawn from, kept as it takes O(N) to shuffle.
  private var order: [Int32]
  private var epoch = -1

  package init(seed: UInt64, pointCount: Int) {
    expect(pointCount > 0, "nothing to shuffle")
    self.seed = seed
    self.pointCount = pointCount
    order = [Int32](repeating: 0, count: pointCount)
  }

  /// How many rows a batch has that begins with `row`: `count`, or what is left of the epoch if batches stop there, as
  /// PyTorch's `DataLoader` makes them.
  package func rows(from row: Int, atMost count: Int, stopsAtEpochEnd: Bool) -> Int {
    stopsAtEpochEnd ? min(count, pointCount - row % pointCount) : count
  }

  /// The indices of the points of `count` rows from `row` on: each once an epoch, as `DataLoader(shuffle=True)` hands
  /// them out.
  package mutating func points(from row: Int, count: Int, into indices: inout [Int32]) {
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
    var random = Random(seed: seed, stream: .noise).advanced(to: row)
    random.fillWithNormals(&noise, count: count, instructionSet: instructionSet)
  }

  /// Which of `levelCount` noise levels each of `count` rows from `row` on has: uniformly.
  package func levels(from row: Int, count: Int, of levelCount: Int, into levels: inout [Int32]) {
    var random = Random(seed: seed, stream: .levels).advanced(to: row)
    for i in 0..<count { levels[i] = Int32(truncatingIfNeeded: random.index(below: levelCount)) }
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
