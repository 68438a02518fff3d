import ArgumentParser
import Diffusion
import Foundation

/// `roulade bench`: how fast the default network trains and samples here, and how near that is to the machine's limit.
struct Bench: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Measure how fast training and sampling are, against this machine's peak.",
    discussion: """
      The peak is that of multiply-adds in registers, on as many threads, measured in the same run. Times are the \
      median of several runs, with the fastest and the slowest; the loss is read after every step. Shares are those of \
      the parts measured one by one.

      Examples:
        roulade bench
        roulade bench --batch 256 --threads 1 --json
      """)

  @Option(help: "Batches to measure, 1 to 65536 rows each: 32,256,2048.")
  var batch = "32,64,128,256,512,1024,2048,4096,8192"

  @OptionGroup var threadOptions: ThreadOptions

  @Option(parsing: .unconditional, help: "Seconds to spend on each batch, above 0 to 3600.")
  var seconds = 2.0

  @Flag(help: "Print the results as JSON.")
  var json = false

  /// What a process does that is started to see how long the start takes.
  @Flag(help: .hidden)
  var firstStep = false

  func run() throws {
    let (batches, threads) = try (batchSizes(), threadOptions.threadCount())
    try require(seconds > 0 && seconds <= 3600, "--seconds \(numberText(seconds)): above 0, at most 3600")
    if firstStep { return try takeFirstStep(threads: threads) }

    var progress = StatusLine()
    var benchmark = Benchmark(
      threads: threads, seconds: seconds, instructionSet: try threadOptions.chosenInstructionSet())
    for (index, batch) in batches.enumerated() {
      progress?.show("measuring: batch \(batch) (\(index + 1) of \(batches.count))")
      try benchmark.measure(batch: batch)
    }
    progress?.show("measuring: sampling")
    benchmark.measureSampling()
    progress?.show("measuring: start")
    try benchmark.measureStart()
    progress?.clear()
    say(json ? try benchmark.result.json : benchmark.result.text)
  }

  private func batchSizes() throws -> [Int] {
    let sizes = batch.split(separator: ",", omittingEmptySubsequences: false).map {
      Int($0.trimmingCharacters(in: .whitespaces))
    }
    let valid = sizes.compactMap { $0 }.filter { (1...65_536).contains($0) }
    guard valid.count == sizes.count else {
      throw Failure("--batch \(batch): rows of a batch, 1 to 65536, as in 32,256,2048", code: Failure.usage)
    }
    return valid
  }

  private func takeFirstStep(threads: Int) throws {
    let experiment = Experiment.standard
    var run = Run(experiment, dataset: .swissRoll(count: 20_000), seed: 0, threads: threads)
    say("\(try run.step().loss)")
  }
}
