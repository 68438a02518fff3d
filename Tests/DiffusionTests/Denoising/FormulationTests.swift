import Foundation
import Testing

@testable import Diffusion

@Suite("Formulation")
struct FormulationTests {
  static let sigmas: [Float] = [1e-5, 0.002, 0.1, 0.45, 1, 3, 80, 1e4]

  static func level(_ sigma: Float, _ parameterization: Parameterization, _ weighting: Weighting = .uniform)
    -> NoiseLevel
  {
    NoiseLevel(
      sigma: sigma, formulation: Formulation(parameterization: parameterization, weighting: weighting), sigmaData: 0.45)
  }

  @Test("a perfect answer gives back the noise", arguments: Parameterization.allCases)
  func roundTrip(parameterization: Parameterization) {
    var random = Random(seed: 1)
    for sigma in FormulationTests.sigmas {
      let level = FormulationTests.level(sigma, parameterization)
      for _ in 0..<20 {
        let (x0, epsilon) = (0.45 * random.normal(), random.normal())
        let x = x0 + sigma * epsilon
        let error = level.epsilon(output: level.target(x0: x0, epsilon: epsilon), x: x) - epsilon
        // x0 carries the noise only in x's last digits when sigma is small.
        #expect(error.lengthSquared.squareRoot() < 4e-6 + 4e-7 / min(sigma, 1))
      }
    }
  }

  @Test("the coefficients have their closed forms")
  func closedForms() {
    let alpha = 1 / (1 + 4.0)  // alphaBar at sigma = 2
    let v = Parameterization.v.coefficients(sigma: 2, sigmaData: 1)
    #expect(abs(v.a + (1 - alpha).squareRoot()) < 1e-15 && abs(v.b - alpha.squareRoot()) < 1e-15)
    #expect(Parameterization.flow.coefficients(sigma: 2, sigmaData: 1) == (-1, 1))
    // EDM, table 1, at sigma = 2, sigmaData = ½: F = (x0 − c_skip·x) / c_out.
    let (skip, out) = (0.25 / 4.25, 2 * 0.5 / 4.25.squareRoot())
    let edm = Parameterization.edm.coefficients(sigma: 2, sigmaData: 0.5)
    #expect(abs(edm.a - (1 - skip) / out) < 1e-15 && abs(edm.b + skip * 2 / out) < 1e-15)
  }

  @Test("EDM's target has variance 1 and its weighting counts it evenly, at every level")
  func edm() {
    for sigma in FormulationTests.sigmas {
      let level = FormulationTests.level(sigma, .edm, .edm)
      #expect(abs(level.a * level.a * 0.45 * 0.45 + level.b * level.b - 1) < 1e-5)
      #expect(abs(level.weight - 1) < 1e-5)
    }
  }

  @Test("min-SNR has the weights of its paper")
  func minSNR() {
    for sigma in [0.1, 0.3, 1, 5] {
      let snr = 1 / (sigma * sigma)
      let weight = { Weighting.minSNR(gamma: 5).weight(sigma: sigma, parameterization: $0) }
      #expect(abs(weight(.x0) - min(snr, 5)) < 1e-12)
      #expect(abs(weight(.epsilon) - min(snr, 5) / snr) < 1e-12)
      #expect(abs(weight(.v) - min(snr, 5) / (snr + 1)) < 1e-12)
    }
  }

  @Test("the loss of the target is the loss of the noise at its own weight")
  func epsilonWeight() {
    for parameterization in Parameterization.allCases {
      let level = FormulationTests.level(0.7, parameterization, .inverseVariance(eps0: 0.1))
      let (x0, epsilon, output) = (Point(0.3, -0.2), Point(1, 0.5), Point(0.1, 0.9))
      let ofTarget = level.weight * (output - level.target(x0: x0, epsilon: epsilon)).lengthSquared
      let found = level.epsilon(output: output, x: x0 + 0.7 * epsilon)
      #expect(abs(level.epsilonWeight * (found - epsilon).lengthSquared / ofTarget - 1) < 1e-5)
    }
  }

