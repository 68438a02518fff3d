/// Points of the plane sorted so that the questions that would look at every data point (which is nearest to x, which
/// lie within a radius) need to look at few.
///
/// A packed R-tree: the points are sorted along Hilbert's curve and stand in vectors of 16, a leaf being up to four of
/// them; each node has the bounding box of its points (Kamel and Faloutsos, "On packing R-trees", CIKM 1993). The tree
/// is implicit: node i has the children 2i + 1 and 2i + 2, which share its vectors evenly.
package struct PointTree: Sendable {
  /// One coordinate of sixteen points.
  package typealias Vector = SIMD16<Float>

  /// Where the unused lanes of the last vector stand: far, but with a finite square.
  private static let nowhere: Float = 1e18
  /// Enough points in a leaf to outweigh finding it.
  private static let leafVectors = 4

  /// The number of points N.
  package let count: Int
  /// The coordinates of the points in the order of the curve.
  package private(set) var xs: [Vector]
  package private(set) var ys: [Vector]
  /// For each lane, which of the given points it holds.
  private var indices: [Int32]
  /// The bounding box of each node: least x and y, greatest x and y.
  private var boxes: [SIMD4<Float>]

  /// - Complexity: O(N·log N).
  package init(_ points: [Point]) {
    precondition(!points.isEmpty && points.count <= Int(Int32.max), "a tree of \(points.count) points")
    precondition(points.allSatisfy(\.isFinite), "a tree needs finite points")
    count = points.count
    indices = hilbertOrder(points)
    let vectors = (count + 15) / 16
    xs = [Vector](repeating: Vector(repeating: PointTree.nowhere), count: vectors)
    ys = xs
    for (slot, index) in indices.enumerated() {
      xs[slot / 16][slot % 16] = points[Int(index)].x
      ys[slot / 16][slot % 16] = points[Int(index)].y
    }
    indices += [Int32](repeating: -1, count: vectors * 16 - count)
    boxes = []
    _ = makeBoxes(points, node: 0, vectors: 0..<vectors)
  }

  private mutating func makeBoxes(_ points: [Point], node: Int, vectors: Range<Int>) -> SIMD4<Float> {
    while boxes.count <= node { boxes.append(.zero) }
    var low = Point(repeating: .infinity)
    var high = -low
    if vectors.count > PointTree.leafVectors {
      let (first, second) = halves(vectors)
      let (a, b) = (
        makeBoxes(points, node: 2 * node + 1, vectors: first),
        makeBoxes(points, node: 2 * node + 2, vectors: second)
      )
      low = pointwiseMin(a.lowHalf, b.lowHalf)
      high = pointwiseMax(a.highHalf, b.highHalf)
    } else {
      for index in indices[vectors.lowerBound * 16..<min(vectors.upperBound * 16, count)] {
        low = pointwiseMin(low, points[Int(index)])
        high = pointwiseMax(high, points[Int(index)])
      }
    }
    boxes[node] = SIMD4(lowHalf: low, highHalf: high)
    return boxes[node]
  }

  private func halves(_ vectors: Range<Int>) -> (Range<Int>, Range<Int>) {
    let middle = vectors.lowerBound + vectors.count / 2
    return (vectors.lowerBound..<middle, middle..<vectors.upperBound)
  }

  /// Visits the leaves, as ranges of `xs` and `ys`, that can hold points whose squared distance to x is at most
  /// `bound`, those that look nearer first. The body may lower the bound as it learns more.
  package func visitLeaves(around x: Point, bound: inout Float, _ body: (Range<Int>, inout Float) -> Void) {
    visit(0, 0..<xs.count, squaredDistance(x, 0), x, &bound, body)
  }

  private func visit(
    _ node: Int, _ vectors: Range<Int>, _ distance: Float, _ x: Point, _ bound: inout Float,
    _ body: (Range<Int>, inout Float) -> Void
  ) {
    guard distance <= bound else { return }
    guard vectors.count > PointTree.leafVectors else { return body(vectors, &bound) }
    let (left, right) = (2 * node + 1, 2 * node + 2)
    let (toLeft, toRight) = (squaredDistance(x, left), squaredDistance(x, right))
    let (first, second) = halves(vectors)
    if toLeft <= toRight {
      visit(left, first, toLeft, x, &bound, body)
      visit(right, second, toRight, x, &bound, body)
    } else {
      visit(right, second, toRight, x, &bound, body)
      visit(left, first, toLeft, x, &bound, body)
    }
  }

  /// The squared distance from x to a node's box, zero inside.
  private func squaredDistance(_ x: Point, _ node: Int) -> Float {
    let box = boxes[node]
    return pointwiseMax(pointwiseMax(box.lowHalf - x, x - box.highHalf), Point.zero).lengthSquared
  }
}

extension PointTree {
  /// A data point found near another.
  package struct Neighbour: Equatable, Sendable {
    /// Its place in the array from which the tree was made.
    package var index = -1
    fileprivate var lane = 0
    package var point = Point.zero
    package var squaredDistance = Float.infinity
  }

  /// The point nearest to a finite x; of equals, the one that is met first.
  package func nearest(to x: Point) -> Neighbour {
    var best = Neighbour()
    var bound = Float.infinity
    visitLeaves(around: x, bound: &bound) { vectors, bound in
      for v in vectors {
        let squares = squaredDistances(x, v)
        if let found = neighbour(v, squares, nearerThan: bound) {
          best = found
          bound = found.squaredDistance
        }
      }
    }
    return best
  }

  /// The two points nearest to a finite x; the second is infinitely far if there is no other point.
  package func twoNearest(to x: Point) -> (first: Neighbour, second: Neighbour) {
    var (first, second) = (Neighbour(), Neighbour())
    var bound = Float.infinity
    visitLeaves(around: x, bound: &bound) { vectors, bound in
      for v in vectors {
        var squares = squaredDistances(x, v)
        while let found = neighbour(v, squares, nearerThan: bound) {
          (first, second) = found.squaredDistance < first.squaredDistance ? (found, first) : (first, found)
          bound = second.squaredDistance
          squares[found.lane] = .infinity
        }
      }
    }
    return (first, second)
  }

  private func squaredDistances(_ x: Point, _ v: Int) -> Vector {
    let (dx, dy) = (xs[v] - x.x, ys[v] - x.y)
    return dx * dx + dy * dy
  }

  /// The nearest of sixteen, if it is a point and nearer than `bound`.
  private func neighbour(_ v: Int, _ squares: Vector, nearerThan bound: Float) -> Neighbour? {
    let least = squares.min()
    guard least < bound, let lane = squares.indices.first(where: { squares[$0] == least }) else { return nil }
    let index = Int(indices[16 * v + lane])
    return index < 0
      ? nil : Neighbour(index: index, lane: lane, point: Point(xs[v][lane], ys[v][lane]), squaredDistance: least)
  }
}

/// The order of points along Hilbert's curve through the square around them; of equals, by their place.
private func hilbertOrder(_ points: [Point]) -> [Int32] {
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
