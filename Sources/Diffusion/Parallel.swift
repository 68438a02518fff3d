import Dispatch

/// Computes `count` values in chunks, on all cores if asked: `body` fills the chunk that holds the values of its range.
/// A value depends on its index alone, so the number of threads cannot change a bit of the result. A chunk should
/// outweigh handing it out, some microseconds.
func parallelMap<Value>(
  _ count: Int, chunk: Int, parallel: Bool = true,
  _ body: @Sendable (Range<Int>, UnsafeMutableBufferPointer<Value>) -> Void
) -> [Value] {
  [Value](unsafeUninitializedCapacity: count) { buffer, initialized in
    let chunks = (count + chunk - 1) / chunk
    // Safe: each chunk writes its own range, and all have ended before the buffer is used again.
    nonisolated(unsafe) let buffer = buffer
    @Sendable func fill(_ index: Int) {
      let range = index * chunk..<min((index + 1) * chunk, count)
      body(range, UnsafeMutableBufferPointer(rebasing: buffer[range]))
    }
    if parallel && chunks > 1 {
      DispatchQueue.concurrentPerform(iterations: chunks, execute: fill)
    } else {
      for index in 0..<chunks { fill(index) }
    }
    initialized = count
  }
}
