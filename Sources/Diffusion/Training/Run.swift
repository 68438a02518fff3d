import Expect

/// A training: takes one step at a time, may change its settings on the way, and can be kept and resumed. Nothing here
/// knows who watches, and a copy is a fork.
///
/// The same experiment, data, seed, build and instruction set give the same bits, whatever the number of threads.
package struct Run: Sendable {
  /// Which run this is, for those who have several.
  package let id: Int
  /// The settings of the next step.
  package private(set) var experiment: Experiment
  /// What is learned, and what is held out of it.
  package let dataset: Dataset
  /// The experiment's, as levels.
  package private(set) var schedule: Schedule
  /// The schedule's levels with what training needs of them.
  package private(set) var levels: [NoiseLevel]
  /// What the weights and every draw follow from.
  package let seed: UInt64

  /// What is trained, as of the last good step.
  package private(set) var network: MLP
  /// Steps taken.
  package private(set) var stepCount = 0
  /// Rows drawn.
  package private(set) var rows = 0
  /// Since the loss has meant the same.
  package private(set) var losses = LossHistory()

  private var optimizer: any Optimizer
  private var average: MovingAverage?
  private var draws: Draws
  private var shares: LevelShares
  private var continuous: ContinuousDraws?
  private var posterior: PosteriorTargets?
  private var batch: Batch
  private var gradient: LossGradient
  private let workers: Workers
  /// The weights that it was given to begin with, if they were not drawn, and what they are weights of.
  private let given: (experiment: Experiment, network: MLP)?

  /// - Parameters:
  ///   - experiment: The settings of the run.
  ///   - dataset: What to learn; `experiment.makeData()` unless the points come from elsewhere.
  ///   - seed: Determines the initial weights and everything that training draws.
  ///   - id: Which run this is.
  ///   - threads: Threads that share a step. They do not change its result.
  ///   - instructionSet: What to compute with; available here.
  package init(
    _ experiment: Experiment, dataset: Dataset, seed: UInt64, id: Int = 0, threads: Int,
    instructionSet: InstructionSet = .best
  ) {
    self.init(
      experiment, dataset: dataset, seed: seed, id: id, threads: threads,
      network: experiment.freshNetwork(dataset, seed: seed, instructionSet), given: nil)
  }

  /// Goes on from a checkpoint, with its instruction set if this machine has it.
  ///
  /// - Parameter dataset: The points that it was trained on.
  /// - Throws: `CheckpointError.otherData` if they are others, or what does not fit together.
  package init(resuming checkpoint: Checkpoint, dataset: Dataset, id: Int = 0, threads: Int) throws(CheckpointError) {
    let inputs = checkpoint.experiment.formulation.features.width(classCount: dataset.classCount)
    guard checkpoint.digest == dataset.digest, checkpoint.network.inputs == inputs else {
      throw .otherData(name: dataset.name, count: dataset.points.count)
    }
    var network = checkpoint.network
    network.instructionSet = checkpoint.instructionSet.isAvailable ? checkpoint.instructionSet : .best
    self.init(
      checkpoint.experiment, dataset: dataset, seed: checkpoint.seed, id: id, threads: threads, network: network,
      given: nil)
    optimizer = try checkpoint.restoredOptimizer(for: network)
    (average, losses) = (checkpoint.average, checkpoint.losses)
    (stepCount, rows) = (checkpoint.step, checkpoint.rows)
  }

  /// Begins with given weights.
  ///
  /// - Parameter network: Of the experiment's layers and activation, with the instruction set to compute with.
  package init(
    _ experiment: Experiment, dataset: Dataset, seed: UInt64, id: Int = 0, threads: Int, network: MLP
  ) {
    self.init(
      experiment, dataset: dataset, seed: seed, id: id, threads: threads, network: network,
      given: (experiment, network))
  }

  private init(
    _ experiment: Experiment, dataset: Dataset, seed: UInt64, id: Int, threads: Int, network: MLP,
    given: (experiment: Experiment, network: MLP)?
  ) {
    expect(
      network.widths.dropFirst().dropLast().elementsEqual(experiment.hidden)
        && network.inputs == experiment.formulation.features.width(classCount: dataset.classCount),
      "a network of widths \(network.widths) is not this experiment's")
    (self.experiment, self.dataset, self.seed, self.id, self.network) = (experiment, dataset, seed, id, network)
    self.given = given
    schedule = experiment.schedule.schedule
    levels = experiment.noiseLevels(for: dataset)
    optimizer = experiment.optimizer.optimizer(for: network)
    average = experiment.averageDecay.map { MovingAverage(decay: $0, of: network.parameters) }
    shares = LevelShares(levels, power: experiment.levelPower)
    continuous = experiment.continuousDraws(for: dataset)
    draws = Draws(seed: seed, points: dataset.points, kind: experiment.drawKind)
    batch = Batch(for: experiment, dataset: dataset)
    workers = threads == Workers.shared.count ? .shared : Workers(count: threads)
    posterior = PosteriorTargets(
      experiment.target, dataset: dataset, seed: seed, instructionSet: network.instructionSet, workers: workers)
    gradient = LossGradient(network, workers: workers)
  }

  /// A run that begins anew, perhaps under other settings: with the weights that this one was given, as long as they mean
  /// the same, and else with fresh ones.
  package func restarted(
    _ experiment: Experiment, dataset: Dataset, seed: UInt64, id: Int, threads: Int
  ) -> Run {
    guard let given else {
      return Run(experiment, dataset: dataset, seed: seed, id: id, threads: threads, instructionSet: instructionSet)
    }
    var known = given.experiment
    // They may learn other data.
    known.points = experiment.points
    let inputs = experiment.formulation.features.width(classCount: dataset.classCount)
    let fits = known.obstacle(to: experiment) == nil && inputs == given.network.inputs
    return Run(
      experiment, dataset: dataset, seed: seed, id: id, threads: threads,
      network: fits ? given.network : experiment.freshNetwork(dataset, seed: seed, instructionSet), given: given)
  }

  /// What it computes with.
  package var instructionSet: InstructionSet { network.instructionSet }

  /// Takes one step.
  ///
  /// - Parameter finished: Called as each part of the step has ended, for those who measure.
  /// - Throws: `TrainingError.nonFinite`, with the parameters left as they were.
  @discardableResult
  package mutating func step(finished: (StepPart) -> Void = { _ in }) throws(TrainingError) -> StepReport {
    // Each of several runs in a row begins with a fresh optimizer.
    if stepCount > 0, experiment.position(ofStep: stepCount).isFirst {
      optimizer = experiment.optimizer.optimizer(for: network)
    }

    batch.draw(
      rows: rows, stopsAtEpochEnd: experiment.stopsBatchAtEpochEnd, of: dataset, levels: levels,
      shares: shares, continuous: continuous, features: experiment.formulation.features,
      labelDropout: Float(experiment.labelDropout),
      instructionSet: instructionSet, posterior: posterior, using: &draws)
    rows += batch.rows
    finished(.drawing)
    let rate = experiment.learningRate * experiment.learningRateFactor(ofStep: stepCount)
    let report: OptimizerReport
    do {
      report = try optimizer.step(
        &network, batch: batch, gradient: &gradient, rate: rate, clipNorm: experiment.clipNorm, workers: workers,
        gradientIsKnown: { finished(.gradient) })
    } catch {
      throw .nonFinite(tensor: error.tensor, step: stepCount + 1)
    }
    let workers = workers
    average?.update(towards: network.parameters, instructionSet: network.instructionSet, workers: workers)
    losses.append(report.loss)
    finished(.optimizer)

    stepCount += 1
    return StepReport(
      step: stepCount, loss: Float(report.loss), gradientNorm: Float(report.gradientNorm),
      isClipped: report.isClipped, learningRate: rate, sigmaRange: batch.sigmaRange)
  }

  /// Goes on under other settings from the next step.
  ///
  /// - Throws: `TrainingError.needsReset` if the weights would mean something else, `.invalid` if nothing can be trained
  ///   like that, with nothing changed.
  package mutating func change(to other: Experiment) throws(TrainingError) {
    if let problem = other.problem { throw .invalid(problem) }
    if let obstacle = experiment.obstacle(to: other) { throw .needsReset(obstacle) }
    let old = experiment
    experiment = other
    schedule = other.schedule.schedule
    levels = other.noiseLevels(for: dataset)
    shares = LevelShares(levels, power: other.levelPower)
    continuous = other.continuousDraws(for: dataset)
    if other.drawKind != old.drawKind { draws = Draws(seed: seed, points: dataset.points, kind: other.drawKind) }
    if other.target != old.target {
      posterior = PosteriorTargets(
        other.target, dataset: dataset, seed: seed, instructionSet: instructionSet, workers: workers)
    }
    if !other.hasLoss(like: old) { losses = LossHistory() }
    if other.optimizer.name == old.optimizer.name {
      optimizer.adopt(other.optimizer)
    } else {
      optimizer = other.optimizer.optimizer(for: network)
    }
    if other.batchSize != old.batchSize || other.stopsBatchAtEpochEnd != old.stopsBatchAtEpochEnd {
      batch = Batch(for: other, dataset: dataset)
    }
    average = other.averageDecay.map { [network] decay in
      var average = average ?? MovingAverage(decay: decay, of: network.parameters)
      average.decay = decay
      return average
    }
  }

  /// All that this run is, to be kept.
  package var checkpoint: Checkpoint {
    Checkpoint(
      experiment: experiment, seed: seed, step: stepCount, rows: rows, network: network, optimizer: optimizer.state,
      average: average, losses: losses, digest: dataset.digest)
  }

  /// What there is to look at now.
  package var moment: Moment { Moment(self) }

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
}

extension Experiment {
  /// The network with the weights that the seed draws.
  fileprivate func freshNetwork(_ dataset: Dataset, seed: UInt64, _ instructionSet: InstructionSet) -> MLP {
    var random = Random(seed: seed, stream: .weights)
    var network = initialWeights.network(
      widths: [formulation.features.width(classCount: dataset.classCount)] + hidden + [2], activation: activation,
      coordinates: formulation.features.coordinates, using: &random)
    network.instructionSet = instructionSet
    return network
  }
}
