import Diffusion
import Playground
import Terminal

/// A run that is small enough for any machine.
let tiny: Experiment = {
  var experiment = Experiment.standard
  experiment.name = "tiny"
  experiment.data = .swissRoll(count: 200)
  experiment.hidden = [8]
  experiment.batchSize = 16
  // What the tests say of rates and averages does not follow the preset.
  experiment.learningRate = 5e-3
  experiment.averageDecay = nil
  experiment.runs = [5000]
  return experiment
}()

/// The same with classes.
let tinyTree: Experiment = {
  var experiment = tiny
  experiment.data = .shape(.tree, count: 640)
  return experiment
}()

func makeWorker(_ experiment: Experiment = tiny, waker: Waker = Waker {}) -> TrainingWorker {
  TrainingWorker(experiment, dataset: experiment.loadData(), seed: 0, threads: 1, waker: waker)
}

func makeState(_ experiment: Experiment = tiny) -> State {
  State(experiment, dataset: experiment.loadData(), seed: 0, frame: makeWorker(experiment).firstFrame)
}
