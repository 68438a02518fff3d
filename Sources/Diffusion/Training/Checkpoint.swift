/// All that a run is: with the points that it learns, it goes on from here with the same bits as if it had never stopped.
package struct Checkpoint: Equatable, Sendable {
  /// The settings of the next step.
  package var experiment: Experiment
  /// What the weights and every draw follow from.
  package var seed: UInt64
  /// Steps taken.
  package var step: Int
  /// Rows drawn: the whole random state.
  package var rows: Int
  /// Its parameters, as of the last step.
  package var network: MLP
  /// What the optimizer has gathered.
  package var optimizer: OptimizerState
  /// The moving average of the parameters; nil if the experiment keeps none.
  package var average: MovingAverage?
  /// Since the loss has meant the same.
  package var losses: LossHistory
  /// What was computed with; another one gives other bits.
  package var instructionSet: InstructionSet
  /// `Dataset.digest` of the points learned.
  package var digest: String

  /// The memory that it takes, about.
  package var bytes: Int {
    let optimizer = optimizer.tensors.reduce(0) { $0 + $1.values.count }
    return 4 * (network.parameters.count + optimizer + (average?.parameters.count ?? 0)) + 8 * losses.values.count
  }
}

// MARK: Tensors and metadata, which together are all of it

extension Checkpoint {
  /// What is no tensor.
  package struct Metadata: Codable, Equatable, Sendable {
    package var experiment: Experiment
    package var seed: UInt64
    package var step: Int
    package var rows: Int
    package var instructionSet: InstructionSet
    package var digest: String
    /// Counters of the optimizer, by name.
    package var optimizer: [String: Double]
    /// Updates of the moving average; nil if there is none.
    package var averageUpdates: Int?
    /// What the thinned losses need to go on.
    package var losses: LossHistory.Counters

    package init(
      experiment: Experiment, seed: UInt64, step: Int, rows: Int, instructionSet: InstructionSet, digest: String,
      optimizer: [String: Double], averageUpdates: Int?, losses: LossHistory.Counters
    ) {
      (self.experiment, self.seed, self.step, self.rows) = (experiment, seed, step, rows)
      (self.instructionSet, self.digest, self.optimizer) = (instructionSet, digest, optimizer)
      (self.averageUpdates, self.losses) = (averageUpdates, losses)
    }
  }

  /// All that is no tensor.
  package var metadata: Metadata {
    Metadata(
      experiment: experiment, seed: seed, step: step, rows: rows, instructionSet: instructionSet, digest: digest,
      optimizer: optimizer.numbers, averageUpdates: average?.updates, losses: losses.rest)
  }

  /// The parameters under PyTorch's names, the average under `average.`, what the optimizer has gathered under
  /// `optimizer.`, and `losses` in double precision.
  package var tensors: [NamedTensor] {
    network.tensors("", network.parameters)
      + (average.map { network.tensors("average.", $0.parameters) } ?? [])
      + optimizer.tensors.map { NamedTensor(name: "optimizer." + $0.name, shape: $0.shape, values: $0.values) }
      + [NamedTensor(name: "losses", shape: [losses.values.count], values: .float64(losses.values))]
  }

  /// The checkpoint that metadata and tensors were made of, perhaps by somebody else: all is checked that can be without
  /// the points.
  ///
  /// - Throws: What is missing, left over, or of another shape than the experiment's.
  package init(_ metadata: Metadata, tensors: [NamedTensor]) throws(CheckpointError) {
    let experiment = metadata.experiment
    if let problem = experiment.problem { throw .invalid(problem) }
    guard metadata.step >= 0, metadata.rows >= 0 else { throw .invalid("a negative number of steps or rows") }

    guard let first = tensors.first(where: { $0.name == "net.0.weight" }) else { throw .missing("net.0.weight") }
    guard first.shape.count == 2, (1...1_000_000).contains(first.shape[1]) else {
      throw .shapeMismatch(tensor: first.name, expected: [experiment.hidden[0], 4], found: first.shape)
    }
    let widths = [first.shape[1]] + experiment.hidden + [2]
    // Before memory is asked for: a network as large as the tensors, not as the metadata say.
    for (layer, shape) in zip(widths.dropFirst(), widths).map({ [$0, $1] }).enumerated() {
      let name = "net.\(2 * layer).weight"
      guard let tensor = tensors.first(where: { $0.name == name }) else { throw .missing(name) }
      guard tensor.shape == shape else { throw .shapeMismatch(tensor: name, expected: shape, found: tensor.shape) }
    }
    var network = MLP(widths: widths, activation: experiment.activation)
    network.instructionSet = metadata.instructionSet
    network.parameters = try network.buffer("", from: tensors)
    var names = Set(network.tensors.map(\.name) + ["losses"])

    guard (metadata.averageUpdates == nil) == (experiment.averageDecay == nil) else {
      throw .invalid("the moving average and the experiment do not go together")
    }
    if let updates = metadata.averageUpdates, let decay = experiment.averageDecay {
      guard updates >= 0 else { throw .invalid("a negative number of updates of the average") }
      average = MovingAverage(decay: decay, of: try network.buffer("average.", from: tensors), updates: updates)
      names.formUnion(network.tensors.map { "average." + $0.name })
    }

    guard let losses = tensors.first(where: { $0.name == "losses" }) else { throw .missing("losses") }
    guard case .float64(let values) = losses.values else { throw .wrongType(tensor: "losses", expected: "F64") }
    guard let history = LossHistory(values: values, counters: metadata.losses) else {
      throw .invalid("the losses are not those of a run")
    }

    let prefix = "optimizer."
    optimizer = OptimizerState(
      tensors: tensors.filter { $0.name.hasPrefix(prefix) }.map {
        NamedTensor(name: String($0.name.dropFirst(prefix.count)), shape: $0.shape, values: $0.values)
      }, numbers: metadata.optimizer)
    names.formUnion(optimizer.tensors.map { prefix + $0.name })
    if let stranger = tensors.first(where: { !names.contains($0.name) }) { throw .unexpected(stranger.name) }

    (self.experiment, self.network, self.losses) = (experiment, network, history)
    (seed, step, rows) = (metadata.seed, metadata.step, metadata.rows)
    (instructionSet, digest) = (metadata.instructionSet, metadata.digest)
    // What the optimizer makes of its tensors can be said only by one.
    _ = try restoredOptimizer(for: network)
  }

  /// The optimizer as it was.
  ///
  /// - Parameter network: The checkpoint's, with the instruction set to compute with.
  func restoredOptimizer(for network: MLP) throws(CheckpointError) -> any Optimizer {
    var restored = experiment.optimizer.optimizer(for: network)
    do {
      try restored.restore(optimizer, network: network)
    } catch {
      throw error.named("optimizer.")
    }
    let names = Set(restored.state.tensors.map(\.name))
    if let stranger = optimizer.tensors.first(where: { !names.contains($0.name) }) {
      throw .unexpected("optimizer." + stranger.name)
    }
    return restored
  }
}

extension Checkpoint {
  init(
    experiment: Experiment, seed: UInt64, step: Int, rows: Int, network: MLP, optimizer: OptimizerState,
    average: MovingAverage?, losses: LossHistory, digest: String
  ) {
    (self.experiment, self.seed, self.step, self.rows) = (experiment, seed, step, rows)
    (self.network, self.optimizer, self.average, self.losses) = (network, optimizer, average, losses)
    (instructionSet, self.digest) = (network.instructionSet, digest)
  }
}
