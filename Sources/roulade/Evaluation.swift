import Diffusion
import Foundation
import Plot

/// How good a network is: what `roulade evaluate` measures.
struct Evaluation: Encodable {
  /// A number and its standard error.
  struct Estimate: Encodable {
    let value: Double
    let standardError: Double
  }

  struct Level: Encodable {
    let sigma: [Float]
    /// Of the denoiser that is judged, and of the ideal one.
    let denoiser, ideal: Float?
    /// The share of the loss's weight that falls here.
    let weight: Float
  }

  struct Samples: Encodable {
    /// How they were drawn, where nothing beside them says it.
    var sampler: String?
    var steps: Int?
    let denoiser: String
    let distance, distance95, slicedWasserstein, coverage, copies: Float?
    let lost: Int
  }

  let data: String
  let step: Int
  let seed: UInt64
  /// `learned`, `average` or `ideal`.
  let denoiser: String
  /// Numbers that are not finite are left out.
  let loss: Estimate?
  let floor: Estimate?
  let predictingZero: Float
  let levels: [Level]
  let sampler: String
  let samplerSteps: Int
  let sampleCount: Int
  /// Of the denoiser, and of the ideal one.
  let samples: [Samples]
  /// Where the likelihood is that of the data with the least noise.
  let likelihoodSigma: Float
  /// In bits for each dimension.
  let bitsPerDimension: Estimate?
  /// The Kullback–Leibler divergence from the exact distribution, in nats.
  let divergence: Estimate?

  /// Draws that the loss is measured on, noisy points behind the floor, and points whose likelihood is asked: what takes
  /// a second or two.
  private static let (lossDraws, floorDraws, likelihoodPoints) = (40_000, 20_000, 500)

  /// - Parameter isWanted: Asked now and then; once it says no, there is no answer.
  init?(of run: Run, sampling: SampleSettings, count: Int, seed: UInt64, isWanted: () -> Bool) {
    let (dataset, levels) = (run.dataset, run.levels)
    let ideal = IdealDenoiser(dataset)
    (data, step, self.seed, denoiser) = (dataset.name, run.stepCount, seed, sampling.predictor.rawValue)
    let chosen = sampling.denoiser(learned: run.denoiser, average: run.averageDenoiser, ideal: ideal)

    func each(_ draws: Int) -> Int { max(draws / levels.count, 2) }
    var random = Random(seed: seed, stream: .evaluation)
    let expected = ExpectedLoss(
      of: chosen, dataset: dataset, levels: levels, drawsPerLevel: each(Self.lossDraws), using: &random)
    loss = Estimate(finite: Double(expected.value), Double(expected.standardError))
    guard isWanted() else { return nil }
    // As the loss, of all classes together.
    var floor = LossFloor(dataset, schedule: run.schedule, ideal: ideal, labelDropout: 1, seed: seed)
    floor.refine(rows: each(Self.floorDraws) * levels.count)
    self.floor = floor.value(levels).flatMap { Estimate(finite: Double($0.floor), Double($0.standardError)) }
    predictingZero = LossFloor.predictingZero(levels, dataset: dataset)
    guard isWanted() else { return nil }
    self.levels = LossByNoise(dataset, schedule: run.schedule, ideal: ideal, seed: seed).bins(chosen, levels: levels)
      .map {
        Level(
          sigma: [$0.sigma.lowerBound, $0.sigma.upperBound], denoiser: finite($0.learned), ideal: finite($0.ideal),
          weight: $0.mass)
      }

    (sampler, samplerSteps, sampleCount) = (sampling.sampler.name, sampling.steps, count)
    var samples: [Samples] = []
    for predictor in sampling.predictor == .ideal ? [.ideal] : [sampling.predictor, .ideal] {
      var settings = sampling
      settings.predictor = predictor
      var judge = SampleJudge(dataset: dataset, settings: settings, seed: seed)
      guard let quality = judge.measure(run, count: count, isWanted: isWanted) else { return nil }
      samples.append(Samples(quality, denoiser: predictor.rawValue))
    }
    self.samples = samples

    let sigmas = run.schedule.range
    likelihoodSigma = sigmas.lowerBound
    let points = (0..<Self.likelihoodPoints).map { _ in
      dataset.points[random.index(below: dataset.points.count)] + sigmas.lowerBound * random.normal()
    }
    guard let likelihood = Likelihood(of: points, under: chosen, sigmas: sigmas, isWanted: isWanted) else { return nil }
    bitsPerDimension = Estimate(finite: likelihood.bitsPerDimension, likelihood.bitsPerDimensionError)
    let divergence = Likelihood.divergence(
      from: ideal.logDensity(x: points, sigma: sigmas.lowerBound), to: likelihood.logDensities)
    self.divergence = Estimate(finite: divergence.mean, divergence.standardError)
    guard isWanted() else { return nil }
  }
}

