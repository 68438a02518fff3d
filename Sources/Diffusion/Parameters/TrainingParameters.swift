extension Parameter {
  /// How the network is trained.
  static let training: [Parameter] =
    [
      Parameter(
        "weighting", "weighting", .training, "What an error counts at each noise level", .weighting,
        \.experiment.formulation.weighting, placeholder: "name[:number]"),
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
        \.experiment.learningRateSchedule, placeholder: "name[:number]"),
      Parameter(
        "warm-up", "warm-up", .training, "Steps over which the learning rate rises from 0",
        .whole(0...1_000_000_000, stops: [0, 10, 100, 500, 1000]), \.experiment.warmUpSteps),
    ] + hyperparameters + [
      Parameter(
        "clip", "clipping", .training, "Clip the gradient at this global norm",
        .numberOrNone(.above(0, to: 1e30), stops: [0.1, 1, 10]), \.experiment.clipNorm),
      Parameter(
        "average", "moving average", .training, "Keep a moving average of the weights with this decay",
        .numberOrNone(.above(0, toBelow: 1), stops: [0.98, 0.99, 0.999, 0.9999]),
        get: { $0.experiment.averageDecay },
        set: { configuration, value, _ in
          configuration.experiment.averageDecay = value
          // Nobody can follow an average that is not kept.
          if value == nil, configuration.sampling.predictor == .average { configuration.sampling.predictor = .learned }
        }),
    ]
}

extension Parameter {
  /// What can be set about the optimizers: one of a key, though several may have it.
  private static let hyperparameters: [Parameter] = {
    var keys = Set<String>()
    return OptimizerSettings.kinds.flatMap { $0.hyperparameters }.filter { keys.insert($0.key).inserted }.map { one in
      Parameter(
        one.key, one.title, .training, one.summary, .number(one.range, stops: one.stops),
        misfit: { configuration in
          let optimizer = configuration.experiment.optimizer
          let owners = OptimizerSettings.kinds.filter { $0.hyperparameters.contains { $0.key == one.key } }
          return optimizer.has(one.key)
            ? nil : "\(optimizer.name) has none; \(owners.map { $0.name }.joined(separator: ", ")) has"
        },
        get: { $0.experiment.optimizer.values[one.key] ?? one.standard },
        set: { configuration, value, _ in
          if configuration.experiment.optimizer.has(one.key) { configuration.experiment.optimizer[one.key] = value }
        })
    }
  }()
}

extension Domain where Value == String {
  fileprivate static var optimizer: Domain {
    let kinds = OptimizerSettings.kinds
    return .named(
      "optimizer", kinds.map { $0.name }, name: { $0 },
      summary: { name in kinds.first { $0.name == name }?.summary ?? "" })
  }
}

/// A name, and the number above 0 behind the colon, if there is one: `min-snr:5`.
func nameAndNumber(_ text: String) throws(Parameter.Refusal) -> (name: String, number: Double?) {
  guard let colon = text.firstIndex(of: ":") else { return (text, nil) }
  guard let number = Double(text[text.index(after: colon)...]), number > 0, number.isFinite else {
    throw Parameter.Refusal(description: "a number above 0 follows the colon")
  }
  return (String(text[..<colon]), number)
}

extension Domain where Value == TrainingTarget {
  fileprivate static var target: Domain {
    let choices = TrainingTarget.all.map { Choice(name: $0.name, summary: $0.summary) }
    return Domain(
      takes: "sample, posterior, posterior:N (over N data points, 1 to \(TrainingTarget.mostReferences))",
      choices: choices, placeholder: "name",
      read: { text throws(Parameter.Refusal) in
        guard let target = TrainingTarget(name: text.lowercased()) else {
          throw Parameter.Refusal(description: Choice.unknown(text, "target", among: choices.map(\.name)))
        }
        return target
      },
      print: \.name,
      allows: {
        if case .references(let count) = $0 { (1...TrainingTarget.mostReferences).contains(count) } else { true }
      },
      stops: .ring(TrainingTarget.all), explain: \.summary)
  }
}

