extension Parameter {
  /// At which levels noise is added.
  static let noise: [Parameter] = [
    Parameter(
      "schedule", "noise schedule", .noise, "How the noise levels are spaced",
      .named("noise schedule", ScheduleKind.allCases, name: \.rawValue, summary: \.summary),
      get: { $0.experiment.schedule.kind },
      set: { configuration, kind, original in
        guard kind != configuration.experiment.schedule.kind else { return }
        let first = original?.experiment.schedule
        configuration.experiment.schedule =
          kind == first?.kind
          ? first ?? configuration.experiment.schedule
          : configuration.experiment.schedule.of(kind)
      }),
    Parameter(
      "levels", "number of noise levels", .noise,
      "Noise levels of the schedule, each drawn as often; or drawn from its distribution, where it is no chain of betas",
      .levels, \.experiment.schedule.count,
      check: { $0.experiment.schedule.count == nil ? $0.experiment.schedule.problem : nil }),
    Parameter(
      "schedule-range", "range of the schedule", .noise,
      "Least and greatest sigma of the schedule; of ddpm, ldm, sigmoid and cosine the least and greatest beta, of flow and logit-normal the time, between 0 and 1",
      .range, \.experiment.schedule.range, placeholder: "low:high", check: { $0.experiment.schedule.problem }),
    Parameter(
      "p-mean", "mean of log sigma", .noise,
      "Mean of log sigma in log-normal (EDM's P_mean, Karras et al. 2022) and logit-normal (location, Esser et al. 2024)",
      .number(.from(-10, to: 10), stops: [-3, -2, -1.5, -1.2, -1, -0.5, 0, 0.5, 1]), \.experiment.schedule.mean,
      misfit: isNormal),
    Parameter(
      "p-std", "spread of log sigma", .noise,
      "Standard deviation of log sigma in log-normal (P_std, Karras et al. 2022) and logit-normal (scale, Esser et al. 2024)",
      .number(.above(0, to: 10), stops: [0.5, 0.8, 1, 1.2, 1.5, 2]), \.experiment.schedule.deviation, misfit: isNormal),
  ]

  private static let isNormal: @Sendable (Configuration) -> String? = { configuration in
    let kind = configuration.experiment.schedule.kind
    guard kind.standardNormal == nil else { return nil }
    let normal = ScheduleKind.allCases.filter { $0.standardNormal != nil }.map(\.rawValue)
    return "\(kind.rawValue) has none; \(normal.joined(separator: ", ")) has"
  }
}

extension Domain where Value == Int? {
  fileprivate static var levels: Domain {
    let (numbers, takes) = (1...100_000, "a whole number from 1 to 100000, or continuous")
    return Domain(
      takes: takes, placeholder: "number",
      read: { text throws(Parameter.Refusal) in
        if text.lowercased() == "continuous" { return nil }
        guard let value = Int(text), numbers.contains(value) else { throw Parameter.Refusal(description: takes) }
        return value
      },
      print: { $0.map { "\($0)" } ?? "continuous" }, allows: { $0.map(numbers.contains) ?? true },
      stops: .row([10, 50, 100, 200, 400, 1000, nil]) { ($0 ?? .max) < ($1 ?? .max) })
  }
}

/// The bounds of a schedule, and what they bound.
private struct ScheduleRange: Equatable, Sendable {
  /// Nil for bounds by themselves, as they are read.
  var kind: ScheduleKind?
  var bounds: ClosedRange<Double>

  /// The same with another upper end, which moves along round values; the lower one stays.
  @Sendable static func stops(_ present: ScheduleRange, _ original: ScheduleRange) -> [ScheduleRange] {
    var ends: [Double] =
      switch present.kind?.bounded {
      case .beta: [0.005, 0.01, 0.012, 0.02, 0.05, 0.1, 0.2, 0.5, 0.9, 0.999]
      case .time: [0.5, 0.7, 0.9, 0.95, 0.98, 0.99, 0.995, 0.999]
      case .sigma, nil: [0.5, 1, 2, 5, 10, 20, 50, 80]
      }
    if original.kind == present.kind { ends.append(original.bounds.upperBound) }
    return ends.filter { $0 > present.bounds.lowerBound }.map {
      ScheduleRange(kind: present.kind, bounds: present.bounds.lowerBound...$0)
    }
  }
}

extension ScheduleSettings {
  fileprivate var range: ScheduleRange {
    get { ScheduleRange(kind: kind, bounds: bounds) }
    set { bounds = newValue.bounds }
  }
}

extension Domain where Value == ScheduleRange {
  fileprivate static var range: Domain {
    let takes = "two rising numbers, as in 0.002:2"
    return Domain(
      takes: takes, placeholder: "low:high",
      read: { text throws(Parameter.Refusal) in
        let ends = text.split(separator: ":", omittingEmptySubsequences: false).map { Double($0) }
        guard ends.count == 2, let low = ends[0], let high = ends[1], low < high else {
          throw Parameter.Refusal(description: takes)
        }
        return ScheduleRange(bounds: low...high)
      },
      print: { numberText($0.bounds.lowerBound) + ":" + numberText($0.bounds.upperBound) },
      allows: { _ in true },
      stops: Stops(values: ScheduleRange.stops, isLess: { $0.bounds.upperBound < $1.bounds.upperBound }))
  }
}
