import Expect
import CKernels

/// Points of the plane sorted so that the questions that would look at every data point (which is nearest to x, which
/// lie within a radius) need to look at few.
///
/// A packed R-tree: the points are sorted along Hilbert's curve, a leaf being up to 256 of them in a row, and each node
/// has the bounding box of its points (Kamel and Faloutsos, "On packing R-trees", CIKM 1993). The tree is implicit:
/// node i has the children 2i + 1 and 2i + 2, which share its points evenly, in blocks of 16 for the kernels.
package struct PointTree: Sendable {
  private static let block = Int(KERNEL_POINTS)
  /// Enough points in a leaf to outweigh finding it.
  private static let leafBlocks = 16
  /// Where the unused places of the last block stand: far, but with a finite square.
  private static let nowhere: Float = 1e18

  /// The number of points N.
  package let count: Int
  /// The coordinates of the points in the order of the curve, filled up to whole blocks.
  private let xs: [Float]
  private let ys: [Float]
  /// Which of the given points stands at each place of `xs` and `ys`.
  fileprivate let indices: [Int32]
  /// The bounding box of each node: least x and y, greatest x and y.
  private var boxes: [SIMD4<Float>] = []
  private let instructionSet: InstructionSet

  /// The points' coordinates are at most 1e16, so that squares are finite.
  ///
  /// - Parameter instructionSet: What distances are computed with: another one may round otherwise.
  /// - Complexity: O(N·log N).
  package init(_ points: [Point], instructionSet: InstructionSet = .best) {
    expect(!points.isEmpty && points.count <= Int(Int32.max), "a tree of \(points.count) points")
    expect(
      points.allSatisfy { max(abs($0.x), abs($0.y)) <= 1e16 }, "a tree needs points whose squares are finite")
    count = points.count
    self.instructionSet = instructionSet
    indices = hilbertOrder(points)
    let blocks = (count + PointTree.block - 1) / PointTree.block
    let unused = [Float](repeating: PointTree.nowhere, count: blocks * PointTree.block - count)
    xs = indices.map { points[Int($0)].x } + unused
    ys = indices.map { points[Int($0)].y } + unused
    _ = makeBoxes(node: 0, blocks: 0..<blocks)
  }

  private mutating func makeBoxes(node: Int, blocks: Range<Int>) -> SIMD4<Float> {
    while boxes.count <= node { boxes.append(.zero) }
    var low = Point(repeating: .infinity)
    var high = -low
    if blocks.count > PointTree.leafBlocks {
      let (first, second) = PointTree.halves(blocks)
      let a = makeBoxes(node: 2 * node + 1, blocks: first)
      let b = makeBoxes(node: 2 * node + 2, blocks: second)
      low = pointwiseMin(a.lowHalf, b.lowHalf)
      high = pointwiseMax(a.highHalf, b.highHalf)
    } else {
      for place in PointTree.places(blocks) where place < count {
        low = pointwiseMin(low, Point(xs[place], ys[place]))
        high = pointwiseMax(high, Point(xs[place], ys[place]))
      }
    }
    boxes[node] = SIMD4(lowHalf: low, highHalf: high)
    return boxes[node]
  }

  private static func places(_ blocks: Range<Int>) -> Range<Int> {
    blocks.lowerBound * block..<blocks.upperBound * block
  }

  private static func halves(_ blocks: Range<Int>) -> (Range<Int>, Range<Int>) {
    let middle = blocks.lowerBound + blocks.count / 2
    return (blocks.lowerBound..<middle, middle..<blocks.upperBound)
  }

  /// Gives the body a reader, to ask many questions at the price of one.
  package func read<Result>(_ body: (Reader) -> Result) -> Result {
    xs.withUnsafeBufferPointer { xs in
      ys.withUnsafeBufferPointer { ys in
        indices.withUnsafeBufferPointer { indices in
          boxes.withUnsafeBufferPointer { boxes in
            body(Reader(xs: xs, ys: ys, indices: indices, boxes: boxes, kernel: instructionSet.kernel))
          }
        }
      }
    }
  }

  /// The tree as bare pointers: a walk through arrays would count references at every node, and cores would wait for
  /// each other's counts. Not to be kept beyond the body of `read`.
  package struct Reader {
    /// The coordinates of the points in the order of the curve, filled up to whole blocks.
    let xs: UnsafeBufferPointer<Float>
    let ys: UnsafeBufferPointer<Float>
    fileprivate let indices: UnsafeBufferPointer<Int32>
    fileprivate let boxes: UnsafeBufferPointer<SIMD4<Float>>
    let kernel: kernel_isa

    /// Visits the leaves, as ranges of `xs` and `ys`, that can hold points whose squared distance to x is at most
    /// `bound`, those that look nearer first. The body may lower the bound as it learns more.
    func visitLeaves(around x: Point, bound: inout Float, _ body: (Range<Int>, inout Float) -> Void) {
      visit(0, 0..<xs.count / PointTree.block, squaredDistance(x, 0), x, &bound, body)
    }

    private func visit(
      _ node: Int, _ blocks: Range<Int>, _ distance: Float, _ x: Point, _ bound: inout Float,
      _ body: (Range<Int>, inout Float) -> Void
    ) {
      guard distance <= bound else { return }
      guard blocks.count > PointTree.leafBlocks else { return body(PointTree.places(blocks), &bound) }
      let (left, right) = (2 * node + 1, 2 * node + 2)
      let (toLeft, toRight) = (squaredDistance(x, left), squaredDistance(x, right))
      let (first, second) = PointTree.halves(blocks)
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
      let dx = max(box.x - x.x, x.x - box.z, 0)
      let dy = max(box.y - x.y, x.y - box.w, 0)
      return dx * dx + dy * dy
    }
  }
}

extension PointTree {
  /// A data point found near another.
  package struct Neighbour: Equatable, Sendable {
    /// Its place in the array from which the tree was made.
    package let index: Int
    /// The data point itself.
    package let point: Point
    /// In square data units.
    package let squaredDistance: Float
  }
}

extension PointTree.Reader {
  /// The point nearest to a finite x.
  package func nearest(to x: Point) -> PointTree.Neighbour {
    let found = search(x, keep: 1)
    return neighbour(found.place.0, found.square.0)
  }

  /// The two points nearest to a finite x; if there is only one, the second is infinitely far.
  package func twoNearest(to x: Point) -> (first: PointTree.Neighbour, second: PointTree.Neighbour) {
    let found = search(x, keep: 2)
    let first = neighbour(found.place.0, found.square.0)
    let isAlone = Int(found.place.1) >= indices.count
    let second = PointTree.Neighbour(index: first.index, point: first.point, squaredDistance: .infinity)
    return (first, isAlone ? second : neighbour(found.place.1, found.square.1))
  }

  private func search(_ x: Point, keep: Int32) -> kernel_nearest_two {
    var found = kernel_nearest_two(square: (.infinity, .infinity), place: (0, 0))
    var bound = Float.infinity
    visitLeaves(around: x, bound: &bound) { leaf, bound in
      kernel_nearest(
        kernel, xs.baseAddress, ys.baseAddress, leaf.lowerBound, leaf.upperBound, x.x, x.y, keep, &found)
      bound = keep == 1 ? found.square.0 : found.square.1
    }
    return found
  }

  private func neighbour(_ place: Int32, _ square: Float) -> PointTree.Neighbour {
    let place = Int(place)
    return PointTree.Neighbour(
      index: Int(indices[place]), point: Point(xs[place], ys[place]), squaredDistance: square)
  }
}
