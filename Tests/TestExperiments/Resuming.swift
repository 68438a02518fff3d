import Diffusion

/// What a run is resumed with: each optimizer, with and without an average, on one thread or more.
package struct ResumeCase: Sendable, CustomStringConvertible {
  package let optimizer: OptimizerSettings
  package let average: Double?
  package let threads: Int

  package var description: String { "\(optimizer.name), average \(average ?? 0), \(threads) threads" }

  package static let all = OptimizerSettings.kinds.flatMap { kind in
    [nil, 0.9].flatMap { average in
      [1, 3].map { ResumeCase(optimizer: OptimizerSettings(kind), average: average, threads: $0) }
    }
  }

  package var experiment: Experiment { resumable(optimizer, average: average) }
}

/// A small experiment on data with classes, whose rate changes all the time, with a run that ends within it.
package func resumable(_ optimizer: OptimizerSettings = OptimizerSettings(), average: Double? = 0.9) -> Experiment {
  var experiment = Experiment.standard
  experiment.data = .shape(.moons, count: 300)
  (experiment.hidden, experiment.batchSize, experiment.runs) = ([24, 16], 48, [60, 140])
  (experiment.optimizer, experiment.averageDecay, experiment.learningRate) = (optimizer, average, 1e-3)
  return experiment
}
