import Diffusion

/// Where does a denoiser think that noisy points came from?
struct EstimateQuestion: Sendable {
  let denoiser: any Denoiser
  let x: [Point]
  let sigma: Float
  let generation: Int

  var answer: Estimates { Estimates(of: x, sigma: sigma, by: denoiser, generation: generation) }
}

extension State {
  /// What does the network make of the first noisy points?
  func question(probes: Int) -> EstimateQuestion {
    // Until the first frame after a reset, it is the network of before.
    EstimateQuestion(
      denoiser: frame.denoiser, x: noisyPoints(probes), sigma: Float(sigma.value), generation: frame.generation)
  }

  /// What does the ideal denoiser make of them? Nil while there is none.
  func idealQuestion(probes: Int) -> EstimateQuestion? {
    insight.map {
      EstimateQuestion(denoiser: $0.ideal, x: noisyPoints(probes), sigma: Float(sigma.value), generation: generation)
    }
  }
}

/// Where do samples flow?
struct SampleQuestion: Sendable {
  let request: SampleRequest
  let count: Int
  let denoiser: any ConditionalDenoiser
  let insight: Insight

  func answer(isWanted: () -> Bool) -> Trajectory? {
    Trajectory(
      request, count: count, denoiser: denoiser, dataset: insight.dataset,
      meter: insight.meter(for: request.settings.label), isWanted: isWanted)
  }
}

/// How good is the network, beside the exact answer?
struct InsightQuestion: Sendable {
  /// What was found before under these settings.
  let insight: Insight?
  let experiment: Experiment
  let dataset: Dataset
  let frame: Frame

  var answer: Insight {
    guard var insight else {
      return Insight(
        experiment, dataset: dataset, denoiser: frame.denoiser, generation: frame.generation, step: frame.step)
    }
    insight.refine(frame.denoiser, generation: frame.generation, step: frame.step)
    return insight
  }
}
