@testable import Diffusion
import Export
import Foundation
import Interface

@testable import Playground

/// The playground over weights of a small network that has learned the roll, made by
///
///     roulade train --preset fourier --hidden 64,64 --steps 6000 --average 0
///
/// How it went is made up: what is trained here has other bits on another machine.
func makeTrained() -> App {
  var experiment = Experiment.fourier
  experiment.hidden = [64, 64]
  experiment.averageDecay = nil
  var app = App(
    World(Configuration(experiment), dataset: experiment.loadData(), seed: 0, frame: madeUp(experiment, halving: 300)))
  app.world.wantsTraining = false
  app.world.insight = Insight(app.world)
  return app
}

/// The same beside a run B with its first weights and another rate, and after a run with a third.
func makeRivals() -> App {
  var app = makeTrained()
  var other = app.world.configuration
  other.experiment.learningRate = 5e-4
  let rival = madeUp(other.experiment, halving: 1200, isTrained: false, run: app.world.nextRun())
  app.world.rival = Rival(run: rival.moment.id.run, start: 0, configuration: other, frame: rival, newest: rival)
  app.world.look()
  other.experiment.learningRate = 5e-2
  app.world.courses.before = KeptCourse(course: madeUp(other.experiment, halving: 4000).course, configuration: other)
  return app
}

/// A frame after 6000 steps, over which the loss has come near its floor.
///
/// - Parameter halving: In so many steps it came half of the way.
private func madeUp(_ experiment: Experiment, halving: Double, isTrained: Bool = true, run: Int = 0) -> Frame {
  let dataset = experiment.loadData()
  var checkpoint = Run(experiment, dataset: dataset, seed: 0, threads: 1).checkpoint
  let weights = URL(fileURLWithPath: #filePath).appendingPathComponent("../../Goldens/roll.safetensors").standardized
  // Without the file every picture differs.
  if isTrained,
    let network = try? Safetensors(contentsOf: weights.path).network(
      widths: checkpoint.network.widths, activation: checkpoint.network.activation, file: weights.path)
  {
    checkpoint.network = network
  }
  checkpoint.step = 6000
  var losses = LossHistory()
  var gradients = GradientHistory()
  var course = Course()
  for step in 1...checkpoint.step {
    // What is not smooth is a pattern that does not repeat soon.
    let noise = Double(step * 7919 % 1009) / 1009 - 0.5
    let loss = 0.93 + 0.7 / (1 + Double(step) / halving) + 0.2 * noise
    let norm = 0.6 + 2 / (1 + Double(step) / halving) + 0.5 * noise
    losses.append(loss)
    gradients.append(norm: Float(norm), isClipped: norm > 1)
    let report = StepReport(
      step: step, loss: Float(loss), gradientNorm: Float(norm), isClipped: norm > 1,
      learningRate: experiment.learningRate * (1 - Double(step) / 8000), sigmaRange: 0.002...2)
    course.append(
      report, rows: step * experiment.batchSize, seconds: Double(step) / 1000, loss: losses.smoothed ?? loss)
  }
  var frame = Frame(
    moment: Moment(checkpoint, dataset: dataset, run: run).serial, seed: 0, remaining: nil, losses: losses,
    gradients: gradients, stepsPerSecond: 1000, learningRate: course.readings.last?.learningRate)
  frame.course = course
  frame.seconds = 6
  return frame
}
