import Diffusion
import Plot

/// What the settings panel lists.
package enum Setting: String, CaseIterable, Sendable {
  case data, schedule, range
  case prediction = "predicts"
  case features
  case weighting = "weight"
  case labelDropout = "dropout"
  case rateSchedule = "rate"
  case average, sampler, steps, denoiser, guidance
  case label = "class"

  /// Whether it needs data with classes.
  var isOfClasses: Bool { [.labelDropout, .guidance, .label].contains(self) }

  /// The present choice, as the panel prints it.
  func value(_ state: State) -> String {
    let experiment = state.experiment
    switch self {
    case .data: return state.dataset.name
    case .schedule: return experiment.schedule.kind.rawValue
    case .range:
      let (schedule, bounds) = (experiment.schedule, experiment.schedule.bounds)
      return schedule.kind.bounded.rawValue
        + " \(bounds.lowerBound.formatted(significant: 3)) to \(bounds.upperBound.formatted(significant: 3))"
    case .prediction: return experiment.formulation.parameterization.rawValue
    case .features: return experiment.formulation.features.name
    case .weighting:
      let weighting = experiment.formulation.weighting
      return weighting.name + (weighting.constant.map { " " + $0.formatted(significant: 3) } ?? "")
    case .labelDropout: return experiment.labelDropout.formatted(significant: 3)
    case .rateSchedule: return experiment.learningRateSchedule.name
    case .average: return experiment.averageDecay.map { "\($0)" } ?? "off"
    case .sampler: return state.samples.settings.sampler.name
    case .steps: return "\(state.samples.settings.steps)"
    case .denoiser: return state.samples.settings.predictor.rawValue
    case .guidance: return state.samples.settings.guidance.formatted(significant: 3)
    case .label: return state.samples.settings.label.map { state.dataset.classNames[$0] } ?? "all"
    }
  }

  /// The experiment with the next choice of this setting, or the one before.
  ///
  /// - Parameter original: The experiment at the start: among the choices are its own, with their constants.
  func moved(_ experiment: Experiment, by count: Int, original: Experiment) -> Experiment {
    var moved = experiment
    let (formulation, first) = (experiment.formulation, original.formulation)
    switch self {
    case .data:
      var choices = Shape.allCases.map { DataSource.shape($0, count: $0.standardCount) }
      if let place = Shape.allCases.firstIndex(where: { $0 == original.data.shape }) {
        choices[place] = original.data
      } else {
        choices.insert(original.data, at: 0)
      }
      moved.data = choices.element(after: experiment.data, count)
    case .schedule:
      let choices = ScheduleKind.allCases.map {
        $0 == original.schedule.kind ? original.schedule : ScheduleSettings($0, count: original.schedule.count)
      }
      // With very many levels, some schedules leave what sigma may be.
      let kind = choices.filter { $0.problem == nil }.map(\.kind).element(after: experiment.schedule.kind, count)
      moved.schedule = choices.first { $0.kind == kind } ?? experiment.schedule
    case .range:
      moved.schedule.moveGreatest(count, original: original.schedule)
    case .prediction:
      moved.formulation.parameterization = Parameterization.allCases.element(
        after: formulation.parameterization, count)
    case .features:
      let more = InputFeatures.all.contains(first.features) ? [] : [first.features]
      moved.formulation.features = (more + InputFeatures.all).element(after: formulation.features, count)
    case .weighting:
      let choices = Weighting.choices(first.weighting)
      moved.formulation.weighting = choices.element(after: formulation.weighting, count)
    case .labelDropout:
      let choices = Set([0, 0.1, 0.2, 0.5, 1, original.labelDropout]).sorted()
      moved.labelDropout = choices.element(after: experiment.labelDropout, count)
    case .rateSchedule:
      let choices = LearningRateSchedule.all.map {
        $0.name == original.learningRateSchedule.name ? original.learningRateSchedule : $0
      }
      moved.learningRateSchedule = choices.element(after: experiment.learningRateSchedule, count)
    case .average:
      let choices: [Double?] = [nil, 0.99, 0.999, 0.9999]
      let more = choices.contains(original.averageDecay) ? [] : [original.averageDecay]
      moved.averageDecay = (choices + more).element(after: experiment.averageDecay, count)
    case .sampler, .steps, .denoiser, .guidance, .label: break
    }
    return moved
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

  /// Every weighting, with several constants, the original's among them.
  fileprivate static func choices(_ original: Weighting) -> [Weighting] {
    var choices = [1e-4, 1e-2, 1].map { inverseVariance(eps0: $0) } + [.uniform]
    choices += [1, 5, 20].map { minSNR(gamma: $0) } + [.edm]
    if let place = choices.firstIndex(where: { $0.name == original.name }), !choices.contains(original) {
      choices.insert(original, at: place)
    }
    return choices
  }
}

extension ScheduleSettings {
  /// Moves the upper bound along round values, with the original's among them.
  fileprivate mutating func moveGreatest(_ count: Int, original: ScheduleSettings) {
    var choices: [Double] =
      switch kind.bounded {
      case .sigma: [0.5, 1, 2, 5, 10, 20, 50, 80]
      case .beta: [0.005, 0.01, 0.012, 0.02, 0.05, 0.1, 0.2, 0.5, 0.9, 0.999]
      case .time: [0.5, 0.7, 0.9, 0.95, 0.98, 0.99, 0.995, 0.999]
      }
    if original.kind == kind { choices.append(original.bounds.upperBound) }
    let valid = choices.filter {
      var moved = self
      guard $0 > bounds.lowerBound else { return false }
      moved.bounds = bounds.lowerBound...$0
      return moved.problem == nil
    }
    bounds = bounds.lowerBound...bounds.upperBound.moved(count, along: valid.sorted())
  }
}

extension DataSource {
  /// The shape, if the data is one.
  fileprivate var shape: Shape? {
    if case .shape(let shape, _) = self { shape } else { nil }
  }
}
