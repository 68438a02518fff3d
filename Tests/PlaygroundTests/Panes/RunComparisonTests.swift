import Testing

@testable import Diffusion
@testable import Playground

@Suite("RunComparison")
struct RunComparisonTests {
  /// A course whose loss halves every so many steps of a second each.
  private func course(halving: Double, rows: Int = 10, steps: Int = 100) -> Course {
    var course = Course()
    for step in 1...steps {
      var loss = 1.0
      for _ in 0..<step { loss *= 1 - 0.693 / halving }
      course.append(
        StepReport(
          step: step, loss: 0, gradientNorm: 1, isClipped: false, learningRate: 1, sigmaRange: 1...1),
        rows: rows * step, seconds: Double(step), loss: loss)
    }
    return course
  }

  @Test("a loss that halves in half the time comes to the other's twice as soon")
  func ratio() throws {
    let comparison = try #require(
      RunComparison(a: course(halving: 40), b: course(halving: 20), from: 0, measure: .seconds))
    #expect(comparison.ahead == .b && comparison.effort == 100)
    #expect(abs(try #require(comparison.ratio) - 2) < 0.1)
    let other = try #require(RunComparison(a: course(halving: 20), b: course(halving: 40), from: 0, measure: .seconds))
    #expect(other.ahead == .a)
  }

  @Test("with batches of three times as many rows, it is behind at equal points")
  func points() throws {
    let (a, b) = (course(halving: 40), course(halving: 20, rows: 30))
    #expect(RunComparison(a: a, b: b, from: 0, measure: .points)?.ahead == .a)
  }

  @Test("the same are level, and what has hardly begun is not compared")
  func level() throws {
    let a = course(halving: 40)
    #expect(try #require(RunComparison(a: a, b: a, from: 0, measure: .points)).ahead == nil)
    #expect(RunComparison(a: a, b: a.upTo(5), from: 0, measure: .seconds) == nil)
    #expect(RunComparison(a: a, b: a, from: 95, measure: .seconds) == nil)
  }
}
