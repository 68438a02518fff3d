import Diffusion
import Foundation

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
  private var event: String?
  private var loss: Float?
  private var sigma: [Float]?
  private var learningRate: Double?
  private var gradientNorm: Float?
  private var clipped: Bool?
  private var path: String?
  private var message: String?
  private var samples: Quality?

  private struct Quality: Encodable {
    let sampler: String
    let steps: Int
    let denoiser: String
    let distance, distance95, slicedWasserstein, coverage, copies: Float?
    let lost: Int
  }

  /// `{"clipped":false,"gradient_norm":3.1,"learning_rate":0.0003,"loss":4925.4,"seconds":0.02,"sigma":[0.002,2],"step":1}`
  init(_ report: StepReport, seconds: Double) {
    self.init(step: report.step, seconds: seconds)
    (loss, gradientNorm) = (finite(report.loss), finite(report.gradientNorm))
    sigma = [report.sigmaRange.lowerBound, report.sigmaRange.upperBound]
    (learningRate, clipped) = (report.learningRate, report.isClipped)
  }

  /// `{"event":"wrote","path":"out/model.safetensors","seconds":7.1,"step":400}`
  init(_ event: TrainingEvent, step: Int, seconds: Double) {
    self.init(step: step, seconds: seconds)
    switch event {
    case .reached(let words): (self.event, message) = ("reached", words)
    case .missed(let words): (self.event, message) = ("missed", words)
    case .checkpoint(let path): (self.event, self.path) = ("checkpoint", path)
    case .wrote(let path): (self.event, self.path) = ("wrote", path)
    case .failed(let error): (self.event, message) = ("failed", "\(error)")
    case .stopped(let signal): (self.event, message) = ("stopped", "signal \(signal)")
    case .samples(let quality, let settings):
      self.event = "samples"
      samples = Quality(
        sampler: settings.sampler.name, steps: settings.steps, denoiser: settings.predictor.rawValue,
        distance: finite(quality.meanDistance), distance95: finite(quality.distance95),
        slicedWasserstein: finite(quality.slicedWasserstein), coverage: finite(quality.coverage),
        copies: finite(quality.copies), lost: quality.lost)
    }
  }

  private init(step: Int, seconds: Double) {
    self.step = step
    self.seconds = (seconds * 1e6).rounded() / 1e6
  }

  var text: String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    encoder.keyEncodingStrategy = .convertToSnakeCase
    // Only a number that is not finite could fail, and there is none.
    return (try? encoder.encode(self)).map { String(decoding: $0, as: UTF8.self) } ?? "{}"
  }
}

/// Nil for what JSON has no word for.
func finite(_ value: Float) -> Float? { value.isFinite ? value : nil }
