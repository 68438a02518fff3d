import ArgumentParser
import Diffusion

/// The options that say how denoising is put to the network. All default to the preset's.
struct FormulationOptions: ParsableArguments {
  @Option(
    help: """
      Noise schedule: \(names(ScheduleKind.allCases.map(\.rawValue))) \(byDefault { $0.schedule.kind.rawValue }).
      """)
  var schedule: String?

  @Option(
    parsing: .unconditional,
    help: "Noise levels of the schedule, 1 to 100000 \(byDefault { $0.schedule.count }).")
  var levels: Int?

  @Option(
    help: ArgumentHelp(
      """
      Least and greatest sigma of the schedule, 0.002:2 for log-linear; of ddpm, ldm and sigmoid the least and greatest \
      beta, of flow the time, between 0 and 1 (default: the schedule's own).
      """, valueName: "low:high"))
  var scheduleRange: String?

  @Option(
    help: """
      What the network predicts: \(names(Parameterization.allCases.map(\.rawValue))) \
      \(byDefault { $0.formulation.parameterization.rawValue }).
      """)
  var parameterization: String?

  @Option(
    help: ArgumentHelp(
      """
      What an error counts: inverse-variance[:eps0] (1/(sigma² + eps0), eps0 above 0, default 1e-4), uniform, \
      min-snr[:gamma] (gamma above 0, default 5), edm (default: the preset's, inverse-variance:1).
      """, valueName: "name[:number]"))
  var weighting: String?

  @Option(
    help: """
      What the network sees of a point: \(names(InputScaling.allCases.map(\.rawValue))), fourier-K with K octaves, 1 to \
      \(InputFeatures.mostOctaves), or both as unit-variance+fourier-4 \
      \(byDefault { $0.formulation.features.name }).
      """)
  var features: String?

  func apply(to experiment: inout Experiment) throws {
    if let schedule {
      let kind = try choose(schedule, "schedule", from: ScheduleKind.allCases.map { ($0.rawValue, $0) })
      if kind != experiment.schedule.kind {
        experiment.schedule = ScheduleSettings(kind, count: experiment.schedule.count)
      }
    }
    if let levels { experiment.schedule.count = levels }
    if let scheduleRange { experiment.schedule.bounds = try bounds(scheduleRange) }
    if let problem = experiment.schedule.problem { throw Failure("schedule: \(problem)", code: Failure.usage) }
    if let parameterization {
      experiment.formulation.parameterization = try choose(
        parameterization, "parameterization", from: Parameterization.allCases.map { ($0.rawValue, $0) })
    }
    if let weighting { experiment.formulation.weighting = try parse(weighting: weighting) }
    if let features { experiment.formulation.features = try parse(features: features) }
  }

  private func bounds(_ text: String) throws -> ClosedRange<Double> {
    let ends = text.split(separator: ":", omittingEmptySubsequences: false).map { Double($0) }
    guard ends.count == 2, let low = ends[0], let high = ends[1], low < high else {
      throw Failure("--schedule-range \(text): two rising numbers, as in 0.002:2", code: Failure.usage)
    }
    return low...high
  }

  private func parse(weighting text: String) throws -> Weighting {
    let (name, number) = try nameAndNumber(text, option: "--weighting")
    let weighting = try choose(name, "weighting", from: Weighting.all.map { ($0.name, $0) })
    switch (weighting, number) {
    case (_, nil): return weighting
    case (.inverseVariance, let eps0?): return .inverseVariance(eps0: eps0)
    case (.minSNR, let gamma?): return .minSNR(gamma: gamma)
    default: throw Failure("--weighting \(text): '\(name)' takes no number", code: Failure.usage)
    }
  }

  private func parse(features text: String) throws -> InputFeatures {
    if let features = InputFeatures(name: text) { return features }
    return try choose(text, "kind of features", from: InputFeatures.all.map { ($0.name, $0) })
  }
}

/// Splits `name:number`, the number being optional and above 0.
func nameAndNumber(_ text: String, option: String) throws -> (name: String, number: Double?) {
  guard let colon = text.firstIndex(of: ":") else { return (text, nil) }
  guard let number = Double(text[text.index(after: colon)...]), number > 0, number.isFinite else {
    throw Failure("\(option) \(text): a number above 0 follows the colon", code: Failure.usage)
  }
  return (String(text[..<colon]), number)
}

private func names(_ list: [String]) -> String { list.joined(separator: ", ") }
