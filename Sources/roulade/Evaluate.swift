import ArgumentParser
import Diffusion
import Export
import Foundation

/// `roulade evaluate`: how good a trained network is.
struct Evaluate: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Measure a checkpoint: its loss against the floor, by noise level, its samples, its likelihood.",
    discussion: """
      All is measured on draws that training has not seen, and beside the ideal denoiser, the best there can be. The \
      moving average of the weights is judged if one is kept; --denoiser chooses.

      Examples:
        roulade evaluate out/checkpoint.safetensors
        roulade evaluate out/checkpoint.safetensors --denoiser learned --sampler heun --sampler-steps 10
        roulade evaluate out/checkpoint.safetensors --json > evaluation.json
      """)

  @OptionGroup var checkpointOptions: CheckpointOptions
  @OptionGroup var samplerOptions: SamplerOptions

  @Option(parsing: .unconditional, help: ArgumentHelp("Samples to judge, 10 to 100000.", valueName: "number"))
  var count = SampleJudge.count

  @Option(parsing: .unconditional, help: ArgumentHelp("Seed of the draws (default: the run's).", valueName: "number"))
  var seed: UInt64?

  @Flag(help: "Print the results as JSON.")
  var json = false

  func run() throws {
    try require((10...100_000).contains(count), "--count \(count): 10 to 100000 samples")
    let (run, settings) = try checkpointOptions.load()
    let sampling = try samplerOptions.settings(over: settings, dataset: run.dataset, prefersAverage: true)
    Interruption.watch()
    let isWanted = { Interruption.signal == nil }
    guard
      let evaluation = Evaluation(
        of: run, sampling: sampling, count: count, seed: seed ?? run.seed, isWanted: isWanted)
    else {
      throw Interruption.failure
    }
    if json { StandardOutput.write(try evaluation.json) } else { say(evaluation.text) }
  }
}
