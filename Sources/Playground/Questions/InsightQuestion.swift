import Diffusion

/// How good is the network, beside the exact answer?
struct InsightQuestion: Question {
  struct Subject: Equatable, Sendable {
    let moment: Moment.ID
    let experiment: Experiment
    /// How closely the floor has been looked at.
    let draws: Int?
  }

  /// A second of both cores has some 600 steps of the preset `default`; more often, this takes a noticeable share of them.
  /// While nothing trains it is soon as precise as it gets, and then nothing happens any more.
  let interval: Double

  var topic: Topic { "insight" }
  let subject: Subject
  /// What was found before under these settings.
  private let insight: Insight?
  private let dataset: Dataset
  private let denoiser: NetworkDenoiser

  init(_ world: World) {
    interval = world.isTraining ? 2 : 0.1
    insight = world.insight
    dataset = world.dataset
    denoiser = world.moment.learned
    subject = Subject(moment: world.moment.id, experiment: world.experiment, draws: world.insight?.draws)
  }

  /// Under settings of which nothing is known, nobody waits for what was asked under others.
  func supersedes(_ earlier: InsightQuestion) -> Bool {
    insight == nil
      && (earlier.subject.experiment != subject.experiment || earlier.subject.moment.run != subject.moment.run)
  }

  func answer(isWanted: () -> Bool) -> Insight? {
    guard var insight else {
      return Insight(subject.experiment, dataset: dataset, denoiser: denoiser, moment: subject.moment)
    }
    insight.refine(denoiser, moment: subject.moment)
    return insight
  }
}

extension World {
  /// Whether there is more to find out about the present network, or about the floor.
  package var wantsInsight: Bool {
    // A network of other settings cannot be judged by these.
    guard isCurrent else { return false }
    guard let insight else { return true }
    return !insight.isPrecise || insight.moment != moment.id
  }
}
