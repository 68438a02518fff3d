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
    #expect(
      Outcomes(outcomes).text
        == "seed 0: loss 52\nseed 1: loss 54\n2 seeds, mean ± standard deviation: loss 53 ± 1.4")
    #expect(Outcomes([outcomes[0]]).text.hasSuffix("\n1 seed, mean ± standard deviation: loss 52"))
    let one = #"{"each":[{"loss":52,"seed":0}],"event":"summary","mean":{"loss":52},"standard_deviation":{}}"#
    #expect(Outcomes([outcomes[0]]).jsonLine == one)
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
      // Who reads the lines knows whose they are.
      for start in [
        "seed 1 [step      1] loss=", "seed 1: wrote all/seed-1/", "seed 0 [step      3]", "seed 0: samples (",
      ] {
        #expect(lines.contains { $0.hasPrefix(start) }, "\(start)")
      }
      let alone = try roulade(["train", "--seed", "1", "--out", "alone"] + tiny, in: directory)
      #expect(alone.code == 0 && alone.output.hasPrefix("[step      1] loss="))
      let contents = { try Data(contentsOf: URL(fileURLWithPath: directory + "/" + $0)) }
      #expect(try contents("all/seed-1/model.safetensors") == contents("alone/model.safetensors"))
      #expect(try contents("all/seed-0/model.safetensors") != contents("alone/model.safetensors"))
    }
  }

  @Test("a log of several seeds says in each line whose it is, and ends with what came of all")
  func log() throws {
    try withDirectory { directory in
      let run = try roulade(
        ["train", "--seeds", "4,2", "--log-format", "json", "--log", "log.json"] + tiny, in: directory)
      #expect(run.code == 0 && run.output.contains("\n2 seeds, mean ± standard deviation: loss "), "\(run.error)")
      let lines = try String(contentsOfFile: directory + "/log.json", encoding: .utf8).split(separator: "\n").map {
        try #require(try JSONSerialization.jsonObject(with: Data($0.utf8)) as? [String: Any])
      }
      let seeds = lines.dropLast().map { $0["seed"] as? Int }
      #expect(Set(seeds) == [4, 2] && seeds == seeds.sorted { ($0 ?? 0) > ($1 ?? 0) })
      let summary = try #require(lines.last)
      #expect(summary["event"] as? String == "summary" && summary["seed"] == nil)
      let each = try #require(summary["each"] as? [[String: Any]])
      #expect(each.map { $0["seed"] as? Int } == [4, 2])
      let losses = each.compactMap { $0["loss"] as? Double }
      let (mean, spread) = (summary["mean"] as? [String: Double], summary["standard_deviation"] as? [String: Double])
      #expect(losses.count == 2 && abs((mean?["loss"] ?? 0) - (losses[0] + losses[1]) / 2) < 1e-9)
      #expect(abs((spread?["loss"] ?? 0) - abs(losses[0] - losses[1]) / 2.0.squareRoot()) < 1e-9)
      #expect(Set((mean ?? [:]).keys) == ["loss", "distance", "sliced_wasserstein", "coverage", "copies"])
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

  @Test("Ctrl-C between two runs ends them all")
  func interrupted() throws {
    try withDirectory { directory in
      let run = try roulade(
        ["train", "--seeds", "0-999", "--data", "mixture", "--points", "300000", "--out", directory] + tiny,
        interruptAfter: "seed 0: divergence")
      #expect(run.code == 130 && run.error.hasPrefix("roulade: stopped"), "\(run.code) \(run.error)")
      #expect(!run.output.contains("seed 1: samples"))
    }
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