extension Domain where Value == Weighting {
  /// The constants are kept where float32 holds the weights of all levels.
  private static var constants: NumberRange { .from(1e-12, to: 1e12) }

  fileprivate static var weighting: Domain {
    let choices = Weighting.all.map { Choice(name: $0.name, summary: $0.summary) }
    return Domain(
      takes: "inverse-variance[:eps0] (eps0 1e-4 if it is not said), uniform, min-snr[:gamma] (gamma 5), edm",
      choices: choices, placeholder: "name",
      read: { text throws(Parameter.Refusal) in
        let (name, number) = try nameAndNumber(text)
        guard let weighting = Weighting.all.first(where: { $0.name == name.lowercased() }) else {
          throw Parameter.Refusal(description: Choice.unknown(name, "weighting", among: choices.map(\.name)))
        }
        guard let number else { return weighting }
        guard weighting.constant != nil else {
          throw Parameter.Refusal(description: "'\(weighting.name)' takes no number")
        }
        guard constants.contains(number) else {
          throw Parameter.Refusal(description: "after the colon \(constants.words)")
        }
        return weighting.with(constant: number)
      },
      print: { $0.name + ($0.constant.map { ":" + numberText($0) } ?? "") },
      allows: { $0.constant.map(constants.contains) ?? true },
      stops: Stops(values: Weighting.stops, isLess: nil), explain: \.summary)
  }
}

extension Weighting {
  /// eps0 or gamma, if it has one.
  fileprivate var constant: Double? {
    switch self {
    case .inverseVariance(let eps0): eps0
    case .minSNR(let gamma): gamma
    case .uniform, .edm: nil
    }
  }

  fileprivate func with(constant: Double) -> Weighting {
    switch self {
    case .inverseVariance: .inverseVariance(eps0: constant)
    case .minSNR: .minSNR(gamma: constant)
    case .uniform, .edm: self
    }
  }

  /// Every weighting, with several constants, the original's among them.
  @Sendable fileprivate static func stops(_ present: Weighting, _ original: Weighting) -> [Weighting] {
    var stops = [1e-4, 1e-2, 1].map { inverseVariance(eps0: $0) } + [.uniform]
    stops += [1, 5, 20].map { minSNR(gamma: $0) } + [.edm]
    if let place = stops.firstIndex(where: { $0.name == original.name }), !stops.contains(original) {
      stops.insert(original, at: place)
    }
    return stops
  }
}

extension Domain where Value == LearningRateSchedule {
  fileprivate static var rateSchedule: Domain {
    let choices = LearningRateSchedule.all.map { Choice(name: $0.name, summary: $0.summary) }
    return Domain(
      takes:
        "constant, cosine[:floor], linear[:floor] (to that share of the base, above 0 to 1; 0.1 if it is not said), one-cycle",
      choices: choices, placeholder: "name",
      read: { text throws(Parameter.Refusal) in
        let (name, number) = try nameAndNumber(text)
        guard let schedule = LearningRateSchedule.all.first(where: { $0.name == name.lowercased() }) else {
          throw Parameter.Refusal(
            description: Choice.unknown(name, "learning-rate schedule", among: choices.map(\.name)))
        }
        guard let number else { return schedule }
        guard schedule.floor != nil, number <= 1 else {
          throw Parameter.Refusal(description: "only cosine and linear take a number, above 0 to 1")
        }
        return schedule.with(floor: number)
      },
      print: { $0.name + ($0.floor.map { ":" + numberText($0) } ?? "") },
      allows: { $0.floor.map { (0...1).contains($0) } ?? true },
      stops: Stops(
        values: { _, original in LearningRateSchedule.all.map { $0.name == original.name ? original : $0 } },
        isLess: nil), explain: \.summary)
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
