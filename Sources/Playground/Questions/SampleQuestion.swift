import Diffusion

/// Where do samples flow?
struct SampleQuestion: Question {
  static let learned: Topic = "samples"
  static let ideal: Topic = "ideal samples"

  /// What stands still on the screen follows the network, but not at every frame.
  let interval = 1.0

  let topic: Topic
  let subject: SampleRequest
  private let count: Int
  private let denoiser: any ConditionalDenoiser
  private let insight: Insight

  /// - Parameters:
  ///   - count: How many.
  ///   - insight: Holds the ideal denoiser, the data, and what judges samples.
  init(_ topic: Topic, _ request: SampleRequest, count: Int, moment: Moment, insight: Insight) {
    self.topic = topic
    subject = request
    self.count = count
    self.insight = insight
    denoiser = request.settings.denoiser(learned: moment.learned, average: moment.average, ideal: insight.ideal)
  }

  /// Samples drawn in another way are no use; those of a network that has learned on are.
  func supersedes(_ earlier: SampleQuestion) -> Bool { !earlier.subject.isLike(subject) }

  func answer(isWanted: () -> Bool) -> Trajectory? {
    Trajectory(
      subject, count: count, denoiser: denoiser, dataset: insight.dataset,
      meter: insight.meter(for: subject.settings.label), isWanted: isWanted)
  }
}
