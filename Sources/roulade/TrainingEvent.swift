import Diffusion
import Foundation
import Plot

/// What happens in training beside its steps.
enum TrainingEvent {
  /// A goal, in words.
  case reached(String)
  /// A goal that was not reached by the last step, in words.
  case missed(String)
  /// A checkpoint on the way, by its path.
  case checkpoint(String)
  /// A result, by its path.
  case wrote(String)
  /// Samples of the network when training has ended.
  case samples(SampleQuality, SampleSettings)
  /// The network on points that training saw and on points that it did not.
  case generalization(Generalization)
  /// The divergence from what the data are drawn from, and its standard error, in nats.
  case divergence(Double, standardError: Double)
  /// A value that is not finite.
  case failed(TrainingError)
  /// A signal asked for it.
  case stopped(Int32)

  /// The line for people; nil for what ends the program with a message.
  var text: String? {
    switch self {
    case .reached(let words): "reached \(words)"
    case .wrote(let path): "wrote \(path)"
    case .samples(let quality, let settings): quality.text(settings)
    case .generalization(let generalization): generalization.text
    case .divergence(let mean, let error):
      "divergence from what the data are drawn from: \(Evaluation.Estimate.words(mean, error)) nats"
    case .missed, .checkpoint, .failed, .stopped: nil
    }
  }
}

/// A line of the log for programs: one object, for a step or, with `event`, for anything else. Numbers that are not finite
/// are left out: JSON has none.
struct JSONLine: Encodable {
  private let step: Int
  /// Since training began.
  private let seconds: Double
  /// Of the run.
  private let seed: UInt64
  private var event: String?
  private var loss: Float?
  private var sigma: [Float]?
  private var learningRate: Double?
  private var gradientNorm: Float?
  private var clipped: Bool?
  private var path: String?
  private var message: String?
  private var samples: Evaluation.Samples?
  private var trained: Side?
  private var heldOut: Side?
  private var divergence: Double?
  private var standardError: Double?

  /// A side of `Generalization`, in bits per dimension and data units.
  private struct Side: Encodable {
    let bits, bitsError, integrationError: Double?
    let distance, copies: Float?

    init(_ side: Generalization.Side) {
      bits = finite(side.likelihood.bitsPerDimension)
      bitsError = finite(side.likelihood.bitsPerDimensionError)
      integrationError = finite(side.likelihood.bitsPerDimensionIntegrationError)
      (distance, copies) = (finite(side.quality.meanDistance), finite(side.quality.copies))
    }
  }

  /// `{"clipped":false,"gradient_norm":3.1,"learning_rate":0.0003,"loss":4925.4,"seconds":0.02,"seed":0,"sigma":[0.002,2],"step":1}`
  init(_ report: StepReport, seed: UInt64, seconds: Double) {
    self.init(step: report.step, seed: seed, seconds: seconds)
    (loss, gradientNorm) = (finite(report.loss), finite(report.gradientNorm))
    sigma = [report.sigmaRange.lowerBound, report.sigmaRange.upperBound]
    (learningRate, clipped) = (report.learningRate, report.isClipped)
  }

  /// `{"event":"wrote","path":"out/model.safetensors","seconds":7.1,"seed":0,"step":400}`
  init(_ event: TrainingEvent, step: Int, seed: UInt64, seconds: Double) {
    self.init(step: step, seed: seed, seconds: seconds)
    switch event {
    case .reached(let words): (self.event, message) = ("reached", words)
    case .missed(let words): (self.event, message) = ("missed", words)
    case .checkpoint(let path): (self.event, self.path) = ("checkpoint", path)
    case .wrote(let path): (self.event, self.path) = ("wrote", path)
    case .failed(let error): (self.event, message) = ("failed", "\(error)")
    case .stopped(let signal): (self.event, message) = ("stopped", "signal \(signal)")
    case .generalization(let generalization):
      self.event = "generalization"
      (trained, heldOut) = (Side(generalization.trained), Side(generalization.heldOut))
    case .divergence(let mean, let error):
      self.event = "divergence"
      (divergence, standardError) = (finite(mean), finite(error))
    case .samples(let quality, let settings):
      self.event = "samples"
      samples = Evaluation.Samples(
        quality, denoiser: settings.predictor.rawValue, sampler: settings.sampler.name, steps: settings.steps)
    }
  }

  private init(step: Int, seed: UInt64, seconds: Double) {
    self.step = step
    self.seed = seed
    self.seconds = (seconds * 1e6).rounded() / 1e6
  }
}

extension Encodable {
  /// As a line of the log. Nothing in it is a number that is not finite.
  var jsonLine: String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    encoder.keyEncodingStrategy = .convertToSnakeCase
    // Only a number that is not finite could fail.
    return (try? encoder.encode(self)).map { String(decoding: $0, as: UTF8.self) } ?? "{}"
  }
}

/// Nil for what JSON has no word for.
func finite<Number: BinaryFloatingPoint>(_ value: Number) -> Number? { value.isFinite ? value : nil }

extension Generalization {
  /// Each number beside the same of points that training saw.
  fileprivate var text: String {
    func both(_ value: (Side) -> String) -> String { "\(value(heldOut)) (of trained points \(value(trained)))" }
    let bits = both {
      Evaluation.Estimate.words($0.likelihood.bitsPerDimension, $0.likelihood.bitsPerDimensionError)
    }
    return "held-out points: \(bits) bits per dimension, samples "
      + "\(both { $0.quality.meanDistance.formatted(significant: 3) }) away, "
      + "copies \(both { $0.quality.copies.formatted(decimals: 2) })"
  }
}
