import CKernels
import Foundation
import Testing

@Suite("Kernels for points")
struct PointsTests {
  @Test("posterior sums match plain loops, for each instruction set", arguments: [16, 48, 256])
  func posterior(count: Int) {
    var numbers = TestNumbers()
    var (xs, ys) = (numbers.next(count, within: 1), numbers.next(count, within: 1))
    // Unused places stand far away; their weight is zero.
    (xs[count - 1], ys[count - 1]) = (1e18, 1e18)
    let squares = zip(xs, ys).map { ($0 - 0.2) * ($0 - 0.2) + ($1 + 0.1) * ($1 + 0.1) }
    let nearest = (0..<count).min { squares[$0] < squares[$1] } ?? 0
    for sigma in [0.01, 0.3, 100] as [Float] {
      let (px, py) = (xs[nearest], ys[nearest])
      let query = kernel_query(x: 0.2, y: -0.1, nearest_x: px, nearest_y: py, scale: 1 / (2 * sigma * sigma))
      var expected = [0.0, 0, 0, 0]
      for i in 0..<(count - 1) {
        let (dx, dy) = (Double(xs[i]) - Double(px), Double(ys[i]) - Double(py))
        let (ex, ey) = (2 * Double(query.x) - Double(px + xs[i]), 2 * Double(query.y) - Double(py + ys[i]))
        let exponent = (dx * ex + dy * ey) * Double(query.scale)
        guard exponent > -87 else { continue }
        let weight = exp(exponent)
        for (k, term) in [1, dx, dy, dx * dx + dy * dy].enumerated() { expected[k] += weight * term }
      }
      if kernel_isa_available(KERNEL_AVX512) {
        let sums = [KERNEL_AVX2, KERNEL_AVX512].map { isa in
          var sums = kernel_sums()
          kernel_posterior(isa, xs, ys, count, query, &sums)
          return [sums.weight, sums.x, sums.y, sums.square]
        }
        #expect(sums[0] == sums[1], "the same bits")
      }
      for isa in availableISAs {
        var sums = kernel_sums()
        kernel_posterior(isa, xs, ys, count, query, &sums)
        for (found, expected) in zip([sums.weight, sums.x, sums.y, sums.square], expected) {
          #expect(abs(found - expected) <= 3e-5 * max(sums.weight, abs(expected)))
        }
      }
    }
  }

  @Test("the nearest two match a plain search, for each instruction set")
  func nearest() {
    var numbers = TestNumbers()
    let (xs, ys) = (numbers.next(64, within: 1), numbers.next(64, within: 1))
    let squares = zip(xs, ys).map { ($0 - 0.3) * ($0 - 0.3) + $1 * $1 }
    let order = (16..<64).sorted { squares[$0] < squares[$1] }
    for isa in availableISAs {
      for keep in [1, 2] {
        var found = kernel_nearest_two(square: (.infinity, .infinity), place: (-1, -1))
        kernel_nearest(isa, xs, ys, 16, 64, 0.3, 0, Int32(keep), &found)
        #expect(Int(found.place.0) == order[0])
        #expect(Int(found.place.1) == (keep == 2 ? order[1] : -1))
      }
    }
  }
}
