import Foundation
import Testing

@testable import roulade

@Suite("roulade bench")
struct BenchTests {
  @Test(
    "options that make no sense get one line and exit code 64",
    arguments: [
      (["--batch", "32,,64"], "--batch 32,,64: rows of a batch, 1 to 65536, as in 32,256,2048"),
      (["--batch", "0"], "--batch 0: rows of a batch, 1 to 65536, as in 32,256,2048"),
      (["--seconds", "-1"], "--seconds -1: above 0, at most 3600"),
      // More steps than there are numbers to count them.
      (["--seconds", "1e30"], "--seconds 1e30: above 0, at most 3600"),
      (["--threads", "0"], "--threads 0: 1 to 256 threads"),
    ])
  func options(arguments: [String], message: String) throws {
    #expect(try roulade(["bench"] + arguments) == Run(code: 64, output: "", error: "roulade: \(message)\n"))
  }

  @Test("JSON holds what was measured; without a terminal there is no progress")
  func json() throws {
    let run = try roulade(["bench", "--batch", "8,40", "--seconds", "0.02", "--threads", "2", "--json"])
    #expect(run.code == 0 && run.error == "")
    let decoder = JSONDecoder()
    decoder.keyDecodingStrategy = .convertFromSnakeCase
    let result = try decoder.decode(BenchmarkResult.self, from: Data(run.output.utf8))
    #expect(result.batches.map(\.rows) == [8, 40])
    #expect(result.threads == 2 && result.peakGflops > 1)
    for batch in result.batches {
      #expect(batch.step.fastest <= batch.step.median && batch.step.median <= batch.step.slowest)
      #expect(abs(batch.shares.values.reduce(0, +) - 1) < 1e-9)
    }
    #expect(result.sampling != nil && result.start != nil)
  }

  @Test("the table stands in columns, and fits a terminal of 80")
  func table() {
    var result = BenchmarkResult(threads: 2, instructionSet: "AVX2")
    result.peakGflops = 200
    let shares = ["drawing": 0.004, "forward": 0.296, "backward": 0.65, "optimizer": 0.05]
    result.batches = [
      BenchmarkResult.Batch(rows: 32, step: Timing([0.0005, 0.0004, 0.001]), gflops: 75.7, shares: shares),
      BenchmarkResult.Batch(rows: 8192, step: Timing([0.06, 0.0605, 0.07]), gflops: 160, shares: shares),
    ]
    result.sampling = Timing([0.1, 0.11, 0.12])
    #expect(
      result.text == """
        AVX2, 2 threads, peak 200 GFLOP/s

         batch  ms/step  fastest  slowest  steps/s GFLOP/s  peak  draw   fwd   bwd   opt
            32    0.500    0.400    1.000   2000.0    75.7   38%  0.4%   30%   65%  5.0%
          8192     60.5     60.0     70.0     16.5   160.0   80%  0.4%   30%   65%  5.0%

        Times in ms; peak is the share of the machine's, the rest what drawing, forward
        and backward pass, and the optimizer take of a step.

        sampling 2048 points in 20 steps: 110.0 (100.0 to 120.0) ms
        """)
    #expect(result.text.split(separator: "\n").allSatisfy { $0.count <= 80 })
  }
}
