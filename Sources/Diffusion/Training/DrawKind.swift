/// How evenly the rows of training are spread over levels, points and noise. All have the same distribution row by row,
/// so the gradient has the same mean; it has less variance where rows fill the space evenly.
package enum DrawKind: String, CaseIterable, Codable, Sendable {
  case shuffled, stratified, sobol

  /// One line for help and menus.
  package var summary: String {
    switch self {
    case .shuffled: "points by shuffled epochs, levels and noise independent"
    case .stratified: "of 64 rows one in each 64th of every coordinate, a Latin hypercube (McKay et al. 1979)"
    case .sobol: "Sobol's sequence (1967; direction numbers of Joe and Kuo 2008), scrambled as by Owen (1995)"
    }
  }
}

/// The places of rows in the unit cube of level, point along a curve, and the two numbers behind the noise.
enum EvenDraws: Sendable {
  case stratified(seed: UInt64)
  case sobol(Sobol)

  /// - Returns: Nil for rows that are shuffled.
  init?(_ kind: DrawKind, seed: UInt64) {
    switch kind {
    case .shuffled: return nil
    case .stratified: self = .stratified(seed: seed)
    case .sobol: self = .sobol(Sobol(seed: seed))
    }
  }

  /// The coordinates of `count` rows from `row` on, in the open interval (0, 1).
  func coordinates(_ dimension: Int, from row: Int, count: Int) -> [Double] {
    switch self {
    case .sobol(let sobol): return (0..<count).map { sobol.coordinate(dimension, of: row + $0) }
    case .stratified(let seed):
      var (block, strata) = (-1, [Int]())
      return (0..<count).map { k in
        let (own, place) = (row + k).quotientAndRemainder(dividingBy: Self.strata)
        if own != block {
          block = own
          strata = Self.permutation(seed: seed, block: block, dimension: dimension)
        }
        var random = Random(seed: seed, stream: .strata).advanced(to: (row + k) * Sobol.dimensions + dimension)
        return (Double(strata[place]) + Double(random.uniform())) / Double(Self.strata)
      }
    }
  }

  private static let strata = 64

  private static func permutation(seed: UInt64, block: Int, dimension: Int) -> [Int] {
    var seeds = Random(seed: seed, stream: .strataOrder).advanced(to: block * Sobol.dimensions + dimension)
    var random = Random(seed: seeds.next())
    var order = Array(0..<strata)
    for i in stride(from: strata - 1, to: 0, by: -1) { order.swapAt(i, random.index(below: i + 1)) }
    return order
  }
}
