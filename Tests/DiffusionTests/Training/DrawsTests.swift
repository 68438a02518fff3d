@testable import Diffusion
import Testing

@Suite("Draws")
struct DrawsTests {
  @Test("the seed program's epochs end with a short batch")
  func shortBatch() {
    let draws = Draws(seed: 0, points: [Point](repeating: .zero, count: 20_000))
    var row = 0
    let sizes = (0..<6).map { _ in
      let count = draws.rows(from: row, atMost: 4096, stopsAtEpochEnd: true)
      row += count
      return count
    }
    #expect(sizes == [4096, 4096, 4096, 4096, 3616, 4096])
  }

  @Test("an epoch holds every point once, also where batches run across its end")
  func epochs() {
    var draws = Draws(seed: 0, points: [Point](repeating: .zero, count: 100))
    var drawn: [Int32] = []
    for row in stride(from: 0, to: 200, by: 40) {
      var batch = [Int32](repeating: -1, count: 40)
      draws.points(from: row, count: 40, into: &batch)
      drawn += batch
    }
    #expect(drawn[..<100].sorted() == Array(0..<100))
    #expect(drawn[100...].sorted() == Array(0..<100))
    #expect(drawn[..<100] != drawn[100...])
  }

  @Test("a row's point, noise, level and label are the same whatever the batches, and in any order")
  func rows() {
    let size = 37
    var (whole, parts) = (
      Draws(seed: 3, points: [Point](repeating: .zero, count: 20)),
      Draws(seed: 3, points: [Point](repeating: .zero, count: 20))
    )
    let all = drawn(&whole, from: 0, count: 5 * size)
    for part in [3, 0, 4, 1, 2] {
      let rows = part * size..<(part + 1) * size
      let some = drawn(&parts, from: rows.lowerBound, count: size)
      #expect(some.points == Array(all.points[rows]) && some.levels == Array(all.levels[rows]))
      #expect(some.noise == Array(all.noise[rows]) && some.hidden == Array(all.hidden[rows]))
    }
  }

  @Test("every point is equally likely in every place of an epoch")
  func uniform() {
    var counts = [[Int]](repeating: [Int](repeating: 0, count: 5), count: 5)
    var draws = Draws(seed: 1, points: [Point](repeating: .zero, count: 5))
    var order = [Int32](repeating: 0, count: 5)
    for epoch in 0..<5000 {
      draws.points(from: 5 * epoch, count: 5, into: &order)
      for (place, point) in order.enumerated() { counts[place][Int(point)] += 1 }
    }
    // Five standard deviations.
    #expect(counts.joined().allSatisfy { abs($0 - 1000) < 5 * 29 })
  }

  @Test("two runs of different batch sizes see the same points and the same noise")
  func batchSizes() throws {
    let dataset = Dataset.swissRoll(count: 300)
    func batch(_ capacity: Int, from row: Int, _ draws: inout Draws) -> Batch {
      var batch = Batch(capacity: capacity, inputs: 4)
      let levels = Experiment.standard.noiseLevels(for: dataset)
      batch.draw(
        rows: row, stopsAtEpochEnd: false, of: dataset, levels: levels, shares: LevelShares(levels, power: 0),
        features: .plain, labelDropout: 0, instructionSet: .best, posterior: nil, using: &draws)
      return batch
    }
    var draws = Draws(seed: 5, points: [Point](repeating: .zero, count: 300))
    let large = batch(500, from: 0, &draws)
    var (input, sigma, epsilon): ([Float], [Float], [Point]) = ([], [], [])
    for row in stride(from: 0, to: 500, by: 20) {
      let small = batch(20, from: row, &draws)
      input += small.input
      sigma += small.sigma
      epsilon += small.epsilon
    }
    #expect(large.input == input && large.sigma == sigma && large.epsilon == epsilon)
  }

  private func drawn(
    _ draws: inout Draws, from row: Int, count: Int
  ) -> (points: [Int32], noise: [Point], levels: [Double], hidden: [Float]) {
    var points = [Int32](repeating: 0, count: count)
    var (levels, noise) = ([Double](repeating: 0, count: count), [Point](repeating: .zero, count: count))
    draws.points(from: row, count: count, into: &points)
    draws.noise(from: row, count: count, into: &noise, instructionSet: .best)
    draws.levels(
      from: row, count: count, shares: LevelShares(Experiment.seed.noiseLevels(for: .swissRoll(count: 2)), power: 0),
      into: &levels)
    var hiding = draws.hiddenLabels(from: row)
    return (points, noise, levels, (0..<count).map { _ in hiding.uniform() })
  }
}
