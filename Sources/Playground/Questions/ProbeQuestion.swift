import Diffusion

/// What do the network and the exact answer say of one noisy point?
struct ProbeQuestion: Question {
  static let topic: Topic = "probe"

  struct Subject: Equatable, Sendable {
    let moment: Moment.ID
    let points: Experiment.Points
    let sigma: Double
    let x: Point
  }

  var topic: Topic { ProbeQuestion.topic }
  let subject: Subject
  private let learned: NetworkDenoiser
  private let ideal: IdealDenoiser

  /// Nil while there is no probe, or no exact answer.
  init?(_ world: World) {
    guard let x = world.probePoint, let ideal = world.insight?.ideal, world.isCurrent else { return nil }
    subject = Subject(moment: world.moment.id, points: world.experiment.points, sigma: world.sigma.value, x: x)
    (learned, self.ideal) = (world.moment.learned, ideal)
  }

  func answer(isWanted: () -> Bool) -> ProbeReading? {
    let (x, sigma) = (subject.x, Float(subject.sigma))
    let epsilon = learned.epsilon(x: [x], sigma: sigma)[0]
    let best = ideal.epsilon(x: [x], sigma: sigma)[0]
    return ProbeReading(
      x: x, sigma: sigma, epsilon: epsilon, ideal: best, posterior: ideal.posterior(x: x, sigma: sigma),
      logDensity: ideal.logDensity(x: [x], sigma: sigma)[0])
  }
}

/// What is known at a noisy point.
struct ProbeReading: Equatable, Sendable {
  let x: Point
  let sigma: Float
  /// The noise in it, as the network guesses it, and its exact mean.
  let epsilon: Point
  let ideal: Point
  let posterior: Posterior
  /// Of the exact density of noisy points, in nats per square data unit.
  let logDensity: Double

  var estimate: Point { x - sigma * epsilon }
  var idealEstimate: Point { x - sigma * ideal }
  /// How far the network's estimate is from the exact one, in data units.
  var error: Float { (estimate - idealEstimate).lengthSquared.squareRoot() }
}
