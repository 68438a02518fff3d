import Diffusion

/// One screen of the tour.
struct TourStop: Sendable {
  let title: String
  /// The same for a narrow screen.
  var short: String?
  /// One idea, in a few sentences.
  let idea: String
  /// One thing to try.
  let task: String
  /// Whether it has been done, given the world when the screen was opened, and the present one.
  let isDone: @Sendable (_ start: World, _ now: World) -> Bool

  /// The number key of the samples.
  private static let samples = (Views.all.firstIndex { $0 is SamplePane } ?? 0) + 1

  static let all: [TourStop] = [
    TourStop(
      title: "noise",
      idea: """
        The roll is the data. The larger points are data with noise added: x = x0 + sigma·epsilon. A diffusion model \
        learns to take the noise away.
        """, task: "Press } twice: more noise.",
      isDone: { $1.sigma.value > 2 * $0.sigma.value || $1.sigma.position > 0.99 }),
    TourStop(
      title: "prediction",
      idea: """
        The network sees a noisy point and sigma, and guesses the noise in it. An arrow leads to where it thinks that \
        the point came from.
        """, task: "Press i: the exact answer beside the network's.",
      isDone: { $1.answers.latest(EstimateQuestion.ideal, as: EstimateQuestion.self) != nil }),
    TourStop(
      title: "one step",
      idea: """
        With little noise one step lands on the data. With much, the best guess is the mean of all points that it may \
        have been, and that lies between them.
        """, task: "Press } until sigma is 1: all arrows end in the middle.",
      isDone: { $1.sigma.value > 0.95 || $1.sigma.position > 0.99 }),
    TourStop(
      title: "sigma",
      idea: """
        So each noise level is a task of its own. The bars show the error at each of them: 2 is no better than no \
        guess at all, the line is the exact answer.
        """, task: "Press { until sigma is 0.02: fine detail, learned last.",
      isDone: { $1.sigma.value < 0.0205 || $1.sigma.position < 0.01 }),
    TourStop(
      title: "weighting, and the plateau", short: "weighting",
      idea: """
        The loss is a mean over all levels, weighted. Much weight on little noise asks for detail before there is a \
        shape: the loss stays on a plateau.
        """, task: "Press s, find weighting, and choose another with →.",
      isDone: { $1.experiment.formulation.weighting != $0.experiment.formulation.weighting }),
    TourStop(
      title: "the floor",
      idea: """
        Many data points may have become the same noisy point, so nobody can guess right every time. The least \
        possible loss is the floor, not zero.
        """, task: "Watch the loss until it is 80 % of the way there.", isDone: { ($1.progress ?? 0) >= 0.8 }),
    TourStop(
      title: "sampling",
      idea: """
        New points begin as pure noise and take many small steps, each along the network's guess. Few steps cut \
        corners; many follow the exact way.
        """, task: "Press \(samples) for the samples, then , for fewer steps.",
      isDone: { $1.sampling.steps != $0.sampling.steps }),
    TourStop(
      title: "guidance",
      idea: """
        Data with classes can be asked for one of them. Guidance exaggerates what sets a class apart: clearer samples, \
        less variety.
        """, task: "Press s and take the data moons; at the samples ) guides.",
      isDone: { $1.hasClasses && $1.sampling.guidance > 0 }),
    TourStop(
      title: "memorising, generalising", short: "memorising",
      idea: """
        The exact answer can only copy the data: it memorises. A network cannot follow it exactly, and so makes new \
        points: it generalises.
        """, task: "At the samples press d until they follow the ideal. Copies?",
      isDone: { $1.sampling.predictor == .ideal }),
    TourStop(
      title: "first order, natural gradient", short: "natural gradient",
      idea: """
        AdamW takes many small steps along gradients. The natural gradient also knows what the weights do to the \
        answers: few steps, each dearer, each far better.
        """, task: "Press s and take the optimizer natural. How does the loss fall?",
      isDone: { $1.experiment.optimizer.name == Natural.name }),
  ]
}
