import Diffusion
import Plot

/// What the settings panel lists.
package enum Setting: String, CaseIterable, Sendable {
  case data, schedule, prediction, features, weighting
  case rateSchedule = "rate schedule"
  case average, sampler, steps, denoiser, guidance
  case label = "class"

  /// Whether it only concerns how samples are drawn.
  var isOfSamples: Bool { [.sampler, .steps, .denoiser].contains(self) || isOfClasses }

  /// Whether it needs data with classes.
  var isOfClasses: Bool { [.guidance, .label].contains(self) }

  /// The present choice, as the panel prints it.
  func value(_ state: State) -> String {
    let experiment = state.experiment
    switch self {
    case .data: return state.dataset.name
    case .schedule: return experiment.schedule.kind.rawValue
    case .prediction: return experiment.formulation.parameterization.rawValue
    case .features: return experiment.formulation.features.name
    case .weighting: return experiment.formulation.weighting.name
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
      moved.schedule = choices.element(after: experiment.schedule, count)
    case .prediction:
      moved.formulation.parameterization = Parameterization.allCases.element(
        after: formulation.parameterization, count)
    case .features:
      let more = InputFeatures.all.contains(first.features) ? [] : [first.features]
      moved.formulation.features = (more + InputFeatures.all).element(after: formulation.features, count)
    case .weighting:
      let choices = Weighting.all.map { $0.name == first.weighting.name ? first.weighting : $0 }
      moved.formulation.weighting = choices.element(after: formulation.weighting, count)
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

extension DataSource {
  /// The shape, if the data is one.
  fileprivate var shape: Shape? {
    if case .shape(let shape, _) = self { shape } else { nil }
  }
}
