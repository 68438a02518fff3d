import Foundation
import Testing

@testable import Diffusion

@Suite("IdealDenoiser")
struct IdealDenoiserTests {
  @Test("the noise matches float64 at five levels")
  func parity() throws {
    let reference = try Reference("ideal_denoiser")
    let denoiser = IdealDenoiser(points: try Fixture.smalldiffusionRoll())
    for (k, sigma) in reference["sigmas"].floats.enumerated() {
      let epsilon = denoiser.epsilon(x: reference["x"][k].points, sigma: sigma)
      #expect(maximumError(epsilon, reference["eps_hat"][k].points) < 2e-6)
    }
  }

  /// The definition, in double precision.
  static func naive(_ data: [Point], _ x: Point, _ sigma: Float) -> Point {
    let s = Double(sigma)
    let squares = data.map { p in
      let d = SIMD2<Double>(x) - SIMD2<Double>(p)
      return (d * d).sum()
    }
    let least = squares.min() ?? 0
    let weights = squares.map { exp(-($0 - least) / (2 * s * s)) }
    let sum = zip(weights, data).reduce(SIMD2<Double>.zero) { $0 + $1.0 * SIMD2<Double>($1.1) }
    return Point((SIMD2<Double>(x) - sum / weights.reduce(0, +)) / s)
  }

  @Test("the pruned sum equals the whole sum", arguments: [1, 2, 15, 16, 17, 63, 64, 65, 1000, 5000])
  func pruning(count: Int) {
    var random = Random(seed: 7)
    // Clumps, copies and outliers: what a tree may get wrong.
    let data = (0..<count).map { i -> Point in
      if i % 7 == 0 { return Point(0.25, -0.5) }
      let spread: Float = i % 11 == 0 ? 5 : 0.3
      return spread * random.normal() + Point(Float(i % 3), 0)
    }
    let denoiser = IdealDenoiser(points: data)
    for sigma in [0.001, 0.02, 0.3, 2, 50] as [Float] {
      let x = (0..<50).map { _ in data[random.index(below: count)] + sigma * random.normal() }
      let expected = x.map { IdealDenoiserTests.naive(data, $0, sigma) }
      // Single precision knows x only to 6e-8·|x|, which the division by sigma enlarges.
      #expect(maximumError(denoiser.epsilon(x: x, sigma: sigma), expected) < 3e-6 + 1e-6 / sigma)
    }
  }

  @Test("a point far from data that is fine beside sigma is still exact")
  func farFromData() {
    let data = (0..<100).map { Point(Float($0) * 0.001, Float($0 % 10) * 0.001) }
    let x = Point(2, 1)
    let found = IdealDenoiser(points: data).epsilon(x: [x], sigma: 0.02)[0]
    let expected = IdealDenoiserTests.naive(data, x, 0.02)
    #expect((found - expected).lengthSquared.squareRoot() < 2e-5)
  }

  @Test("one data point makes the estimate constant")
  func oneDataPoint() {
    let denoiser = IdealDenoiser(points: [Point(0.25, -0.75)])
    let x = [Point(0, 0), Point(3, 1), Point(-100, 0.5)]
    for sigma in [0.01, 1, 100] as [Float] {
      #expect(maximumError(denoiser.x0(x: x, sigma: sigma), x.map { _ in Point(0.25, -0.75) }) < 1e-5)
    }
  }

  @Test("a huge sigma gives the mean, a tiny one the nearest point")
  func limits() {
    var random = Random(seed: 1)
    let data = random.normals(500)
    let mean = data.reduce(.zero, +) / 500
    let denoiser = IdealDenoiser(points: data)
    #expect((denoiser.x0(x: [Point(0.5, 0.5)], sigma: 1e3)[0] - mean).lengthSquared.squareRoot() < 1e-4)
    for sigma in [1e-4, 1e-30] as [Float] {
      let x = data[17] + Point(1e-5, 0)
      #expect(denoiser.x0(x: [x], sigma: sigma)[0] == data[17])
    }
  }

  @Test("far away nothing overflows, and no point is no number")
  func farAway() {
    let denoiser = IdealDenoiser(points: [Point(0, 0), Point(1, 0), Point(0, 1)])
    for x in [Point(1e10, 0), Point(1e30, -1e30), Point(-3e38, 0)] {
      for sigma in [1, 1e10] as [Float] {
        let epsilon = denoiser.epsilon(x: [x], sigma: sigma)[0]
        #expect(epsilon.isFinite)
        #expect(((epsilon * sigma - x) / 3e38).lengthSquared < 1e-10)
      }
    }
    #expect(denoiser.epsilon(x: [Point(.nan, 0)], sigma: 1)[0].x.isNaN)
    #expect(denoiser.epsilon(x: [], sigma: []).isEmpty)
  }

  @Test("one thread and many give the same bits")
  func determinism() {
    var random = Random(seed: 3)
    var denoiser = IdealDenoiser(points: random.normals(3000))
    let x = random.normals(333)
    let many = denoiser.epsilon(x: x, sigma: 0.2)
    denoiser.isParallel = false
    #expect(denoiser.epsilon(x: x, sigma: 0.2) == many)
  }

  @Test("the variance is that of the noise given the point")
  func variance() {
    // Two points: the posterior is a coin, wherever one looks.
    let denoiser = IdealDenoiser(points: [Point(-1, 0), Point(1, 0)])
    for x in [0, 0.3, 2] as [Float] {
      let estimate = denoiser.estimates(x: [Point(x, 5)], sigma: [0.7])[0]
      let right = 1 / (1 + exp(-2 * Double(x) / 0.49))
      #expect(abs(Double(estimate.variance) - 4 * right * (1 - right) / 0.49) < 1e-5)
    }
    // And its mean over noise is the expected squared error of the mean.
    var random = Random(seed: 2)
    let data = random.normals(50)
    let (clean, noise) = ((0..<20_000).map { data[$0 % 50] }, random.normals(20_000))
    let x = zip(clean, noise).map { $0 + 0.4 * $1 }
    let estimates = IdealDenoiser(points: data).estimates(x: x, sigma: [Float](repeating: 0.4, count: x.count))
    let variance = estimates.reduce(0) { $0 + Double($1.variance) } / 20_000
    let error = zip(estimates, noise).reduce(0) { $0 + Double(($1.0.epsilon - $1.1).lengthSquared) } / 20_000
    #expect(abs(variance / error - 1) < 0.02)
  }

  @Test("a class is denoised by its own points; guidance goes beyond it")
  func classes() {
    let data = Dataset(
      name: "two", points: [Point(0, 0), Point(1, 1), Point(0, 2), Point(3, 1)], labels: [0, 1, 0, 1])
    var denoiser = IdealDenoiser(data)
    let x = [Point(0.5, 0.5), Point(0.5, 0.5)]
    let unconditional = denoiser.epsilon(x: x, sigma: 0.8)
    denoiser.labels = [0, 1]
    let conditional = denoiser.epsilon(x: x, sigma: 0.8)
    for (row, own) in [[Point(0, 0), Point(0, 2)], [Point(1, 1), Point(3, 1)]].enumerated() {
      #expect(conditional[row] == IdealDenoiser(points: own).epsilon(x: x, sigma: 0.8)[row])
    }
    denoiser.guidance = 2
    let expected = zip(conditional, unconditional).map { 3 * $0 - 2 * $1 }
    #expect(maximumError(denoiser.epsilon(x: x, sigma: 0.8), expected) < 1e-6)
  }
}
