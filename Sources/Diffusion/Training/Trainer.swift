/// Trains a network on an experiment, one step at a time. Nothing here knows who watches.
///
/// The same experiment, data, seed and build give the same bits, whatever the number of threads.
package struct Trainer: Sendable {
  package private(set) var experiment: Experiment
  package let dataset: Dataset
  package private(set) var schedule: Schedule
  /// The schedule's levels with what training needs of them.
  package private(set) var levels: [NoiseLevel]
  package let seed: UInt64

  package private(set) var network: MLP
  /// Steps taken.
  package private(set) var stepCount = 0

  private var optimizer: AdamW
  private var average: MovingAverage?
  private var order: ShuffledEpochs
  private var random: Random
  private var batch: Batch
  private var gradient: LossGradient
  private let workers: Workers

  /// - Parameters:
  ///   - experiment: The settings of the run.
  ///   - dataset: What to learn; `experiment.data.load()` unless the points come from elsewhere.
  ///   - seed: Determines the initial weights and everything drawn.
  ///   - threads: Threads that share a step. They do not change its result.
  package init(_ experiment: Experiment, dataset: Dataset, seed: UInt64, threads: Int) {
    self.experiment = experiment
    self.dataset = dataset
    self.seed = seed
    schedule = experiment.schedule.schedule
    levels = experiment.noiseLevels(for: dataset)
    let inputs = experiment.formulation.features.width(classCount: dataset.classCount)

    var initialization = Random(seed: seed, stream: .weights)
    network = MLP(widths: [inputs] + experiment.hidden + [2], activation: experiment.activation, using: &initialization)
    optimizer = AdamW(experiment.optimizer, count: network.parameters.count)
    let initial = network.parameters
    average = experiment.averageDecay.map { MovingAverage(decay: $0, of: initial) }
    order = ShuffledEpochs(count: dataset.points.count, stopsAtEpochEnd: experiment.stopsBatchAtEpochEnd)
    random = Random(seed: seed, stream: .epochs)
    batch = Batch(for: experiment, dataset: dataset)
    workers = threads == Workers.shared.count ? .shared : Workers(count: threads)
    gradient = LossGradient(network, workers: workers)
  }

  /// Takes one step.
  ///
  /// - Parameter finished: Called as each part of the step has ended, for those who measure.
  /// - Throws: `TrainingError.nonFinite`, with the parameters left as they were.
  @discardableResult
  package mutating func step(finished: (StepPart) -> Void = { _ in }) throws(TrainingError) -> StepReport {
    if experiment.position(ofStep: stepCount).isFirst {
      optimizer = AdamW(experiment.optimizer, count: network.parameters.count)
    }

    batch.draw(
      from: dataset, order: &order, levels: levels, features: experiment.formulation.features,
      labelDropout: Float(experiment.labelDropout), using: &random)
    finished(.drawing)
    let loss = gradient.evaluate(
      network, input: batch.input, target: batch.target, weight: batch.weight, rows: batch.rows)
    finished(.gradient)
    let norm = gradient.norm
    guard loss.isFinite, norm.isFinite else { throw .nonFinite(tensor: nonFiniteTensor(loss), step: stepCount + 1) }

    let clipping = experiment.clipNorm.map { clippingScale(norm: norm, maximum: $0) } ?? 1
    let rate = experiment.learningRate * experiment.learningRateFactor(ofStep: stepCount)
    optimizer.update(
      &network.parameters, gradient: gradient.values, scale: clipping, rate: rate, average: &average,
      workers: workers)
    finished(.optimizer)

    stepCount += 1
    return StepReport(
      step: stepCount, loss: Float(loss), gradientNorm: Float(norm), isClipped: clipping < 1, learningRate: rate,
      sigmaRange: batch.sigmaRange)
  }

  /// Goes on under other settings from the next step.
  ///
  /// - Throws: `TrainingError.needsReset` if the weights would mean something else, with nothing changed.
  package mutating func change(to other: Experiment) throws(TrainingError) {
    if let obstacle = experiment.obstacle(to: other) { throw .needsReset(obstacle) }
    let old = experiment
    experiment = other
    schedule = other.schedule.schedule
    levels = other.noiseLevels(for: dataset)
    optimizer.settings = other.optimizer
    if other.batchSize != old.batchSize || other.stopsBatchAtEpochEnd != old.stopsBatchAtEpochEnd {
      order = ShuffledEpochs(count: dataset.points.count, stopsAtEpochEnd: other.stopsBatchAtEpochEnd)
      batch = Batch(for: other, dataset: dataset)
    }
    average = other.averageDecay.map { [network] decay in
      var average = average ?? MovingAverage(decay: decay, of: network.parameters)
      average.decay = decay
      return average
    }
  }

  /// A snapshot of the network as it is now.
  package var denoiser: NetworkDenoiser { denoiser(of: network) }

  /// A snapshot of the moving average of the network's weights; nil if the experiment keeps none.
  package var averageDenoiser: NetworkDenoiser? {
    average.map { average in
      var network = network
      network.parameters = average.parameters
      return denoiser(of: network)
    }
  }

  private func denoiser(of network: MLP) -> NetworkDenoiser {
    NetworkDenoiser(
      network: network, formulation: experiment.formulation, sigmaData: dataset.sigmaData,
      classCount: dataset.classCount)
  }

  private func nonFiniteTensor(_ loss: Double) -> String {
    if let tensor = batch.nonFiniteTensor { return tensor }
    if !loss.isFinite { return "loss" }
    let tensor = network.tensors.first { !gradient.values[$0.range].allSatisfy(\.isFinite) }
    return tensor.map { "gradient of \($0.name)" } ?? "norm of the gradient"
  }
}

/// The parts of a training step, in order.
package enum StepPart: CaseIterable, Sendable {
  case drawing, gradient, optimizer
}

/// What one training step did.
package struct StepReport: Equatable, Sendable {
  /// Steps taken, this one included.
  package let step: Int
  /// The training loss of this step's batch, before the update.
  package let loss: Float
  /// Global norm of the gradient before clipping.
  package let gradientNorm: Float
  package let isClipped: Bool
  /// The rate that this step used.
  package let learningRate: Double
  /// The smallest and the largest noise level of the batch.
  package let sigmaRange: ClosedRange<Float>
}
