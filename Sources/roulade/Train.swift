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
        roulade train --preset fourier --seeds 0-9 --log-format json --log log.json
        roulade train --data points.csv --holdout 0.2
        roulade train --log-format json --log log.json
        roulade train --resume out/checkpoint.safetensors --steps 8000
      """)

  @OptionGroup var options: ExperimentOptions
  @OptionGroup(title: "Start") var startOptions: StartOptions

  @OptionGroup(title: "Goals") var goalOptions: GoalOptions
  @OptionGroup var samplerOptions: SamplerOptions
  @OptionGroup(title: "Output") var outputOptions: OutputOptions

  @Option(
    help: ArgumentHelp(
      """
      Train one run after the other, each with one of these seeds, as in 0-9 or 0,3,7, into DIR/seed-N, and say what came \
      of each, their mean and their spread (default: one run with --seed).
      """, valueName: "seeds"))
  var seeds: String?

  func run() throws {
    guard let seeds else {
      if let problem = try train(options, outputOptions).problem { throw problem }
      return
    }
    guard let chosen = Seeds(argument: seeds) else {
      throw Failure(
        "--seeds \(seeds): different whole numbers of 0 or more, \(Seeds.most) at most, as in 0-9 or 0,3,7",
        code: Failure.usage)
    }
    try require(options.runOptions.seed == nil, "--seed and --seeds: one of them")
    try require(startOptions.resume == nil, "--seeds goes with runs that begin, --resume with one that goes on")
    try trainAll(chosen)
  }

  /// Trains a run of each seed. One that fails is told and does not keep the others from their turn.
  private func trainAll(_ seeds: Seeds) throws {
    var (options, output) = (options, outputOptions)
    let file = try outputOptions.logFile(isContinued: false)
    var (outcomes, last): ([Outcome], Failure?) = ([], nil)
    // Once, for a request between two runs counts, too.
    Interruption.watch()
    for seed in seeds.all where Interruption.signal == nil {
      options.runOptions.seed = seed
      output.out = AtomicFile.join(outputOptions.out, "seed-\(seed)")
      do {
        let outcome = try train(options, output, file)
        outcomes.append(outcome)
        if let problem = outcome.problem { last = problem }
      } catch let failure as Failure where failure.code == 1 {
        tell("seed \(seed): \(failure.message)")
        last = failure
      } catch let failure as Failure where Interruption.signal != nil {
        last = failure
      }
    }
    // Between two runs there was none that it could stop.
    if last == nil, outcomes.count < seeds.all.count { last = Interruption.failure }
    if !outcomes.isEmpty { report(Outcomes(outcomes), to: file) }
    if let problem = file?.problem { throw Failure(problem, code: Failure.cannotWrite) }
    if let last { throw last }
  }

  /// Says what came of all runs: in the log, and as a result on standard output.
  private func report(_ outcomes: Outcomes, to file: LogFile?) {
    let line = outputOptions.logFormat == .json ? outcomes.jsonLine : outcomes.text
    guard let file else { return say(line) }
    file.write(line + "\n")
    say(outcomes.text)
  }

  /// - Parameter file: That of a log that several runs share.
  private func train(
    _ options: ExperimentOptions, _ outputOptions: OutputOptions, _ file: LogFile? = nil
  ) throws -> Outcome {
    let start = try options.start(startOptions, mayBeAtEnd: goalOptions.untilStep != nil) { tell("note: \($0)") }
    var run = start.run
    let (experiment, dataset, first) = (run.experiment, run.dataset, run.stepCount)
    let sampling = try samplerOptions.settings(over: start.settings, dataset: dataset, prefersAverage: true)
    try goalOptions.validate(sampling: sampling)
    try outputOptions.prepare()

    if let warning = PriorMismatch(dataset, schedule: experiment.schedule.schedule).warning { tell("note: \(warning)") }

    let last = goalOptions.untilStep ?? experiment.totalSteps
    try require(last > first, "--until-step \(last): the run is at step \(first)")
    // A pipe is open only when somebody reads it; before that, a request to stop ends the program.
    let logFile = try file ?? outputOptions.logFile(isContinued: first > 0)
    if seeds == nil { Interruption.watch() }
    let isWanted = { Interruption.signal == nil }
    guard isWanted() else { throw Interruption.failure }
    let log = TrainingLog(
      outputOptions.logFormat, every: outputOptions.logEvery, seed: run.seed, isOneOfSeveral: seeds != nil,
      after: first, of: last, to: logFile)
    var losses: [Double] = []
    var failure: TrainingError?
    var training = Duration.zero
    var goals = goalOptions.goals(dataset: dataset, sampling: sampling, seed: run.seed)
    while run.stepCount < last, failure == nil, Interruption.signal == nil,
      goals.isEmpty || goals.contains(where: { $0.reached == nil })
    {
      do {
        let began = ContinuousClock.now
        let report = try run.step()
        training += ContinuousClock.now - began
        losses.append(Double(report.loss))
        log.record(report)
        for index in goals.indices where goals[index].reached == nil {
          goals[index].watch(run, after: training, isWanted: isWanted)
          if let reached = goals[index].reached { log.tell(.reached(reached)) }
        }
        if let every = outputOptions.checkpointEvery, run.stepCount % every == 0 {
          keep(
            Results(run: run, losses: [], first: first, origin: start.settings.points), in: outputOptions.out, log: log)
        }
      } catch {
        failure = error
        log.tell(.failed(error))
      }
    }
    var missed: String?
    if Interruption.signal == nil, failure == nil {
      for index in goals.indices where goals[index].reached == nil {
        let numbers = goals[index].judge(run, after: training, isWanted: isWanted)
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
    var outcome = Outcome(seed: run.seed, losses: losses)
    var judge = SampleJudge(dataset: dataset, settings: sampling, seed: run.seed)
    if let quality = judge.measure(run, count: SampleJudge.count, isWanted: isWanted) {
      log.tell(.samples(quality, sampling))
      outcome.quality = quality
    }
    if let generalization = judge.generalization(of: run, isWanted: isWanted) {
      log.tell(.generalization(generalization))
    }
    if let divergence = judge.divergence(of: run, isWanted: isWanted) {
      log.tell(.divergence(divergence.mean, standardError: divergence.standardError))
    }
    if let signal = Interruption.signal {
      log.tell(.stopped(signal))
      // What a shell reports for a program that died of the signal.
      throw Failure("stopped at step \(run.stepCount) of \(last)", code: 128 + signal)
    }
    if let missed { outcome.problem = Failure("not reached in \(run.stepCount) steps: \(missed)") }
    if let problem = log.problem { outcome.problem = Failure(problem, code: Failure.cannotWrite) }
    return outcome
  }

  /// Writes a checkpoint on the way. A disk that is full now need not be at the end.
  private func keep(_ results: Results, in directory: String, log: TrainingLog) {
    do {
      log.tell(.checkpoint(try results.writeCheckpoint(to: directory)))
    } catch {
      log.clearProgress()
      tell("note: no checkpoint at step \(results.run.stepCount): \(error)")
    }
  }
}
