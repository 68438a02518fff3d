import Expect

/// The running mean of each value and the `window − 1` before it, `[N]`; of fewer at the start.
///
/// Windows are sums of a block's tail and the next block's head, in O(N): a NaN or a huge value spoils the windows that
/// it is in and no others, as it would in a running sum.
package func movingAverage(_ values: [Double], window: Int) -> [Double] {
  expect(window > 0, "a moving average over \(window) values")
  var head = values
  var tail = values
  for i in values.indices.dropFirst() where i % window != 0 { head[i] += head[i - 1] }
  for i in values.indices.dropLast().reversed() where (i + 1) % window != 0 { tail[i] += tail[i + 1] }
  return values.indices.map { i in
    let start = i + 1 - window
    if start < 0 { return head[i] / Double(i + 1) }
    return (start % window == 0 ? head[i] : tail[start] + head[i]) / Double(window)
  }
}
