/// Points of the unit cube in four dimensions that fill it evenly: Sobol's sequence (1967) with the direction numbers of
/// Joe and Kuo (2008, new-joe-kuo-6), in the order of Gray's code (Antonov and Saleev 1979), scrambled as Owen (1995) does.
/// Each point by itself is uniform, and the first 2ᵐ points have exactly one in each of 2ᵐ equal strata of every coordinate.
package struct Sobol: Sendable {
  /// Numbers of a row.
  package static let dimensions = 4

  /// Direction numbers, `[4, 32]`: the k-th is added for the k-th bit of the index.
  private static let directions: [[UInt32]] = [
    (0..<32).map { 1 << (31 - UInt32($0)) },
    expand([1], polynomial: 0), expand([1, 3], polynomial: 1), expand([1, 3, 1], polynomial: 1),
  ]

  /// The recurrence of Bratley and Fox (1988): m_k = 2 a₁ m_(k−1) ⊕ … ⊕ 2ˢ m_(k−s) ⊕ m_(k−s).
  private static func expand(_ initial: [UInt32], polynomial: UInt32) -> [UInt32] {
    let degree = initial.count
    var v = initial.enumerated().map { $1 << (31 - UInt32($0)) }
    for k in degree..<32 {
      var next = v[k - degree] ^ (v[k - degree] >> UInt32(degree))
      for i in 1..<max(degree, 1) where polynomial >> UInt32(degree - 1 - i) & 1 == 1 { next ^= v[k - i] }
      v.append(next)
    }
    return v
  }

  private let seeds: [UInt64]

  /// A scrambling of its own for each seed.
  package init(seed: UInt64) {
    var random = Random(seed: seed, stream: .sobol)
    seeds = (0..<Self.dimensions).map { _ in random.next() }
  }

  /// Coordinate `dimension` of point `index`, which counts modulo 2³², in the open interval (0, 1).
  package func coordinate(_ dimension: Int, of index: Int) -> Double {
    (Double(scrambled(Self.bits(dimension, of: index), seed: seeds[dimension])) + 0.5) * 0x1p-32
  }

  /// The coordinate before it is scrambled, as 32 binary digits.
  static func bits(_ dimension: Int, of index: Int) -> UInt32 {
    let count = UInt32(truncatingIfNeeded: index)
    var (bits, left, place) = (UInt32(0), count ^ count >> 1, 0)
    while left != 0 {
      if left & 1 == 1 { bits ^= directions[dimension][place] }
      (left, place) = (left >> 1, place + 1)
    }
    return bits
  }

  /// Flips each bit or not, by a coin that belongs to the bits above it.
  private func scrambled(_ bits: UInt32, seed: UInt64) -> UInt32 {
    var flips: UInt32 = 0
    for bit in 0..<UInt32(32) {
      // The bits above, behind a 1 that says how many they are.
      let above = (UInt64(1) << 32 | UInt64(bits)) >> UInt64(32 - bit)
      flips |= UInt32(Random.mix(seed &+ above &* Random.gamma) >> 63) << (31 - bit)
    }
    return bits ^ flips
  }
}
