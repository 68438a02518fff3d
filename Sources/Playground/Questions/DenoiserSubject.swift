import Diffusion

/// What is asked of a denoiser.
protocol DenoiserSubject: Equatable, Sendable {
  /// Of the network; nil for the ideal denoiser, which does not learn.
  var moment: Moment.ID? { get set }
  /// The points that it learns.
  var points: Experiment.Points { get }
}

extension DenoiserSubject {
  /// Whether the other differs in the steps of training alone.
  func isLike(_ other: Self) -> Bool {
    guard moment?.run == other.moment?.run else { return false }
    var other = other
    other.moment = moment
    return self == other
  }
}

extension World {
  /// The last answer of a topic, if it is of the present run and points.
  func latest<Q: Question>(_ topic: Topic, as type: Q.Type) -> Q.Answer? where Q.Subject: DenoiserSubject {
    guard let (question, answer) = answers.latest(topic, as: type), question.subject.points == experiment.points,
      question.subject.moment?.run ?? run == run
    else { return nil }
    return answer
  }
}
