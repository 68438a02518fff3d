import Foundation
import Testing

@testable import Diffusion
@testable import roulade

@Suite("roulade train --seeds")
struct SeedsTests {
  private let tiny = ["--hidden", "8", "--batch", "32", "--threads", "1", "--steps", "3"]

  @Test("seeds are numbers and ranges, each once")
  func parsing() {
    #expect(Seeds(argument: "0-3")?.all == [0, 1, 2, 3] && Seeds(argument: "7,1-2")?.all == [7, 1, 2])
    for text in ["", "-", "3-1", "1-", "a", "0,0", "0-3,2", "0-1000", "1.5", "0--1", "18446744073709551615-0"] {
      #expect(Seeds(argument: text) == nil, "\(text)")
    }
    #expect(Seeds(argument: "18446744073709551615")?.all == [.max])
  }

  @Test("a summary has mean and standard deviation of what all runs have")
  func summary() {
    let outcomes = [4.0, 8].enumerated().map { Outcome(seed: UInt64($0), losses: [100, $1]) }
    #expect(outcomes[1].text == "seed 1: loss 54")
    #expect(Outcome.summary(outcomes) == "2 seeds, mean ± standard deviation: loss 53 ± 1.4")
    #expect(Outcome.summary([outcomes[0]]) == "1 seed, mean ± standard deviation: loss 52")
  }

  @Test("runs follow one another, each what a run of its seed alone is")
  func runs() throws {
    try withDirectory { directory in
      let all = try roulade(["train", "--seeds", "1,0", "--out", "all"] + tiny, in: directory)
      #expect(all.code == 0)
      let lines = all.output.split(separator: "\n")
      #expect(
        lines.suffix(3).map { $0.split(separator: " ").prefix(2).joined(separator: " ") } == [
          "seed 1:", "seed 0:", "2 seeds,",
        ])
      let alone = try roulade(["train", "--seed", "1", "--out", "alone"] + tiny, in: directory)
      #expect(alone.code == 0)
      let contents = { try Data(contentsOf: URL(fileURLWithPath: directory + "/" + $0)) }
      #expect(try contents("all/seed-1/model.safetensors") == contents("alone/model.safetensors"))
      #expect(try contents("all/seed-0/model.safetensors") != contents("alone/model.safetensors"))
    }
  }

  @Test(
    "what makes no sense with several seeds is refused",
    arguments: [
      (["--seeds", "x"], "--seeds x: different whole numbers of 0 or more, 1000 at most, as in 0-9 or 0,3,7"),
      (["--seeds", "0-1", "--seed", "2"], "--seed and --seeds: one of them"),
      (["--seeds", "0-1", "--resume", "a"], "--seeds goes with runs that begin, --resume with one that goes on"),
    ])
  func refused(arguments: [String], message: String) throws {
    let run = try roulade(["train"] + arguments)
    #expect(run.code == 64 && run.error == "roulade: \(message)\n")
  }

  @Test("held-out points are judged beside those that training saw")
  func heldOut() throws {
    try withDirectory { directory in
      let run = try roulade(
        ["train", "--data", "mixture", "--points", "100", "--holdout", "0.2", "--denoiser", "ideal"] + tiny,
        in: directory)
      #expect(run.code == 0)
      #expect(run.output.contains("\nheld-out points: ") && run.output.contains(" bits per dimension, samples "))
      #expect(run.output.contains("\ndivergence from what the data are drawn from: "))
    }
  }
}