extension Evaluation.Estimate {
  /// Nil for what is not finite: JSON has no word for it.
  fileprivate init?(finite value: Double, _ standardError: Double) {
    guard value.isFinite, standardError.isFinite else { return nil }
    self.init(value: value, standardError: standardError)
  }
}

extension Evaluation.Samples {
  init(_ quality: SampleQuality, denoiser: String, sampler: String? = nil, steps: Int? = nil) {
    self.init(
      sampler: sampler, steps: steps, denoiser: denoiser, distance: finite(quality.meanDistance),
      distance95: finite(quality.distance95),
      slicedWasserstein: finite(quality.slicedWasserstein), coverage: finite(quality.coverage),
      copies: finite(quality.copies), lost: quality.lost)
  }
}

// MARK: What is printed of it

extension Evaluation {
  var json: String {
    get throws {
      let encoder = JSONEncoder()
      encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
      encoder.keyEncodingStrategy = .convertToSnakeCase
      return String(decoding: try encoder.encode(self), as: UTF8.self) + "\n"
    }
  }

  var text: String {
    let way = LossFloor.progress(
      loss: Float(loss?.value ?? .nan), floor: Float(floor?.value ?? .nan), zero: predictingZero)
    let gone = way.isFinite ? "; \((100 * way).formatted(decimals: 1)) % of the way to it" : ""
    var lines = [
      "\(data), step \(step), \(denoiser) denoiser",
      "",
      "loss            \(Estimate.words(loss)), of predicting zero \(predictingZero.formatted(significant: 4))",
      "floor           \(Estimate.words(floor))\(gone)",
      "likelihood      \(Estimate.words(bitsPerDimension)) bits per dimension, at sigma "
        + likelihoodSigma.formatted(significant: 3),
      "divergence      \(Estimate.words(divergence)) nats from the data at that sigma",
      "",
      "\(sampleCount) samples, \(sampler), \(samplerSteps) steps",
    ]
    lines += table(
      ["", "distance", "95 % within", "sliced W.", "coverage", "copies", "lost"],
      samples.map { row in
        [row.denoiser]
          + [row.distance, row.distance95, row.slicedWasserstein].map { $0?.formatted(significant: 3) ?? "-" }
          + [row.coverage, row.copies].map { $0?.formatted(decimals: 2) ?? "-" } + ["\(row.lost)"]
      })
    lines += ["", "squared error of the noise, by noise level"]
    lines += table(
      ["sigma", "to", denoiser, denoiser == "ideal" ? "exact" : "ideal", "weight"],
      levels.reversed().map { level in
        level.sigma.map { $0.formatted(significant: 3) }
          + [level.denoiser, level.ideal].map { $0?.formatted(significant: 3) ?? "-" }
          + [(100 * level.weight).formatted(decimals: 1) + " %"]
      })
    return lines.joined(separator: "\n")
  }

  private func table(_ head: [String], _ rows: [[String]]) -> [String] {
    let all = [head] + rows
    let widths = head.indices.map { column in max(all.map { $0[column].cellWidth }.max() ?? 0, 9) }
    return all.map { row in zip(row, widths).map { "  " + $0.paddedLeft(to: $1) }.joined() }
  }
}

extension Evaluation.Estimate {
  /// `2.163 ± 0.025`, or that there is no such number.
  fileprivate static func words(_ estimate: Self?) -> String {
    words(estimate?.value ?? .nan, estimate?.standardError ?? .nan)
  }

  /// - Parameter standardError: Not finite where one point was all there was.
  static func words(_ value: Double, _ standardError: Double) -> String {
    guard value.isFinite else { return "not finite" }
    let spread = standardError.isFinite ? " ± \(standardError.formatted(significant: 2))" : ""
    return value.formatted(significant: 4) + spread
  }
}
