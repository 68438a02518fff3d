/// How samples are drawn: by which sampler, from whose predictions, of which class.
package struct SampleSettings: Equatable, Sendable {
  /// Whose predictions the sampler follows.
  package enum Predictor: String, CaseIterable, Sendable {
    case learned, average, ideal

    /// One line for help and menus.
    package var summary: String {
      switch self {
      case .learned: "the network as it is"
      case .average: "the moving average of its weights, if one is kept"
      case .ideal: "the exact answer, which knows nothing but to copy the data"
      }
    }
  }

  /// How each step follows from the one before.
  package var sampler: Sampler
  /// From pure noise to data.
  package var steps: Int
  /// The noise levels that these steps lead through.
  package var grid: SamplingGrid
  /// Whom samples follow.
  package var predictor: Predictor
  /// How far outside the data's box the estimate of a clean point may be, in units of the box's longer side; nil does not
  /// bound it.
  package var margin: Double?
  /// Classifier-free guidance, for data with classes; see `ConditionalDenoiser.guidance`.
  package var guidance: Float
  /// The class of all samples; nil for each class as often as in the data.
  package var label: Int?

  /// - Parameter steps: 1 or more.
  package init(
    sampler: Sampler = .accelerated, steps: Int = 20, grid: SamplingGrid = SamplingGrid(),
    predictor: Predictor = .learned, margin: Double? = 0.1, guidance: Float = 0, label: Int? = nil
  ) {
    self.sampler = sampler
    self.steps = steps
    self.grid = grid
    self.predictor = predictor
    self.margin = margin
    self.guidance = guidance
    self.label = label
  }

  /// The denoiser that samples follow; the learned one in the place of an average that is not kept.
  package func denoiser(
    learned: NetworkDenoiser, average: NetworkDenoiser?, ideal: @autoclosure () -> IdealDenoiser
  ) -> any ConditionalDenoiser & DifferentiableDenoiser {
    switch predictor {
    case .learned: learned
    case .average: average ?? learned
    case .ideal: ideal()
    }
  }

  /// Where estimates may be, if they are bounded.
  package func bounds(of dataset: Dataset) -> EstimateBounds? {
    margin.map { EstimateBounds(dataset.corners, margin: $0) }
  }

  /// The classes of `count` samples; empty for data without classes, which need nothing drawn. As many are drawn
  /// whether or not they are all of one class.
  package func labels(count: Int, of dataset: Dataset, using random: inout Random) -> [Int] {
    guard let labels = dataset.labels else { return [] }
    return (0..<count).map { _ in
      let drawn = Int(labels[random.index(below: labels.count)])
      return label ?? drawn
    }
  }
}

/// The values that keys and the settings panel lead through.
extension SampleSettings {
  /// Steps of the sampler.
  package static let stepChoices = [2, 3, 5, 7, 10, 15, 20, 30, 50, 70, 100]
  /// Guidance; 0 is unguided.
  package static let guidanceChoices: [Float] = [0, 0.5, 1, 2, 3, 5, 8, 15]
}
