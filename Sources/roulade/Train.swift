import ArgumentParser
import Diffusion
import Export
import Foundation
import Pictures

/// `roulade train`: the playground's training without a screen.
struct Train: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Train without a screen; write the weights and two pictures.",
    discussion: """
      Writes DIR/model.safetensors (PyTorch's names; average.safetensors beside it if an average is kept), \
      DIR/loss_curve.svg and DIR/denoise_step.svg, each whole or not at all, and a PNG beside each picture if \
      rsvg-convert is installed. Ctrl-C stops at the next step and writes what there is.
      """)

  @OptionGroup var options: ExperimentOptions

  @Option(help: ArgumentHelp("Directory for the results, created if it is missing.", valueName: "dir"))
  var out = "out"

  @Option(
    parsing: .unconditional,
    help: "Steps between lines of the log, 1 or more; on a terminal one line is rewritten instead.")
  var logEvery = 20

  @OptionGroup var goalOptions: GoalOptions
  @OptionGroup var samplerOptions: SamplerOptions

  func run() throws {
    let experiment = try options.experiment()
    let dataset = try options.dataset(for: experiment) { tell("note: \($0)") }
    let threads = try options.threadCount()
    guard logEvery >= 1 else { throw Failure("--log-every \(logEvery): 1 step or more", code: Failure.usage) }
    let sampling = try samplerOptions.settings(for: experiment, dataset: dataset, prefersAverage: true)
    try goalOptions.validate(sampling: sampling)
    do {
      try AtomicFile.prepare(directory: out, for: Results.names)
    } catch {
      throw Failure("--out: \(error)", code: Failure.usage)
    }

    if let warning = PriorMismatch(dataset, schedule: experiment.schedule.schedule).warning { tell("note: \(warning)") }

    Interruption.watch()
    let isWanted = { Interruption.signal == nil }
    var trainer = Trainer(experiment, dataset: dataset, seed: options.seed, threads: threads)
    var log = TrainingLog(steps: experiment.totalSteps, every: logEvery)
    var losses: [Double] = []
    var failure: TrainingError?
    var goals = goalOptions.goals(dataset: dataset, sampling: sampling, seed: options.seed)
    while trainer.stepCount < experiment.totalSteps, failure == nil, Interruption.signal == nil,
      goals.isEmpty || goals.contains(where: { $0.reached == nil })
    {
      do {
        let report = try trainer.step()
        losses.append(Double(report.loss))
        log.record(report)
        for index in goals.indices { goals[index].watch(trainer, isWanted: isWanted) }
      } catch {
        failure = error
      }
    }
    log.end()
    var missed: String?
    if Interruption.signal == nil, failure == nil {
      for index in goals.indices where goals[index].reached == nil {
        let numbers = goals[index].judge(trainer, isWanted: isWanted)
        if goals[index].reached == nil { missed = missed ?? numbers }
      }
    }
    for reached in goals.compactMap(\.reached) { say("reached \(reached)") }

    try Results(trainer: trainer, losses: losses).write(to: out)
    if let failure { throw Failure("\(failure)") }
    var judge = SampleJudge(dataset: dataset, settings: sampling, seed: options.seed)
    if let quality = judge.measure(trainer, count: SampleJudge.count, isWanted: isWanted) {
      say(judge.describe(quality))
    }
    if let signal = Interruption.signal {
      // What a shell reports for a program that died of the signal.
      throw Failure("stopped at step \(trainer.stepCount) of \(experiment.totalSteps)", code: 128 + signal)
    }
    if let missed { throw Failure("not reached in \(trainer.stepCount) steps: \(missed)") }
  }
}

/// What a run leaves behind.
private struct Results {
  static let pictures = ["loss_curve", "denoise_step"]
  static let names = ["model.safetensors", "average.safetensors"] + pictures.flatMap { ["\($0).svg", "\($0).png"] }

  let trainer: Trainer
  let losses: [Double]

  func write(to directory: String) throws {
    // The weights first: they are what cannot be made again.
    var networks = [("model.safetensors", trainer.network)]
    if let average = trainer.averageDenoiser { networks.append(("average.safetensors", average.network)) }
    for (name, network) in networks {
      let path = AtomicFile.join(directory, name)
      let file = try Safetensors(
        network, experiment: trainer.experiment, seed: trainer.seed, step: trainer.stepCount, box: trainer.dataset.box)
      try AtomicFile.write(file.encoded(), to: path)
      say("wrote \(path)")
    }

    var random = Random(seed: trainer.seed, stream: .denoisingStep)
    let step = denoisingStep(
      trainer.denoiser, dataset: trainer.dataset, schedule: trainer.schedule, using: &random)
    var notes: [String] = []
    for (name, scene) in zip(Results.pictures, [lossCurve(losses), step]) {
      let path = AtomicFile.join(directory, name + ".svg")
      if let note = try Picture.write(scene, to: path), !notes.contains(note) { notes.append(note) }
      say("wrote \(path)")
    }
    for note in notes { tell(note) }
  }
}
