/// The complete configuration of a training run.
package struct Experiment: Encodable, Equatable, Sendable {
  /// The preset's that it began as.
  package var name: String
  /// What is learned.
  package var data: DataSource
  /// Determines the points of shapes that have random ones, and of words.
  package var dataSeed: UInt64 = 0
  /// Share of the points that training does not see, below 1.
  package var holdout = 0.0
  /// At which levels noise is added.
  package var schedule: ScheduleSettings
  /// Widths of the hidden layers.
  package var hidden: [Int]
  /// Of the hidden layers.
  package var activation: Activation
  /// How the weights begin.
  package var initialWeights = InitialWeights.torch
  /// What the network sees and says, and what an error counts.
  package var formulation: Formulation
  /// How often a label is hidden from the network, for data with classes: what guidance needs to know.
  package var labelDropout: Double = 0.1
  /// What the network is asked to answer.
  package var target = TrainingTarget.sample
  /// How evenly rows are spread.
  package var drawKind = DrawKind.shuffled
  /// Levels are drawn in proportion to this power of what they count; 0 draws all alike. It does not change the loss.
  package var levelPower = 0.0
  /// Rows of a batch.
  package var batchSize: Int
  /// Whether the last batch of an epoch is short, as PyTorch's `DataLoader` makes it.
  package var stopsBatchAtEpochEnd: Bool
  /// How the weights follow from the gradients.
  package var optimizer: OptimizerSettings
  /// The base rate, which the schedule is applied to. Under another one the schedule goes on.
  package var learningRate: Double
  /// What the base rate is multiplied by as a run goes on.
  package var learningRateSchedule: LearningRateSchedule
  /// Steps at the start of each run over which the rate rises from 0; 0 for none.
  package var warmUpSteps = 0
  /// The global gradient norm is clipped at this; nil does not clip.
  package var clipNorm: Double?
  /// Decay of the moving average of the weights, below 1; nil keeps none.
  package var averageDecay: Double?
  /// Steps of each of several runs, one after the other on the same network. Each begins with a fresh optimizer and a
  /// fresh learning-rate schedule. Training that goes on after the last run stays at the end of its schedule.
  package var runs: [Int]

  /// Steps of all runs together.
  package var totalSteps: Int { runs.reduce(0, +) }

  /// The points to learn; nil if they come from a file, which has to be read by whoever may read files.
  package func makeData() -> Dataset? { data.make(seed: dataSeed).map(split) }

  /// Points that were read from elsewhere, with the share held out that should be.
  package func split(_ dataset: Dataset) -> Dataset { dataset.holdingOut(holdout, seed: dataSeed) }

  /// The schedule's levels, or those that stand for all, with what training on this data needs of them.
  package func noiseLevels(for dataset: Dataset) -> [NoiseLevel] {
    schedule.schedule.sigmas.map {
      NoiseLevel(sigma: $0, formulation: formulation, sigmaData: dataset.sigmaData)
    }
  }

  /// The distribution of the levels with what training needs of one; nil where they are a list.
  func continuousDraws(for dataset: Dataset) -> ContinuousDraws? {
    schedule.distribution.map {
      ContinuousDraws(levels: $0, formulation: formulation, sigmaData: dataset.sigmaData)
    }
  }

  /// What the base learning rate is multiplied by at a step, 0 being the first.
  func learningRateFactor(ofStep step: Int) -> Double {
    let (runStep, length, _) = position(ofStep: step)
    return learningRateSchedule.factor(step: runStep, of: length) * warmUpFactor(step: runStep, length: warmUpSteps)
  }

  /// Where a step (0 is the first) falls: its number within its run, the run's planned length, and whether the run
  /// begins with it.
  func position(ofStep step: Int) -> (step: Int, length: Int, isFirst: Bool) {
    var start = 0
    for length in runs.dropLast() {
      if step < start + length { return (step - start, length, step == start) }
      start += length
    }
    return (step - start, runs[runs.count - 1], step == start)
  }
}

extension Experiment {
  /// What decides which points are learned: where these are equal, so are the points.
  package struct Points: Equatable, Sendable {
    package var data: DataSource
    package var dataSeed: UInt64
    package var holdout: Double
  }

  /// Which points are learned.
  package var points: Points {
    get { Points(data: data, dataSeed: dataSeed, holdout: holdout) }
    set { (data, dataSeed, holdout) = (newValue.data, newValue.dataSeed, newValue.holdout) }
  }

  /// Whether the loss means the same under other settings, so that its values can be compared.
  package func hasLoss(like other: Experiment) -> Bool {
    points == other.points && schedule == other.schedule && formulation == other.formulation
      && labelDropout == other.labelDropout && target == other.target
  }

  /// Why training cannot go on under other settings, in words; nil if it can.
  ///
  /// Levels, weighting, batch size, learning rate, clipping, averaging and the length of the run may change at any step:
  /// the weights mean the same before and after.
  package func obstacle(to other: Experiment) -> String? {
    if other.hidden != hidden { return "other layers need other weights" }
    if other.initialWeights != initialWeights { return "other weights to begin with" }
    if other.activation != activation { return "under another activation the weights mean something else" }
    if other.formulation.parameterization != formulation.parameterization {
      return "a network trained to say \(formulation.parameterization.rawValue) does not say "
        + other.formulation.parameterization.rawValue
    }
    if other.formulation.features != formulation.features { return "the network has not learned to see other features" }
    if other.points != points { return "the network has learned other data" }
    return nil
  }
}

extension Experiment: Decodable {
  private enum CodingKeys: CodingKey {
    case name, data, dataSeed, holdout, schedule, hidden, activation, initialWeights, formulation, labelDropout, target,
      drawKind
    case levelPower, batchSize, stopsBatchAtEpochEnd
    case optimizer, learningRate, learningRateSchedule, warmUpSteps, clipNorm, averageDecay, runs
  }

  /// What has been decoded can be trained: a value out of range, or several that do not go together, are refused.
  ///
  /// - Throws: `DecodingError.dataCorrupted` with `problem`, in words.
  package init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    func value<Value: Decodable>(_ key: CodingKeys) throws -> Value { try container.decode(Value.self, forKey: key) }
    func optional<Value: Decodable>(_ key: CodingKeys, _ standard: Value) throws -> Value {
      try container.decodeIfPresent(Value.self, forKey: key) ?? standard
    }
    self.init(
      name: try value(.name), data: try value(.data),
      dataSeed: try optional(.dataSeed, 0),
      holdout: try optional(.holdout, 0),
      schedule: try value(.schedule), hidden: try value(.hidden), activation: try value(.activation),
      initialWeights: try optional(.initialWeights, .torch), formulation: try value(.formulation),
      labelDropout: try value(.labelDropout), target: try optional(.target, .sample),
      drawKind: try optional(.drawKind, .shuffled), levelPower: try optional(.levelPower, 0),
      batchSize: try value(.batchSize),
      stopsBatchAtEpochEnd: try value(.stopsBatchAtEpochEnd), optimizer: try value(.optimizer),
      learningRate: try value(.learningRate), learningRateSchedule: try value(.learningRateSchedule),
      warmUpSteps: try value(.warmUpSteps), clipNorm: try container.decodeIfPresent(Double.self, forKey: .clipNorm),
      averageDecay: try container.decodeIfPresent(Double.self, forKey: .averageDecay), runs: try value(.runs))
    if let problem {
      throw DecodingError.dataCorrupted(
        DecodingError.Context(codingPath: container.codingPath, debugDescription: problem))
    }
  }
}
