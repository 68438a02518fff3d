import Diffusion
import Foundation

/// Measures the default experiment at several batch sizes.
struct Benchmark {
  /// Repetitions of which the median counts.
  private static let runs = 9

  private(set) var result: BenchmarkResult
  private let seconds: Double
  private let workers: Workers
  private let instructionSet: InstructionSet

  init(threads: Int, seconds: Double, instructionSet: InstructionSet) {
    self.instructionSet = instructionSet
    self.seconds = seconds
    workers = Workers(count: threads)
    result = BenchmarkResult(threads: threads, instructionSet: instructionSet.name)
    measurePeak()
  }

  /// Measures training steps of `size` rows.
  mutating func measure(batch size: Int) throws {
    var experiment = Experiment.standard
    (experiment.batchSize, experiment.averageDecay) = (size, nil)
    var run = Run(
      experiment, dataset: .swissRoll(count: 20_000), seed: 0, threads: workers.count,
      instructionSet: instructionSet)
    let step = try time { _ = try run.step() }

    var parts: [StepPart: Double] = [:]
    _ = try time(share: 0.3) {
      var start = ContinuousClock.now
      try run.step { part in
        parts[part, default: 0] += start.secondsAgo
        start = .now
      }
    }
    let sum = parts.values.reduce(0, +)
    let input = [Float](repeating: 0.5, count: size * run.network.inputs)
    let forward = time(share: 0.2) { _ = run.network.forward(input, workers: workers) }
    let forwardShare = min(forward.median / step.median, parts[.gradient, default: 0] / sum)
    measurePeak()

    result.batches.append(
      BenchmarkResult.Batch(
        rows: size, step: step, gflops: Double(size * run.network.trainingFlops) / step.median * 1e-9,
        shares: [
          "drawing": parts[.drawing, default: 0] / sum, "forward": forwardShare,
          "backward": parts[.gradient, default: 0] / sum - forwardShare,
          "optimizer": parts[.optimizer, default: 0] / sum,
        ]))
  }

  /// Measures drawing 2,048 points in 20 steps of the accelerated sampler.
  mutating func measureSampling() {
    let experiment = Experiment.standard
    let run = Run(experiment, dataset: .swissRoll(count: 20_000), seed: 0, threads: workers.count)
    let denoiser = run.denoiser
    result.sampling = time {
      var random = Random(seed: 0)
      _ = Sampler.accelerated.sample(
        count: 2048, sigmas: SamplingGrid().sigmas(steps: 20, experiment.schedule), denoiser: denoiser, using: &random)
    }
  }

  /// Measures how long it takes from starting this program anew until its first step is finished.
  mutating func measureStart() throws {
    guard let program = Bundle.main.executableURL else { return }
    var times: [Double] = []
    for _ in 0..<Self.runs {
      let process = Process()
      let output = Pipe()
      process.executableURL = program
      process.arguments = ["bench", "--first-step", "--threads", "\(workers.count)"]
      process.standardOutput = output
      let start = ContinuousClock.now
      try process.run()
      let line = output.fileHandleForReading.availableData
      times.append(start.secondsAgo)
      process.waitUntilExit()
      guard !line.isEmpty else { return }
    }
    result.start = Timing(times)
  }

  /// The highest rate of multiply-adds seen so far: the machine may be busy with something else now and then.
  private mutating func measurePeak() {
    for _ in 0..<Self.runs {
      let start = ContinuousClock.now
      let flops = instructionSet.peak(repetitions: 200_000, workers: workers)
      result.peakGflops = max(result.peakGflops, flops / start.secondsAgo * 1e-9)
    }
  }

  /// Times `work`: several runs of as many calls as fit in the time for a batch.
  private func time(share: Double = 0.5, _ work: () throws -> Void) rethrows -> Timing {
    var start = ContinuousClock.now
    try work()
    try work()
    let calls = max(Int(seconds * share / Double(Self.runs) / (start.secondsAgo / 2)), 1)
    var times: [Double] = []
    for _ in 0..<Self.runs {
      start = .now
      for _ in 0..<calls { try work() }
      times.append(start.secondsAgo / Double(calls))
    }
    return Timing(times)
  }
}

extension ContinuousClock.Instant {
  fileprivate var secondsAgo: Double { duration(to: .now) / .seconds(1) }
}
