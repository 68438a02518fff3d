import ArgumentParser
import Diffusion
import Export
import Foundation

/// `roulade train`: the playground's training without a screen.
struct Train: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Train without a screen; write the weights and two pictures.",
    discussion: """
      Writes DIR/model.safetensors (PyTorch's names), DIR/loss_curve.svg and DIR/denoise_step.svg, each whole or not \
      at all, and a PNG beside each picture if rsvg-convert is installed. Ctrl-C stops at the next step and writes what \
      there is.
      """)

  @OptionGroup var options: ExperimentOptions

  @Option(help: ArgumentHelp("Directory for the results, created if it is missing.", valueName: "dir"))
  var out = "out"

  @Option(
    parsing: .unconditional,
    help: "Steps between lines of the log, 1 or more; on a terminal one line is rewritten instead.")
  var logEvery = 20

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp(
      """
      Stop when the seed program's loss, 1/(sigma² + 1e-4) at its levels, is at most this on 40,000 fresh draws. \
      Judged on the moving average if there is one. Exit code 1 if the steps end first.
      """, valueName: "loss"))
  var untilLoss: Float?

  func run() throws {
    let experiment = try options.experiment()
    let dataset = try options.dataset(for: experiment)
    let threads = try options.threadCount()
    guard logEvery >= 1 else { throw Failure("--log-every \(logEvery): 1 step or more", code: Failure.usage) }
    if let untilLoss, !(untilLoss > 0 && untilLoss.isFinite) {
      throw Failure("--until-loss \(untilLoss): a loss above 0", code: Failure.usage)
    }
    do {
      try AtomicFile.prepare(directory: out, for: Results.names)
    } catch {
      throw Failure("--out: \(error)", code: Failure.usage)
    }

    Interruption.watch()
    var trainer = Trainer(experiment, dataset: dataset, seed: options.seed, threads: threads)
    var log = TrainingLog(steps: experiment.totalSteps, every: logEvery)
    var losses: [Double] = []
    var failure: TrainingError?
    var goal = untilLoss.map { LossGoal($0, seed: options.seed) }
    let start = ContinuousClock.now
    while trainer.stepCount < experiment.totalSteps, failure == nil, Interruption.signal == nil, goal?.reached == nil {
      do {
        let report = try trainer.step()
        losses.append(Double(report.loss))
        log.record(report)
        goal?.judge(trainer)
      } catch {
        failure = error
      }
    }
    log.end()
    let seconds = (ContinuousClock.now - start) / .seconds(1)
    if let reached = goal?.reached {
      say(
        "reached loss \(reached.text) on 40,000 fresh draws at step \(trainer.stepCount), "
          + "after \(seconds.formatted(decimals: 2)) s of training and judging")
    }

    try Results(trainer: trainer, losses: losses).write(to: out)
    if let failure { throw Failure("\(failure)") }
    if var goal, goal.reached == nil, Interruption.signal == nil {
      throw Failure(
        "--until-loss \(goal.loss): not reached in \(trainer.stepCount) steps; the loss is \(goal.measure(trainer).text)"
      )
    }
    if let signal = Interruption.signal {
      // What a shell reports for a program that died of the signal.
      throw Failure("stopped at step \(trainer.stepCount) of \(experiment.totalSteps)", code: 128 + signal)
    }
  }
}

/// What a run leaves behind.
private struct Results {
  static let pictures = ["loss_curve", "denoise_step"]
  static let names = ["model.safetensors"] + pictures.flatMap { ["\($0).svg", "\($0).png"] }

  let trainer: Trainer
  let losses: [Double]

  func write(to directory: String) throws {
    // The weights first: they are what cannot be made again.
    let model = AtomicFile.join(directory, "model.safetensors")
    try AtomicFile.write(Safetensors(trainer).encoded(), to: model)
    say("wrote \(model)")

    var random = Random(seed: trainer.seed, stream: 2)
    let step = denoisingStep(
      trainer.denoiser, dataset: trainer.dataset, schedule: trainer.schedule, using: &random)
    var notes: [String] = []
    for (name, scene) in zip(Results.pictures, [lossCurve(losses), step]) {
      let path = AtomicFile.join(directory, name + ".svg")
      if let note = try Picture.write(scene, to: path), !notes.contains(note) { notes.append(note) }
      say("wrote \(path)")
    }
    for note in notes { say(note) }
  }
}
