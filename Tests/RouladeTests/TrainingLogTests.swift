import Foundation
import Testing

@testable import roulade

@Suite("the log of roulade train")
struct TrainingLogTests {
  private let tiny = ["train", "--hidden", "8", "--batch", "32", "--threads", "1", "--sampler-steps", "2"]

  private func objects(_ text: String) throws -> [[String: Any]] {
    try text.split(separator: "\n").map {
      try #require(try JSONSerialization.jsonObject(with: Data($0.utf8)) as? [String: Any], "\($0)")
    }
  }

  @Test("as JSON each line is an object: steps, checkpoints, files, samples")
  func json() throws {
    try withDirectory { directory in
      let run = try roulade(
        tiny + ["--steps", "25", "--log-format", "json", "--log-every", "10", "--checkpoint-every", "20"], in: directory
      )
      #expect(run.code == 0)
      let lines = try objects(run.output)
      let steps = lines.filter { $0["event"] == nil }
      #expect(steps.map { $0["step"] as? Int } == [1, 10, 20, 25])
      for step in steps {
        #expect(
          Set(step.keys) == ["step", "loss", "sigma", "learning_rate", "gradient_norm", "clipped", "seconds", "seed"])
        #expect((step["sigma"] as? [Double])?.count == 2)
      }
      let events = lines.compactMap { $0["event"] as? String }
      #expect(events.first == "checkpoint" && events.last == "samples" && events.contains("wrote"))
      let paths = lines.compactMap { $0["path"] as? String }
      #expect(paths.contains("out/model.safetensors"))
      #expect((lines.last?["samples"] as? [String: Any])?["steps"] as? Int == 2)
    }
  }

  @Test("an estimate says what is not finite, and no spread of one")
  func estimates() {
    #expect(Evaluation.Estimate.words(2.1634, 0.0251) == "2.163 ± 0.025")
    #expect(Evaluation.Estimate.words(2.1634, .nan) == "2.163")
    #expect(Evaluation.Estimate.words(.nan, .nan) == "not finite")
    #expect(Evaluation.Estimate.words(.infinity, 1) == "not finite")
    #expect(TrainingEvent.divergence(.nan, standardError: .nan).text?.hasSuffix(": not finite nats") == true)
  }

  @Test("goals and failures are events with the words that people read")
  func events() throws {
    try withDirectory { directory in
      let json = tiny + ["--log-format", "json", "--log", "-", "--out", directory]
      let failed = try roulade(json + ["--steps", "50", "--lr", "1e30"])
      #expect(failed.code == 1)
      let failure = try objects(failed.output).first { $0["event"] as? String == "failed" }
      #expect(failed.error.contains(failure?["message"] as? String ?? "?"))
      let missed = try roulade(json + ["--steps", "3", "--until-loss", "1"])
      #expect(missed.code == 1)
      #expect(try objects(missed.output).contains { $0["event"] as? String == "missed" })
    }
  }

  @Test("a log in a file leaves the results to standard output; a run that goes on writes on in it")
  func file() throws {
    try withDirectory { directory in
      let run = try roulade(
        tiny + ["--steps", "5", "--log-format", "json", "--log", "log.json"], in: directory)
      #expect(run.code == 0 && run.output.hasPrefix("wrote out/model.safetensors\n"))
      let path = directory + "/log.json"
      func steps() throws -> [Int] {
        try objects(String(contentsOfFile: path, encoding: .utf8)).filter { $0["event"] == nil }.compactMap {
          $0["step"] as? Int
        }
      }
      #expect(try steps() == [1, 5])
      let resumed = try roulade(
        [
          "train", "--resume", "out/checkpoint.safetensors", "--steps", "7", "--log-format", "json", "--log",
          "log.json",
        ],
        in: directory)
      #expect(resumed.code == 0, "\(resumed.error)")
      #expect(try steps() == [1, 5, 6, 7])
    }
  }

  @Test("a log that cannot be made is code 73 before training; a full disk is 74 after it")
  func unwritable() throws {
    try withDirectory { directory in
      let none = try roulade(tiny + ["--log", directory + "/no/log"])
      #expect(none.code == 73 && none.output.isEmpty)
      #expect(none.error == "roulade: --log: cannot create \(directory)/no/log: no such file or directory\n")
      let full = try roulade(tiny + ["--steps", "3", "--log", "/dev/full"], in: directory)
      #expect(full.code == 74 && full.error.hasSuffix("cannot write /dev/full: no space left on device\n"))
      #expect(FileManager.default.fileExists(atPath: directory + "/out/model.safetensors"))
    }
  }
}
