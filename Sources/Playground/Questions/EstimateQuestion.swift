import Diffusion
import Pictures

/// Where does a denoiser think that noisy points came from?
struct EstimateQuestion: Question {
  struct Subject: DenoiserSubject {
    /// Nil for the ideal denoiser, which does not learn.
    var moment: Moment.ID?
    let points: Experiment.Points
    let sigma: Double
    let density: NoisyPoints.Density

    func hasNoisyPoints(of other: Subject) -> Bool {
      points == other.points && sigma == other.sigma && density == other.density
    }
  }

  static let learned: Topic = "estimates"
  static let ideal: Topic = "ideal estimates"

  let topic: Topic
  let subject: Subject
  private let denoiser: any Denoiser
  private let noise: NoisyPoints
  /// The noisy points, if they have been chosen before.
  private let chosen: [Point]?

  /// What the network makes of the noisy points.
  static func learned(_ world: World, _ density: NoisyPoints.Density) -> EstimateQuestion {
    EstimateQuestion(
      learned, world, density, moment: world.moment.id, denoiser: world.moment.learned)
  }

  /// What the ideal denoiser makes of them; nil while there is none.
  static func ideal(_ world: World, _ density: NoisyPoints.Density) -> EstimateQuestion? {
    world.insight.map {
      EstimateQuestion(ideal, world, density, moment: nil, denoiser: $0.ideal)
    }
  }

  private init(
    _ topic: Topic, _ world: World, _ density: NoisyPoints.Density, moment: Moment.ID?, denoiser: any Denoiser
  ) {
    self.topic = topic
    let subject = Subject(
      moment: moment, points: world.experiment.points, sigma: world.sigma.value, density: density)
    self.subject = subject
    self.denoiser = denoiser
    noise = world.noise
    // Their choice depends on nothing that is learned.
    let last = world.answers.latest(topic, as: EstimateQuestion.self)
    chosen = last.flatMap { $0.question.subject.hasNoisyPoints(of: subject) ? $0.answer.x : nil }
  }

  func answer(isWanted: () -> Bool) -> Estimates? {
    Estimates(
      of: chosen ?? noise.points(subject.density, sigma: subject.sigma), sigma: Float(subject.sigma), by: denoiser)
  }
}
