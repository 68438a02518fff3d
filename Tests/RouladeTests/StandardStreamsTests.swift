import Export
import Foundation
import Testing

@testable import roulade

/// What becomes of a run when what it prints leads nowhere.
@Suite("standard streams")
struct StandardStreamsTests {
  private static let train = "train --steps 3 --batch 4 --hidden 8 --threads 1 --log-every 1 --out o"

  private func step(_ directory: String) throws -> String? {
    try Safetensors(contentsOf: directory + "/o/model.safetensors").metadata["step"]
  }

  @Test("a log that cannot be written is one line and code 74, after the files are there")
  func fullDisk() throws {
    try withDirectory { directory in
      let run = try shell("\"$roulade\" \(Self.train) >/dev/full", in: directory)
      #expect(
        run == Run(code: 74, output: "", error: "roulade: cannot write standard output: no space left on device\n"))
      #expect(try step(directory) == "3")
      #expect(FileManager.default.fileExists(atPath: directory + "/o/denoise_step.svg"))
    }
  }

  @Test("a closed stream takes none of the files with it")
  func closed() throws {
    try withDirectory { directory in
      let run = try shell("\"$roulade\" \(Self.train) >&-", in: directory)
      #expect(run == Run(code: 74, output: "", error: "roulade: cannot write standard output: bad file descriptor\n"))
      #expect(try step(directory) == "3")
      let silent = try shell("\"$roulade\" \(Self.train) >&- 2>&- <&-", in: directory)
      #expect(silent == Run(code: 74, output: "", error: ""))
    }
  }

  @Test("a reader that has gone is no reason to complain, or to lose the weights")
  func closedPipe() throws {
    try withDirectory { directory in
      let run = try shell(
        "{ \"$roulade\" \(Self.train.replacing("--steps 3", with: "--steps 300")); echo $? >code; } | head -1",
        in: directory)
      #expect(run.code == 0 && run.error == "" && run.output.split(separator: "\n").count == 1)
      #expect(try String(contentsOfFile: directory + "/code", encoding: .utf8) == "0\n")
      #expect(try step(directory) == "300")
    }
  }

  @Test("help and the version are results, too")
  func help() throws {
    let version = try roulade(["--version"])
    #expect(version == Run(code: 0, output: Roulade.version + "\n", error: ""))
    #expect(try roulade(["train", "--help"]).output.contains("\nNOISE:\n  --schedule <name>"))
    try withDirectory { directory in
      let run = try shell("\"$roulade\" --help >/dev/full", in: directory)
      #expect(run.code == 74)
    }
  }

  @Test("every command's help has examples")
  func examples() {
    for command in Roulade.configuration.subcommands {
      #expect(command.configuration.discussion.contains("Examples:\n  roulade"), "\(command)")
    }
  }

  @Test("Ctrl-C ends the judging of samples, after the files are there")
  func interruptedJudging() throws {
    try withDirectory { directory in
      let slow = ["--hidden", "1024,1024", "--sampler", "heun-churn", "--sampler-steps", "1000"]
      let run = try roulade(
        ["train", "--steps", "1", "--batch", "4", "--threads", "1", "--out", directory] + slow,
        interruptAfter: "denoise_step.svg")
      #expect(run.code == 130 && run.error == "roulade: stopped at step 1 of 1\n")
      #expect(!run.output.contains("samples ("))
    }
  }

  @Test("a mistaken command gets the one that was meant")
  func command() throws {
    let error =
      "roulade: no such command 'plya'; did you mean 'play'? there are: play, tour, train, sample, render, evaluate, inspect, diff, presets, bench, help\n"
    #expect(try roulade(["plya"]) == Run(code: 64, output: "", error: error))
    #expect(try roulade(["help", "plya"]) == Run(code: 64, output: "", error: error))
    #expect(try roulade(["help", "diff"]).output.hasPrefix("OVERVIEW: Say which settings"))
  }
}
