import Diffusion
import Testing

@Suite("Swiss roll")
struct SwissRollTests {
  @Test("the seed program's roll matches numpy for 100 and for 20,000 points")
  func seed() throws {
    let reference = try Reference("seed_program")["swissroll"]
    #expect(
      maximumError(flattened(Dataset.swissRoll(count: 100).points), flattened(reference["points"].points)) < 2e-7)
    let roll = Dataset.swissRoll(count: 20_000).points
    let points = reference["n_20000", "indices"].ints.map { roll[$0] }
    #expect(maximumError(flattened(points), flattened(reference["n_20000", "points"].points)) < 2e-7)
  }

  @Test("smalldiffusion's roll matches its float64 points")
  func smalldiffusion() throws {
    let reference = try Reference("swissroll")
    let points = Dataset.smalldiffusionRoll(count: 100).points
    #expect(maximumError(flattened(points), reference["points_float64"].floats) < 1e-7)
  }

  @Test("one point is the start of the roll")
  func onePoint() {
    #expect(Dataset.swissRoll(count: 1).points.count == 1)
  }
}
