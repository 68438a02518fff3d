import Diffusion
import Pictures

/// Where does a denoiser think that noisy points came from?
struct EstimateQuestion: Question {
  struct Subject: Equatable, Sendable {
    /// Nil for the ideal denoiser, which does not learn.
    let moment: Moment.ID?
    let data: DataSource
    let sigma: Double
    let count: Int
  }

  static let learned: Topic = "estimates"
  static let ideal: Topic = "ideal estimates"

  let topic: Topic
  let subject: Subject
  private let denoiser: any Denoiser
  private let x: [Point]

  /// What the network makes of the first noisy points.
  static func learned(_ world: World, count: Int) -> EstimateQuestion {
    EstimateQuestion(learned, world, count: count, moment: world.moment.id, denoiser: world.moment.learned)
  }

  /// What the ideal denoiser makes of them; nil while there is none.
  static func ideal(_ world: World, count: Int) -> EstimateQuestion? {
    world.insight.map { EstimateQuestion(ideal, world, count: count, moment: nil, denoiser: $0.ideal) }
  }

  private init(_ topic: Topic, _ world: World, count: Int, moment: Moment.ID?, denoiser: any Denoiser) {
    self.topic = topic
    subject = Subject(moment: moment, data: world.experiment.data, sigma: world.sigma.value, count: count)
    self.denoiser = denoiser
    x = world.noise.points(count, sigma: world.sigma.value)
  }

  func answer(isWanted: () -> Bool) -> Estimates? {
    Estimates(of: x, sigma: Float(subject.sigma), by: denoiser)
  }

  /// The last answer of a topic, if it is of the present run and data.
  static func latest(_ topic: Topic, _ world: World) -> Estimates? {
    guard let (question, answer) = world.answers.latest(topic, as: EstimateQuestion.self),
      question.subject.data == world.experiment.data, question.subject.moment?.run ?? world.run == world.run
    else { return nil }
    return answer
  }
}
