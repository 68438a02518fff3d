import Diffusion
import Testing

@testable import Playground

@Suite("first sigma")
struct FirstSigmaTests {
  @Test("the roll begins at about 0.1, a word with less noise, a long word with still less")
  func scaled() {
    func word(_ letters: String) -> Double { firstSigma(DataSource.word(letters, count: 20_000).load(seed: 0)) }
    let roll = firstSigma(DataSource.swissRoll(count: 20_000).load(seed: 0))
    #expect((0.09...0.11).contains(roll) && word("HELLO") < roll && word("HELLO WORLD") < word("HELLO"))
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
