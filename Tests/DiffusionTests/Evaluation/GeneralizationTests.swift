import RealModule
import TestExperiments
import Testing

@testable import Diffusion

@Suite("Generalization and known mixtures")
struct GeneralizationTests {
  private static let mixture = GaussianMixture.eight

  @Test("the mixture's prediction is −sigma times the gradient of its log density, and so is its divergence")
  func gradient() {
    var random = Random(seed: 1)
    for sigma: Float in [0.05, 0.3, 2] {
      let x = Self.mixture.sample(20, sigma: sigma, using: &random)
      let found = Self.mixture.epsilonAndDivergence(x: x, sigma: sigma)
      #expect(maximumError(Self.mixture.epsilon(x: x, sigma: sigma), found.map(\.epsilon)) == 0)
      let step: Float = 1e-2 * sigma
      for (row, point) in x.enumerated() {
        var slope = SIMD2<Double>.zero
        var divergence = 0.0
        for axis in 0..<2 {
          var offset = Point.zero
          offset[axis] = step
          let pair = [point + offset, point - offset]
          let logs = Self.mixture.logDensity(x: pair, sigma: sigma)
          slope[axis] = (logs[0] - logs[1]) / Double(2 * step)
          let ends = Self.mixture.epsilon(x: pair, sigma: sigma)
          divergence += Double((ends[0][axis] - ends[1][axis]) / (2 * step))
        }
        let expected = -Double(sigma) * slope
        #expect(
          abs(Double(found[row].epsilon.x) - expected.x) < 5e-3 && abs(Double(found[row].epsilon.y) - expected.y) < 5e-3
        )
        #expect(abs(Double(found[row].divergence) - divergence) < 1e-2 * max(abs(divergence), 1))
      }
    }
  }

  /// ∫ f over a square, by the midpoint rule.
  private func integral(halfSide: Double, side: Int, _ f: ([Point]) -> [Double]) -> Double {
    let cell = 2 * halfSide / Double(side)
    let grid = (0..<side * side).map { i in
      Point(
        Float((Double(i % side) + 0.5) * cell - halfSide), Float((Double(i / side) + 0.5) * cell - halfSide))
    }
    return f(grid).reduce(0, +) * cell * cell
  }

  @Test("the likelihood by the flow from pure noise is the mixture's closed form, and its divergence from itself is 0")
  func closedForm() throws {
    var random = Random(seed: 2)
    let sigmas: ClosedRange<Float> = 0.02...40
    let x = Self.mixture.sample(200, sigma: sigmas.lowerBound, using: &random)
    let exact = Self.mixture.logDensity(x: x, sigma: sigmas.lowerBound)
    let found = try #require(Likelihood(of: x, under: Self.mixture, sigmas: sigmas, steps: 128))
    let mean = -exact.reduce(0, +) / 200
    #expect(abs(found.negativeLogLikelihood - mean) < 4e-3)
    #expect(abs(found.bitsPerDimension - mean / (2 * Double.log(2))) < 3e-3)
    let itself = Likelihood.divergence(from: exact, to: found.logDensities)
    #expect(abs(itself.mean) < 4e-3)
  }

  @Test("the divergence from one mixture to another is the integral of p·(log p − log q)")
  func divergence() throws {
    var random = Random(seed: 3)
    let other = GaussianMixture(centres: Self.mixture.centres.map { $0 + Point(0.05, 0) }, deviation: 0.08)
    let sigmas: ClosedRange<Float> = 0.05...40
    let x = Self.mixture.sample(1500, sigma: sigmas.lowerBound, using: &random)
    let exact = Self.mixture.logDensity(x: x, sigma: sigmas.lowerBound)
    let logs = try #require(Likelihood.logDensity(of: x, under: other, sigmas: sigmas, steps: 48))
    let found = Likelihood.divergence(from: exact, to: logs)
    let expected = integral(halfSide: 1.4, side: 200) { grid in
      zip(Self.mixture.logDensity(x: grid, sigma: 0.05), other.logDensity(x: grid, sigma: 0.05)).map {
        Double.exp($0) * ($0 - $1)
      }
    }
    #expect(expected > 0.1 && abs(found.mean - expected) < 4 * found.standardError)
  }

  @Test("the ideal denoiser's likelihood is the numerical integral of −p·log p")
  func entropy() throws {
    let data = DataSource.swissRoll(count: 300).load()
    let ideal = IdealDenoiser(data)
    let sigmas: ClosedRange<Float> = 0.05...30
    var random = Random(seed: 4)
    let x = (0..<900).map { data.points[$0 % 300] + sigmas.lowerBound * random.normal() }
    let found = try #require(Likelihood(of: x, under: ideal, sigmas: sigmas, steps: 64))
    let expected = integral(halfSide: 1.6, side: 240) { grid in
      ideal.logDensity(x: grid, sigma: sigmas.lowerBound).map { -Double.exp($0) * $0 }
    }
    let error = 4 * found.standardError + found.integrationError
    #expect(error < 0.15 && abs(found.negativeLogLikelihood - expected) < error)
  }

  @Test("who copies tells points that training saw from those held out; who knows the distribution does not")
  func memorising() throws {
    let data = DataSource.shape(.mixture, count: 400).load().holdingOut(0.5, seed: 0)
    let schedule = ScheduleSettings(.logLinear, bounds: 0.01...20).schedule
    var random = Random(seed: 5)
    func look(_ denoiser: some DifferentiableDenoiser) throws -> Generalization {
      let sigmas = SamplingGrid().sigmas(steps: 20, ScheduleSettings(.logLinear, bounds: 0.01...20))
      let samples = Sampler.heun.sample(count: 200, sigmas: sigmas, denoiser: denoiser, using: &random).x
      return try #require(
        Generalization(of: data, under: denoiser, samples: samples, schedule: schedule, seed: 1))
    }
    let (copier, knower) = (try look(IdealDenoiser(data)), try look(Self.mixture))
    func gap(_ found: Generalization) -> Double {
      found.heldOut.likelihood.bitsPerDimension - found.trained.likelihood.bitsPerDimension
    }
    #expect(gap(copier) > 1 && abs(gap(knower)) < 0.4)
    #expect(copier.trained.quality.meanDistance < 0.3 * copier.heldOut.quality.meanDistance)
    #expect(knower.trained.quality.meanDistance > 0.6 * knower.heldOut.quality.meanDistance)
    #expect(copier.trained.quality.copies > copier.heldOut.quality.copies + 0.3)
    #expect(
      Generalization(
        of: DataSource.swissRoll(count: 9).load(), under: Self.mixture, samples: [.zero], schedule: schedule, seed: 0)
        == nil)
  }
}
