import ArgumentParser
import Diffusion
import Export
import Foundation

/// `roulade train`: the playground's training without a screen.
struct Train: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Train without a screen; write the weights and two pictures.",
    discussion: """
      Writes DIR/model.safetensors (PyTorch's names; average.safetensors beside it if an average is kept), \
      DIR/checkpoint.safetensors (what --resume goes on from), DIR/loss_curve.svg and DIR/denoise_step.svg, each \
      whole or not at all, and a PNG beside each picture if rsvg-convert is installed. Ctrl-C stops at the next step \
      and writes what there is.

      Examples:
        roulade train --steps 400 --out out
        roulade train --preset fourier --until-loss 3030 --seed 1
        roulade train --data word:HELLO --config mine.toml
        roulade train --log-format json --log log.json
        roulade train --resume out/checkpoint.safetensors --steps 8000
      """)

  @OptionGroup var options: ExperimentOptions
  @OptionGroup(title: "Start") var startOptions: StartOptions

  @OptionGroup(title: "Goals") var goalOptions: GoalOptions
  @OptionGroup var samplerOptions: SamplerOptions
  @OptionGroup(title: "Output") var outputOptions: OutputOptions

  func run() throws {
    let start = try options.start(startOptions, mayBeAtEnd: goalOptions.untilStep != nil) { tell("note: \($0)") }
    var run = start.run
    let (experiment, dataset, first) = (run.experiment, run.dataset, run.stepCount)
    let sampling = try samplerOptions.settings(over: start.settings, dataset: dataset, prefersAverage: true)
    try goalOptions.validate(sampling: sampling)
    try outputOptions.prepare()

    if let warning = PriorMismatch(dataset, schedule: experiment.schedule.schedule).warning { tell("note: \(warning)") }

    Interruption.watch()
    let isWanted = { Interruption.signal == nil }
    let last = goalOptions.untilStep ?? experiment.totalSteps
    try require(last > first, "--until-step \(last): the run is at step \(first)")
    let log = try outputOptions.trainingLog(after: first, of: last)
    var losses: [Double] = []
    var failure: TrainingError?
    var goals = goalOptions.goals(dataset: dataset, sampling: sampling, seed: run.seed)
    while run.stepCount < last, failure == nil, Interruption.signal == nil,
      goals.isEmpty || goals.contains(where: { $0.reached == nil })
    {
      do {
        let report = try run.step()
        losses.append(Double(report.loss))
        log.record(report)
        for index in goals.indices where goals[index].reached == nil {
          goals[index].watch(run, isWanted: isWanted)
          if let reached = goals[index].reached { log.tell(.reached(reached)) }
        }
        if let every = outputOptions.checkpointEvery, run.stepCount % every == 0 {
          keep(Results(run: run, losses: [], first: first, origin: start.settings.points), log: log)
        }
      } catch {
        failure = error
        log.tell(.failed(error))
      }
    }
    var missed: String?
    if Interruption.signal == nil, failure == nil {
      for index in goals.indices where goals[index].reached == nil {
        let numbers = goals[index].judge(run, isWanted: isWanted)
        if let reached = goals[index].reached {
          log.tell(.reached(reached))
        } else if let numbers {
          log.tell(.missed(numbers))
          missed = missed ?? numbers
        }
      }
    }

    let results = Results(run: run, losses: losses, first: first, origin: start.settings.points)
    log.endProgress()
    try results.write(to: outputOptions.out) { log.tell(.wrote($0)) }
    if let failure { throw Failure("\(failure)") }
    var judge = SampleJudge(dataset: dataset, settings: sampling, seed: run.seed)
    if let quality = judge.measure(run, count: SampleJudge.count, isWanted: isWanted) {
      log.tell(.samples(quality, sampling))
    }
    if let signal = Interruption.signal {
      log.tell(.stopped(signal))
      // What a shell reports for a program that died of the signal.
      throw Failure("stopped at step \(run.stepCount) of \(last)", code: 128 + signal)
    }
    if let missed { throw Failure("not reached in \(run.stepCount) steps: \(missed)") }
    if let problem = log.problem { throw Failure(problem, code: Failure.cannotWrite) }
  }

  /// Writes a checkpoint on the way. A disk that is full now need not be at the end.
  private func keep(_ results: Results, log: TrainingLog) {
    do {
      log.tell(.checkpoint(try results.writeCheckpoint(to: outputOptions.out)))
    } catch {
      log.clearProgress()
      tell("note: no checkpoint at step \(results.run.stepCount): \(error)")
    }
  }
}
