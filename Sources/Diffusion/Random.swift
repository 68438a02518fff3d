import Expect
import CKernels
import RealModule

/// A seedable, splittable source of random numbers: the k-th number is a hash of `state + k·gamma`, so a run of numbers
/// can be computed in any order and resumed from one word.
///
/// SplitMix64: Steele, Lea and Flood, "Fast splittable pseudorandom number generators", OOPSLA 2014.
package struct Random: RandomNumberGenerator, Codable, Equatable, Sendable {
  /// The odd increment of the counter, 2⁶⁴ divided by the golden ratio.
  package static let gamma: UInt64 = 0x9E37_79B9_7F4A_7C15

  /// The counter; together with nothing else it determines all the numbers that follow.
  package private(set) var state: UInt64

  /// The generator at the start of a seed's own numbers, apart from all streams.
  package init(seed: UInt64) {
    state = Random.mix(seed &+ Random.gamma)
  }

  /// An independent generator for one purpose, so that drawing more of one thing does not change another.
  package init(seed: UInt64, stream: Stream) {
    self.init(seed: Random.mix(seed &+ Random.gamma) ^ Random.mix(stream.rawValue &* Random.gamma))
  }

  /// The next 64 bits.
  package mutating func next() -> UInt64 {
    state &+= Random.gamma
    return Random.mix(state)
  }

  /// The generator as it is after `count` numbers: of a stream at its start, the one whose next number is that of row
  /// `count`.
  package func advanced(to count: Int) -> Random {
    var advanced = self
    advanced.advance(by: count)
    return advanced
  }

  /// Skips `count` numbers, as if `next()` had been called that often.
  package mutating func advance(by count: Int) {
    state &+= Random.gamma &* UInt64(truncatingIfNeeded: count)
  }

  /// Uniform in the open interval (0, 1).
  package mutating func uniform() -> Float {
    (Float(next() >> 41) + 0.5) * 0x1p-23
  }

  /// Uniform in 0..<count. The bias is at most count / 2³².
  package mutating func index(below count: Int) -> Int {
    Int(((next() >> 32) * UInt64(count)) >> 32)
  }

  /// Draws `count` of the elements, each at most once (Fisher and Yates' shuffle, ended early); there are as many.
  ///
  /// - Returns: Those drawn, in the order of drawing, and the others in any order.
  mutating func draw<Element>(
    _ count: Int, of elements: [Element]
  ) -> (drawn: ArraySlice<Element>, others: ArraySlice<Element>) {
    var order = elements
    for i in 0..<count { order.swapAt(i, i + index(below: order.count - i)) }
    return (order[..<count], order[count...])
  }

  /// Two independent standard normals (Box and Muller 1958), from one 64-bit number.
  package mutating func normal() -> Point {
    let bits = next()
    let u = (Float(UInt32(truncatingIfNeeded: bits >> 32) >> 8) + 0.5) * 0x1p-24
    let turn = Float(UInt32(truncatingIfNeeded: bits) >> 8) * 0x1p-24
    let radius = (-2 * Float.log(u)).squareRoot()
    let angle = 2 * Float.pi * turn
    return Point(radius * .cos(angle), radius * .sin(angle))
  }

  /// `count` independent points of the standard normal in the plane, `[count, 2]`.
  package mutating func normals(_ count: Int) -> [Point] {
    var points = [Point](repeating: .zero, count: count)
    fillWithNormals(&points, count: count)
    return points
  }

  /// Fills the first `count` points as that many calls of `normal()` would, up to rounding, only faster.
  mutating func fillWithNormals(_ points: inout [Point], count: Int, instructionSet: InstructionSet = .best) {
    expect(count <= points.count, "\(count) normals for \(points.count) points")
    points.withUnsafeMutableBytes { bytes in
      kernel_normals(
        instructionSet.kernel, state, bytes.baseAddress?.assumingMemoryBound(to: Float.self), count)
    }
    advance(by: count)
  }

  static func mix(_ z: UInt64) -> UInt64 {
    var z = z
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }
}
