/// Where values on a grid cross a level, as one line with gaps (marching squares): straight within each square of the
/// grid, where values between two corners are taken to change evenly. A square with a value that is not finite has none.
///
/// - Parameters:
///   - values: Row by row, `[rows·columns]`.
///   - level: What is crossed.
/// - Returns: Pairs of places in columns and rows of the grid, each followed by a place that is not a number.
package func contours(of values: [Float], columns: Int, level: Float) -> [SIMD2<Float>] {
  let rows = columns == 0 ? 0 : values.count / columns
  var line: [SIMD2<Float>] = []
  for row in 0..<max(rows - 1, 0) {
    for column in 0..<max(columns - 1, 0) {
      // Clockwise, from the first corner back to it.
      let corners: [SIMD2<Int>] = [[0, 0], [1, 0], [1, 1], [0, 1], [0, 0]].map { $0 &+ SIMD2(column, row) }
      let heights = corners.map { values[$0.y * columns + $0.x] - level }
      guard heights.allSatisfy(\.isFinite) else { continue }
      var crossings: [SIMD2<Float>] = []
      for side in 0..<4 where (heights[side] < 0) != (heights[side + 1] < 0) {
        let (start, end) = (SIMD2<Float>(corners[side]), SIMD2<Float>(corners[side + 1]))
        crossings.append(start + heights[side] / (heights[side] - heights[side + 1]) * (end - start))
      }
      // Of a saddle either pair would do.
      for pair in stride(from: 0, to: crossings.count, by: 2) {
        line += [crossings[pair], crossings[pair + 1], SIMD2(.nan, .nan)]
      }
    }
  }
  return line
}