  @Test("levels are finite at the extremes, for every choice")
  func finite() {
    for sigma in [1e-6, 1e-3, 1, 1e3, 1e6] as [Float] {
      for parameterization in Parameterization.allCases {
        for weighting in Weighting.all {
          for features in InputFeatures.all {
            let formulation = Formulation(parameterization: parameterization, features: features, weighting: weighting)
            let level = NoiseLevel(sigma: sigma, formulation: formulation, sigmaData: 0.001)
            #expect(level.a.isFinite && level.b.isFinite && level.weight.isFinite && level.weight > 0)
            #expect(level.epsilonWeight.isFinite && level.inputScale.isFinite && level.inputScale > 0)
            #expect(level.epsilon(output: Point(1, 1), x: Point(sigma, 0)).isFinite)
          }
        }
      }
    }
  }

  @Test("names find what they name, and settings survive coding")
  func names() throws {
    for features in InputFeatures.all { #expect(InputFeatures(name: features.name) == features) }
    let both = InputFeatures(scaling: .unitVariance, octaves: 3)
    #expect(both.name == "unit-variance+fourier-3" && InputFeatures(name: both.name) == both)
    for name in ["", "fourier-0", "fourier-9", "fourier", "plain+", "unit"] {
      #expect(InputFeatures(name: name) == nil)
    }
    let formulation = Formulation(parameterization: .v, features: both, weighting: .minSNR(gamma: 3))
    #expect(try recoded(formulation) == formulation)
  }
}

@Suite("InputFeatures")
struct InputFeaturesTests {
  static func row(_ features: InputFeatures, x: Point, sigma: Float, label: Int? = nil, classCount: Int = 0) -> [Float]
  {
    let level = NoiseLevel(sigma: sigma, formulation: Formulation(features: features), sigmaData: 0.5)
    return [Float](unsafeUninitializedCapacity: features.width(classCount: classCount)) { row, count in
      features.write(to: row, x: x, level: level, label: label, classCount: classCount)
      count = row.count
    }
  }

  @Test("plain features are x and the embedding of sigma")
  func plain() {
    #expect(InputFeaturesTests.row(.plain, x: Point(3, -4), sigma: 1) == [3, -4, 0, 1])
  }

  @Test("scaled inputs have the scales of their formulas")
  func scaling() {
    let scaled = InputFeaturesTests.row(InputFeatures(scaling: .scaled, octaves: 0), x: Point(3, -4), sigma: 2)
    #expect(abs(scaled[0] - 3 / Float(5).squareRoot()) < 1e-6)
    let unit = InputFeaturesTests.row(InputFeatures(scaling: .unitVariance, octaves: 0), x: Point(3, -4), sigma: 2)
    #expect(abs(unit[1] + 4 / Float(4.25).squareRoot()) < 1e-6)
  }

  @Test("Fourier features are sin and cos of 2ᵏ·π·x/2")
  func fourier() {
    let x = Point(0.37, -2.9)
    let row = InputFeaturesTests.row(InputFeatures(scaling: .none, octaves: 8), x: x, sigma: 0.1)
    #expect(row.count == 36)
    for k in 0..<8 {
      let angle = SIMD2<Double>(x) * .pi / 2 * pow(2, Double(k))
      let expected = [sin(angle.x), sin(angle.y), cos(angle.x), cos(angle.y)]
      for i in 0..<4 { #expect(abs(Double(row[2 + 4 * k + i]) - expected[i]) < 4e-5) }
    }
  }

  @Test("c-noise tells the level by ¼ log sigma, with other features before it and classes after")
  func noiseConditioning() throws {
    let x = Point(3, -4)
    let row = InputFeaturesTests.row(.edm, x: x, sigma: 0.1, label: 1, classCount: 2)
    let unit = InputFeaturesTests.row(InputFeatures(scaling: .unitVariance, octaves: 0), x: x, sigma: 0.1)
    #expect(row == [unit[0], unit[1], Float(0.25 * log(0.1)), 0, 1, 0])
    #expect(InputFeatures.edm.name == "unit-variance+c-noise" && InputFeatures(name: "c-noise+fourier-2")?.octaves == 2)
    #expect(try recoded(Formulation(features: .edm)).features == .edm)
    let old = #"{"scaling":"plain","octaves":4}"#
    #expect(
      try JSONDecoder().decode(InputFeatures.self, from: Data(old.utf8)) == InputFeatures(scaling: .none, octaves: 4))
  }

  @Test("a label is one-hot, and no label has a place of its own")
  func labels() {
    let row = { InputFeaturesTests.row(.plain, x: .zero, sigma: 1, label: $0, classCount: 3)[4...] }
    #expect(row(0) == [1, 0, 0, 0])
    #expect(row(2) == [0, 0, 1, 0])
    #expect(row(nil) == [0, 0, 0, 1])
  }
}
