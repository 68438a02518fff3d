/// All that a person can set: what is trained, and how samples are drawn from it. `Parameter.all` lists its parts.
package struct Configuration: Equatable, Sendable {
  package var experiment: Experiment
  package var sampling: SampleSettings
  /// What the classes of the data are called; empty for data without classes, and before the data are known.
  package var classNames: [String]

  /// - Parameter sampling: How samples are drawn; without it as the preset that the experiment is made of has it.
  package init(_ experiment: Experiment, sampling: SampleSettings? = nil, classNames: [String] = []) {
    self.experiment = experiment
    self.sampling = sampling ?? experiment.standardSampling
    self.classNames = classNames
  }

  /// What is wrong, in words that name the parameter; nil if nothing is. Without a problem, training and sampling can
  /// start.
  package var problem: String? {
    for parameter in Parameter.all {
      if let problem = parameter.problem(in: self) { return "\(parameter.title): \(problem)" }
    }
    return nil
  }

  /// Whether there is something for guidance to go beyond: a network that is trained both with classes and without, or
  /// the ideal denoiser, which knows both.
  package var canGuide: Bool {
    sampling.predictor == .ideal || (experiment.labelDropout > 0 && experiment.labelDropout < 1)
  }

  /// Samples follow the network where no average of its weights is kept that they could follow.
  package mutating func forgetMissingAverage() {
    if experiment.averageDecay == nil, sampling.predictor == .average { sampling.predictor = .learned }
  }

  /// What going over to other settings costs.
  package func cost(of next: Configuration) -> Parameter.Cost {
    if let reason = experiment.obstacle(to: next.experiment) { return .freshWeights(reason) }
    return experiment.hasLoss(like: next.experiment) ? .live : .newCurve
  }
}

extension Experiment {
  /// What is wrong, in words that name the parameter; nil if nothing is.
  package var problem: String? { Configuration(self).problem }
}
