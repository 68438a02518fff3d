import Diffusion

/// The choices that keys lead through.
extension SampleSettings {
  /// Another sampler, with its standard values.
  package mutating func takeNextSampler(_ count: Int = 1) {
    sampler = Sampler.all.element(after: Sampler(name: sampler.name) ?? sampler, count)
  }

  /// Another spacing of the noise levels, with its usual constant.
  package mutating func takeNextSpacing(_ count: Int = 1) {
    let all = SamplingGrid.Spacing.all
    grid.spacing = all.element(after: all.first { $0.name == grid.spacing.name } ?? .automatic, count)
  }

  /// - Parameter hasAverage: Whether there is a moving average to choose.
  package mutating func takeNextPredictor(_ count: Int = 1, hasAverage: Bool) {
    predictor = Predictor.allCases.filter { hasAverage || $0 != .average }.element(after: predictor, count)
  }

  /// More steps, or fewer: the next choice beyond the present number, which need not be one of them.
  package mutating func moveSteps(_ count: Int) { steps = steps.moved(count, along: SampleSettings.stepChoices) }

  /// More guidance, or less, as `moveSteps` has it.
  package mutating func moveGuidance(_ count: Int) {
    guidance = guidance.moved(count, along: SampleSettings.guidanceChoices)
  }

  /// All classes, then each by itself.
  package mutating func takeNextClass(_ count: Int = 1, of classCount: Int) {
    label = ([nil] + (0..<classCount).map { $0 }).element(after: label, count)
  }
}

extension Comparable {
  /// The next of rising choices above this value, or below it for a negative count; at the end, itself.
  func moved(_ count: Int, along choices: [Self]) -> Self {
    (count > 0 ? choices.first { $0 > self } : choices.last { $0 < self }) ?? self
  }
}
