import Diffusion

/// Where does a denoiser think that noisy points came from?
struct EstimateQuestion: Sendable {
  var denoiser: any Denoiser
  let x: [Point]
  let sigma: Float
  let generation: Int

  var answer: Estimates { Estimates(of: x, sigma: sigma, by: denoiser, generation: generation) }
}

/// Where do samples flow?
struct SampleQuestion: Sendable {
  let request: SampleRequest
  let count: Int
  let denoiser: any ConditionalDenoiser
  let dataset: Dataset
  let meter: QualityMeter

  func answer(isWanted: () -> Bool) -> Trajectory? {
    Trajectory(request, count: count, denoiser: denoiser, dataset: dataset, meter: meter, isWanted: isWanted)
  }
}

/// How good is the network, beside the exact answer?
struct InsightQuestion: Sendable {
  /// What was found before.
  let insight: Insight?
  let experiment: Experiment
  let dataset: Dataset
  let frame: Frame

  var answer: Insight {
    guard var insight, insight.experiment == experiment else {
      return Insight(
        experiment, dataset: dataset, denoiser: frame.denoiser, generation: frame.generation, step: frame.step)
    }
    insight.refine(frame.denoiser, generation: frame.generation, step: frame.step)
    return insight
  }
}
