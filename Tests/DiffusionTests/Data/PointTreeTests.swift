import Testing

@testable import Diffusion

@Suite("PointTree")
struct PointTreeTests {
  @Test("the nearest two are those of a plain search", arguments: [1, 2, 16, 17, 33, 64, 65, 200, 3000])
  func nearest(count: Int) {
    var random = Random(seed: 5)
    let points = (0..<count).map { $0 % 5 == 4 ? Point(1, 1) : random.normal() }
    let tree = PointTree(points)
    for _ in 0..<100 {
      let x = 1.5 * random.normal()
      // Squares may be fused, so they agree to a rounding or two.
      let squares = points.map { ($0 - x).lengthSquared }
      let sorted = squares.sorted()
      let nearest = tree.read { $0.nearest(to: x) }
      #expect(squares[nearest.index] <= sorted[0] * 1.000_001)
      #expect(abs(nearest.squaredDistance - sorted[0]) <= sorted[0] * 1e-6)
      #expect(nearest.point == points[nearest.index])
      let (first, second) = tree.read { $0.twoNearest(to: x) }
      #expect(abs(first.squaredDistance - sorted[0]) <= sorted[0] * 1e-6)
      guard count >= 2 else {
        #expect(second.squaredDistance == .infinity)
        continue
      }
      #expect(abs(second.squaredDistance - sorted[1]) <= sorted[1] * 1e-6)
      #expect(first.index != second.index)
    }
  }

  @Test("Hilbert's curve meets every cell once, each beside the one before")
  func hilbert() {
    let side: UInt32 = 32
    // The finest 32×32 cells in the corner of the curve of order 16 are themselves a curve.
    var cells = [(place: UInt32, x: Int, y: Int)]()
    for x in 0..<side { for y in 0..<side { cells.append((hilbertPlace(x, y), Int(x), Int(y))) } }
    cells.sort { $0.place < $1.place }
    #expect(cells.enumerated().allSatisfy { $0.offset == Int($0.element.place) })
    for (a, b) in zip(cells, cells.dropFirst()) { #expect(abs(a.x - b.x) + abs(a.y - b.y) == 1) }
  }
}
