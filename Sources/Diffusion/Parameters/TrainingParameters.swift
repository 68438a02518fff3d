extension Parameter {
  /// How the network is trained.
  static let training: [Parameter] =
    [
      Parameter(
        "weighting", "weighting", .training, "What an error counts at each noise level", .weighting,
        \.experiment.formulation.weighting),
      Parameter(
        "optimizer", "optimizer", .training, "How the weights follow from the gradients",
        .optimizer,
        get: { $0.experiment.optimizer.name },
        set: { configuration, name, original in
          guard name != configuration.experiment.optimizer.name, let fresh = OptimizerSettings(name: name) else {
            return
          }
          let first = original?.experiment
          let isFirst = first?.optimizer.name == name
          configuration.experiment.optimizer = isFirst ? first?.optimizer ?? fresh : fresh
          // A rate means another thing to another optimizer, and not every one takes any batch.
          let rate = fresh.kind.standardRate
          configuration.experiment.learningRate = isFirst ? first?.learningRate ?? rate : rate
          configuration.experiment.batchSize = min(configuration.experiment.batchSize, fresh.kind.mostRows)
        }),
      Parameter(
        "target", "training target", .training, "What the network is asked to answer", .target, \.experiment.target,
        placeholder: "name[:number]"),
      Parameter(
        "draws", "draws", .training, "How evenly rows are spread over levels, points and noise",
        .named("kind of draws", DrawKind.allCases, name: \.rawValue, summary: \.summary), \.experiment.drawKind),
      Parameter(
        "level-power", "importance of levels", .training,
        "Draw levels in proportion to this power of what they count; the loss stays the same",
        .number(.from(0, to: 1), stops: [0, 0.25, 0.5, 1]), \.experiment.levelPower),
      Parameter(
        "steps", "steps", .training,
        "Train one run of this many steps; 400+20000 trains two, each with a rate schedule of its own",
        .runs, \.experiment.runs),
      Parameter(
        "batch", "batch", .training, "Rows of a batch",
        .whole(1...65_536, stops: [32, 64, 128, 192, 256, 512, 1024, 2048, 4096]), \.experiment.batchSize,
        check: { configuration in
          let (batch, most) = (configuration.experiment.batchSize, configuration.experiment.optimizer.kind.mostRows)
          return batch <= most ? nil : "\(configuration.experiment.optimizer.name) takes at most \(most) rows"
        }),
      Parameter(
        "last-batch", "last batch of an epoch", .training,
        "What becomes of the rows that are left at the end of an epoch",
        .lastBatch, \.experiment.stopsBatchAtEpochEnd),
      Parameter(
        "lr", "learning rate", .training, "Base learning rate",
        // Beyond this one step leaves what float32 holds, and there would be no good parameters to keep.
        .number(.above(0, to: 1e30), stops: [1e-4, 3e-4, 1e-3, 3e-3, 1e-2, 3e-2]), \.experiment.learningRate),
      Parameter(
        "lr-schedule", "learning-rate schedule", .training, "How the learning rate changes over a run", .rateSchedule,
        \.experiment.learningRateSchedule),
      Parameter(
        "warm-up", "warm-up", .training, "Steps over which the learning rate rises from 0",
        .whole(0...1_000_000_000, stops: [0, 10, 100, 500, 1000]), \.experiment.warmUpSteps),
    ]
    + hyperparameters(
      .training, of: OptimizerSettings.kinds.map { ($0.name, $0.hyperparameters) }, \.experiment.optimizer) + [
      Parameter(
        "clip", "clipping", .training, "Clip the gradient at this global norm (Pascanu et al. 2013)",
        .numberOrNone(.above(0, to: 1e30), stops: [0.1, 1, 10]), \.experiment.clipNorm,
        misfit: { configuration in
          let (optimizer, norm) = (configuration.experiment.optimizer, configuration.experiment.clipNorm)
          return optimizer.kind.clips || norm == nil
            ? nil : "\(optimizer.name) clips no gradient: its damping bounds its steps"
        }),
      Parameter(
        "average", "moving average", .training, "Keep a moving average of the weights with this decay",
        .numberOrNone(.above(0, toBelow: 1), stops: [0.98, 0.99, 0.999, 0.9999]),
        get: { $0.experiment.averageDecay },
        set: { configuration, value, _ in
          configuration.experiment.averageDecay = value
          configuration.forgetMissingAverage()
        }),
    ]
}

extension Domain where Value == String {
  fileprivate static var optimizer: Domain {
    let kinds = OptimizerSettings.kinds
    return .named(
      "optimizer", kinds.map { $0.name }, name: { $0 },
      summary: { name in kinds.first { $0.name == name }?.summary ?? "" })
  }
}

extension Domain where Value == [Int] {
  /// The lengths of runs that follow each other.
  fileprivate static var runs: Domain {
    let steps = 1...1_000_000_000
    let takes = "a whole number from 1 to \(steps.upperBound), or several as in 400+20000"
    return Domain(
      takes: takes, placeholder: "number",
      read: { text throws(Parameter.Refusal) in
        let runs = text.split(separator: "+", omittingEmptySubsequences: false).map { Int($0) ?? 0 }
        guard runs.allSatisfy(steps.contains), runs.count <= 100 else { throw Parameter.Refusal(description: takes) }
        return runs
      },
      print: { $0.map { "\($0)" }.joined(separator: "+") },
      allows: { (1...100).contains($0.count) && $0.allSatisfy(steps.contains) },
      stops: .ring([[1000], [2000], [4000], [10_000], [20_000]]))
  }
}

extension Domain where Value == Bool {
  fileprivate static var lastBatch: Domain {
    .named(
      "last batch", [true, false], name: { $0 ? "short" : "full" },
      summary: {
        $0
          ? "a batch of their own, as PyTorch's DataLoader makes it"
          : "they are the first rows of a batch that goes on into the next epoch"
      })
  }
}
