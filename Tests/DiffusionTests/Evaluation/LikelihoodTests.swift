import RealModule
import Testing

@testable import Diffusion

@Suite("Densities and likelihoods")
struct LikelihoodTests {
  private static let roll = Dataset.swissRoll500
  private static let features = [
    InputFeatures.plain, InputFeatures(scaling: .unitVariance, octaves: 3), InputFeatures(scaling: .scaled, octaves: 1),
    .edm,
  ]

  @Test("the exact density of one point is a Gaussian")
  func onePoint() {
    let ideal = IdealDenoiser(points: [Point(0.5, -1)])
    let x = [Point(0.5, -1), Point(0.7, -0.8), Point(3, 4)]
    let expected = x.map { point in
      let offset = SIMD2<Double>(point) - SIMD2(0.5, -1)
      return -(offset * offset).sum() / (2 * 0.09) - .log(2 * .pi * 0.09)
    }
    for (found, expected) in zip(ideal.logDensity(x: x, sigma: 0.3), expected) {
      #expect(abs(found - expected) < 2e-5 * max(abs(expected), 1))
    }
    #expect(ideal.logDensity(x: [Point(.nan, 0)], sigma: 0.3)[0].isNaN)
  }

  @Test("the exact density is the mean of the points' Gaussians", arguments: [Float(0.01), 0.2, 2])
  func mixture(sigma: Float) {
    var random = Random(seed: 5)
    let points = Self.roll.points
    let x = (0..<50).map { points[$0 * 7] + sigma * random.normal() }
    let variance = Double(sigma) * Double(sigma)
    let expected = x.map { x in
      let terms = points.map { point in
        let offset = SIMD2<Double>(x) - SIMD2<Double>(point)
        return Double.exp(-(offset * offset).sum() / (2 * variance))
      }
      return Double.log(terms.reduce(0, +) / Double(points.count) / (2 * .pi * variance))
    }
    for (found, expected) in zip(IdealDenoiser(Self.roll).logDensity(x: x, sigma: sigma), expected) {
      #expect(abs(found - expected) < 1e-4)
    }
  }

  @Test("the exact density integrates to one")
  func integral() {
    let ideal = IdealDenoiser(Self.roll)
    let side = 160
    let cell = 4 / Double(side)
    let grid = (0..<side * side).map { i in
      Point(Float((Double(i % side) + 0.5) * cell - 2), Float((Double(i / side) + 0.5) * cell - 2))
    }
    let sum = ideal.logDensity(x: grid, sigma: 0.1).reduce(0) { $0 + Double.exp($1) * cell * cell }
    #expect(abs(sum - 1) < 1e-3)
  }

  @Test("the divergence of the ideal denoiser is that of central differences")
  func idealDivergence() {
    check(IdealDenoiser(Self.roll), sigma: 0.3, step: 1e-3, tolerance: 2e-2)
  }

  @Test(
    "the divergence of a network is that of central differences", arguments: features, Parameterization.allCases)
  func networkDivergence(features: InputFeatures, parameterization: Parameterization) {
    for activation in Activation.allCases {
      var random = Random(seed: 3)
      let network = MLP(
        widths: [features.width(classCount: 0), 33, 17, 2], activation: activation, using: &random)
      let formulation = Formulation(parameterization: parameterization, features: features)
      let denoiser = NetworkDenoiser(network: network, formulation: formulation, sigmaData: 0.5)
      check(denoiser, sigma: 0.4, step: 1e-2, tolerance: 2e-3)
    }
  }

  private func check(_ denoiser: some DifferentiableDenoiser, sigma: Float, step: Float, tolerance: Float) {
    var random = Random(seed: 4)
    let x = random.normals(19)
    let found = denoiser.epsilonAndDivergence(x: x, sigma: sigma)
    let here = denoiser.epsilon(x: x, sigma: sigma)
    func difference(_ axis: Int) -> [Float] {
      var offset = Point.zero
      offset[axis] = step
      let ahead = denoiser.epsilon(x: x.map { $0 + offset }, sigma: sigma)
      let behind = denoiser.epsilon(x: x.map { $0 - offset }, sigma: sigma)
      return zip(ahead, behind).map { ($0[axis] - $1[axis]) / (2 * step) }
    }
    let (across, down) = (difference(0), difference(1))
    for row in x.indices {
      #expect((found[row].epsilon - here[row]).lengthSquared < 1e-8)
      let expected = across[row] + down[row]
      #expect(abs(found[row].divergence - expected) < tolerance * max(abs(expected), 1))
    }
  }

  @Test("the ideal denoiser's likelihood along the flow is the exact density")
  func idealLikelihood() throws {
    let ideal = IdealDenoiser(Self.roll)
    let sigmas: ClosedRange<Float> = 0.02...3
    var random = Random(seed: 6)
    let x = Self.roll.points.prefix(200).map { $0 + sigmas.lowerBound * random.normal() }
    let likelihood = try #require(
      Likelihood(of: x, under: ideal, sigmas: sigmas, prior: .exact(ideal), steps: 128))
    let entropy = Likelihood.entropy(of: x, sigma: sigmas.lowerBound, ideal: ideal)
    #expect(abs(likelihood.negativeLogLikelihood - entropy.mean) < 5e-3)
    #expect(likelihood.integrationError < 2e-2)
    #expect(abs(likelihood.standardError / entropy.standardError - 1) < 0.05)
  }

  @Test("from pure noise at too small a level, the ideal denoiser diverges from the data by what the prior lacks")
  func divergence() throws {
    let ideal = IdealDenoiser(Self.roll)
    let sigmas: ClosedRange<Float> = 0.02...0.5
    var random = Random(seed: 6)
    let x = Self.roll.points.map { $0 + sigmas.lowerBound * random.normal() }
    let exactly = ideal.logDensity(x: x, sigma: sigmas.lowerBound)
    let logs = try #require(Likelihood.logDensity(of: x, under: ideal, sigmas: sigmas))
    let found = Likelihood.divergence(from: exactly, to: logs)
    // Where the flow ends the divergence is the same: it does not change along the way.
    let end = Self.roll.points.map { $0 + sigmas.upperBound * random.normal() }
    let exact = ideal.logDensity(x: end, sigma: sigmas.upperBound)
    let prior = Likelihood.Prior.noise.logDensity(end, sigma: sigmas.upperBound)
    let expected = zip(exact, prior).reduce(0) { $0 + $1.0 - $1.1 } / Double(end.count)
    #expect(expected > 0.1)
    #expect(abs(found.mean - expected) < 4 * found.standardError)
  }

  @Test("from a level to itself nothing flows: the density is the prior's")
  func oneLevel() throws {
    let x: [Point] = [[0, 0], [1, -2]]
    let likelihood = try #require(Likelihood(of: x, under: GaussianMixture.eight, sigmas: 2...2))
    #expect(likelihood.logDensities == Likelihood.Prior.noise.logDensity(x, sigma: 2))
    #expect(likelihood.integrationError == 0)
  }

  @Test("a likelihood that nobody wants any more is given up")
  func cancelled() {
    let ideal = IdealDenoiser(Self.roll)
    #expect(
      Likelihood(of: [.zero], under: ideal, sigmas: 0.01...1, isWanted: { false }) == nil)
  }
}

extension Dataset {
  fileprivate static let swissRoll500 = DataSource.swissRoll(count: 500).load()
}
