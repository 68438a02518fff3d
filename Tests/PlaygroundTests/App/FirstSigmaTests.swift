import Diffusion
import Testing

@testable import Playground

@Suite("first sigma")
struct FirstSigmaTests {
  @Test("the roll begins at about 0.1, and a word with no more noise")
  func scaled() {
    let roll = firstSigma(DataSource.swissRoll(count: 20_000).load(seed: 0))
    let word = firstSigma(DataSource.word("HELLO", count: 20_000).load(seed: 0))
    #expect((0.07...0.15).contains(roll) && word <= roll)
  }

  @Test("whatever the data, there is one")
  func any() {
    for shape in Shape.allCases {
      let sigma = firstSigma(DataSource.shape(shape, count: shape.standardCount).load(seed: 0))
      #expect((0.01...0.2).contains(sigma), "\(shape)")
    }
    #expect(firstSigma(Dataset(name: "one", points: [Point(1, 0)])) > 0)
  }
}
