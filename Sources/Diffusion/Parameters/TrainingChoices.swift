extension Domain where Value == TrainingTarget {
  static var target: Domain {
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
  static var weighting: Domain {
    .numbered(
      "weighting",
      takes: "inverse-variance[:eps0] (eps0 1e-4 if it is not said), uniform, min-snr[:gamma] (gamma 5), edm",
      // Where float32 holds the weights of all levels.
      .from(1e-12, to: 1e12), stops: Stops(values: Weighting.stops, isLess: nil))
  }
}

extension Weighting: NumberedChoice {
  /// eps0 or gamma, if it has one.
  var constant: Double? {
    switch self {
    case .inverseVariance(let eps0): eps0
    case .minSNR(let gamma): gamma
    case .uniform, .edm: nil
    }
  }

  func with(constant: Double) -> Weighting {
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
  static var rateSchedule: Domain {
    .numbered(
      "learning-rate schedule",
      takes:
        "constant, cosine[:floor], linear[:floor] (to that share of the base, above 0 to 1; 0.1 if it is not said), one-cycle",
      .from(0, to: 1),
      stops: Stops(
        values: { _, original in LearningRateSchedule.all.map { $0.name == original.name ? original : $0 } },
        isLess: nil))
  }
}

extension LearningRateSchedule: NumberedChoice {
  /// The share of the base rate that it ends at, if that can be chosen.
  var constant: Double? {
    switch self {
    case .cosine(let floor), .linear(let floor): floor
    case .constant, .oneCycle: nil
    }
  }

  func with(constant: Double) -> LearningRateSchedule {
    switch self {
    case .cosine: .cosine(floor: constant)
    case .linear: .linear(floor: constant)
    case .constant, .oneCycle: self
    }
  }
}
