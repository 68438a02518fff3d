/// Indices 0..<count in random order, each once an epoch, as PyTorch's `DataLoader(shuffle=True)` hands them out.
package struct ShuffledEpochs: Equatable, Sendable {
  /// Whether a batch that reaches the end of an epoch stops there, as `DataLoader` does, or goes on into the next.
  package let stopsAtEpochEnd: Bool
  private var order: [Int32]
  private var position: Int

  package init(count: Int, stopsAtEpochEnd: Bool) {
    precondition(count > 0, "nothing to shuffle")
    self.stopsAtEpochEnd = stopsAtEpochEnd
    order = (0..<Int32(count)).map { $0 }
    position = count
  }

  /// Writes the next indices to the front of `batch` and says how many: all of it, or what is left of the epoch.
  package mutating func next(into batch: inout [Int32], using random: inout Random) -> Int {
    var filled = 0
    while filled < batch.count {
      if position == order.count {
        if stopsAtEpochEnd && filled > 0 { break }
        order.shuffle(using: &random)
        position = 0
      }
      let taken = min(batch.count - filled, order.count - position)
      for i in 0..<taken { batch[filled + i] = order[position + i] }
      filled += taken
      position += taken
    }
    return filled
  }
}
