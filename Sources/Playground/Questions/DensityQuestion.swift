import Diffusion
import Pictures
import Plot

/// How dense are noisy points, exactly, and as the network has it?
struct DensityQuestion: Question {
  struct Subject: DenoiserSubject {
    /// Nil for the exact density.
    var moment: Moment.ID?
    let points: Experiment.Points
    let sigma: Double
    let columns: Int
  }

  static let learned: Topic = "density"
  static let exact: Topic = "exact density"
  // The network's takes a good part of a second, all of which it takes from training.
  let interval = 8.0
  /// Of the network's grid, and how the flow goes to pure noise: with fewer steps, their error speckles the picture.
  private static let most = 32
  static let steps = 16
  private static let mostExact = 120

  let topic: Topic
  let subject: Subject
  private let window: Window
  private let noisy: [Point]
  private let ideal: IdealDenoiser
  private let learned: NetworkDenoiser
  private let largest: Float

  /// - Returns: Nil while there is no ideal denoiser.
  init?(_ topic: Topic, _ world: World, columns: Int) {
    guard let insight = world.insight else { return nil }
    let isExact = topic == DensityQuestion.exact
    self.topic = topic
    subject = Subject(
      moment: isExact ? nil : world.moment.id, points: world.experiment.points, sigma: world.sigma.value,
      columns: isExact ? min(2 * columns, DensityQuestion.mostExact) : min(columns, DensityQuestion.most))
    window = world.noise.window(sigma: world.sigma.value)
    noisy = world.noise.all(sigma: world.sigma.value)
    ideal = insight.ideal
    learned = world.moment.learned
    largest = Float(world.sigma.range.upperBound)
  }

  func supersedes(_ earlier: DensityQuestion) -> Bool { !subject.isLike(earlier.subject) }

  func answer(isWanted: () -> Bool) -> Densities? {
    let sigma = Float(subject.sigma)
    guard subject.columns >= 2 else { return nil }
    let map = DensityMap(window, columns: subject.columns) { points in
      subject.moment == nil
        ? ideal.logDensity(x: points, sigma: sigma)
        : Likelihood.logDensity(
          of: points, under: learned, sigmas: sigma...largest, steps: DensityQuestion.steps, isWanted: isWanted)
    }
    guard let map else { return nil }
    let logs = Densities.logs(of: noisy, sigma: sigma, ideal: ideal)
    return subject.moment == nil ? Densities(exact: map, logs: logs) : Densities(learned: map, logs: logs)
  }

  /// The last answer of a topic, if it is of the present run, points and sigma.
  static func latest(_ topic: Topic, _ world: World) -> Densities? {
    let sigma = world.answers.latest(topic, as: DensityQuestion.self)?.question.subject.sigma
    return sigma == world.sigma.value ? world.latest(topic, as: DensityQuestion.self) : nil
  }
}
