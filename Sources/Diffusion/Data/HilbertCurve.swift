/// The order of points along Hilbert's curve through the square around them; of equals, by their place.
func hilbertOrder(_ points: [Point]) -> [Int32] {
  let low = points.reduce(points[0], pointwiseMin)
  let high = points.reduce(points[0], pointwiseMax)
  let side = max((high - low).max(), .leastNormalMagnitude)
  // The place on the curve in the upper half, the place in the array in the lower.
  var keys = points.enumerated().map { index, point in
    let cell = (point - low) / side * 65535
    return UInt64(hilbertPlace(UInt32(cell.x), UInt32(cell.y))) << 32 | UInt64(index)
  }
  keys.sort()
  return keys.map { Int32(truncatingIfNeeded: $0) }
}

/// How far along Hilbert's curve of order 16 the cell (x, y) lies, 0 ≤ x, y < 2¹⁶. From the coarsest quadrant to the
/// finest: the curve meets (0, 0), (0, 1), (1, 1), (1, 0), and is transposed or turned inside the first and the last.
func hilbertPlace(_ x: UInt32, _ y: UInt32) -> UInt32 {
  var (x, y, place) = (x, y, UInt32(0))
  for bit in (0..<16).reversed() {
    let (right, top) = (x >> UInt32(bit) & 1, y >> UInt32(bit) & 1)
    place = place << 2 | (3 * right) ^ top
    guard top == 0 else { continue }
    if right == 1 { (x, y) = (~x, ~y) }
    (x, y) = (y, x)
  }
  return place
}
