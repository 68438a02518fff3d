import Diffusion
import Export
import Foundation
import Testing

@testable import roulade

@Suite("roulade train --resume and --weights")
struct ResumeTests {
  private let tiny = ["--hidden", "8", "--batch", "32", "--threads", "1", "--sampler-steps", "2"]

  private func contents(_ path: String) -> Data? { FileManager.default.contents(atPath: path) }

  @Test("a run that was stopped goes on to the same files as one that never was")
  func straight() throws {
    try withDirectory { directory in
      let constant = ["train", "--lr-schedule", "constant"] + tiny
      let short = try roulade(constant + ["--out", "b", "--steps", "25"], in: directory)
      #expect(short.code == 0)
      #expect(try CheckpointFile(contentsOf: directory + "/b/checkpoint.safetensors").checkpoint.step == 25)

      #expect(try roulade(constant + ["--out", "c", "--steps", "40"], in: directory).code == 0)
      let resumed = try roulade(
        ["train", "--resume", "b/checkpoint.safetensors", "--steps", "40", "--out", "b", "--threads", "2"],
        in: directory)
      #expect(resumed.code == 0 && resumed.output.hasPrefix("[step     26] loss="))
      for name in ["model", "average", "checkpoint"] {
        let files = ["b", "c"].map { contents("\(directory)/\($0)/\(name).safetensors") }
        #expect(files[0] == files[1], "\(name)")
      }
    }
  }

  @Test("a run that ends at a step on its way goes on as if it had not, whatever its schedule")
  func untilStep() throws {
    try withDirectory { directory in
      let cosine = ["train", "--lr-schedule", "cosine", "--steps", "40"] + tiny
      #expect(try roulade(cosine + ["--out", "whole"], in: directory).code == 0)
      let part = try roulade(cosine + ["--out", "part", "--until-step", "10"], in: directory)
      #expect(part.code == 0 && part.output.contains("[step     10]") && !part.output.contains("[step     11]"))
      #expect(
        try roulade(["train", "--resume", "part/checkpoint.safetensors", "--out", "part"], in: directory).code == 0)
      let beyond = ["train", "--resume", "part/checkpoint.safetensors", "--out", "part", "--until-step"]
      let files = ["whole", "part"].map { contents("\(directory)/\($0)/checkpoint.safetensors") }
      #expect(files[0] != nil && files[0] == files[1])
      #expect(try roulade(beyond + ["43"], in: directory).output.contains("[step     43]"))
      let behind = try roulade(beyond + ["43"], in: directory)
      #expect(behind.code == 64 && behind.error == "roulade: --until-step 43: the run is at step 43\n")
      #expect(try roulade(["train", "--until-step", "0"]).error == "roulade: --until-step 0: 1 step or more\n")
    }
  }

  @Test("Ctrl-C leaves a checkpoint, from which the run goes on to its end")
  func interrupted() throws {
    try withDirectory { directory in
      let stopped = try roulade(
        ["train", "--steps", "1000000", "--out", directory] + tiny, interruptAfter: "[step      1]")
      #expect(stopped.code == 130)
      let path = directory + "/checkpoint.safetensors"
      let step = try CheckpointFile(contentsOf: path).checkpoint.step
      #expect(stopped.error.contains(" \(step) of 1000000"))
      let resume = ["train", "--resume", path, "--out", directory, "--steps"]
      #expect(try roulade(resume + ["\(step + 3)"]).code == 0)
      #expect(try CheckpointFile(contentsOf: path).checkpoint.step == step + 3)
      let ended = try roulade(["train", "--resume", path])
      #expect(ended.code == 64 && ended.error.contains("is at step \(step + 3) of \(step + 3); --steps says"))
    }
  }

  @Test("checkpoints are written on the way")
  func every() throws {
    try withDirectory { directory in
      let run = try roulade(
        ["train", "--steps", "1000000", "--checkpoint-every", "7", "--log-every", "1", "--out", directory] + tiny,
        interruptAfter: "[step      9]")
      #expect(run.code == 130)
      #expect(try roulade(["train", "--checkpoint-every", "0"]).error.contains("--checkpoint-every 0: 1 step or more"))
    }
  }

  @Test("what can be changed on the way is, and the rest is refused in words")
  func options() throws {
    try withDirectory { directory in
      #expect(try roulade(["train", "--steps", "5", "--out", directory, "--seed", "3"] + tiny).code == 0)
      let path = directory + "/checkpoint.safetensors"
      let resume = ["train", "--resume", path, "--steps", "8", "--out", directory + "/next"]
      for (arguments, words) in [
        (["--hidden", "9"], "other layers need other weights"),
        (["--data", "moons"], "the network has learned other data"),
        (["--seed", "4"], "--seed 4: the run in \(path) has seed 3, and keeps it"),
        (["--preset", "seed"], "--preset: a run that goes on has its settings"),
        (["--weights", path], "--weights goes with a run that begins"),
        (["--steps", "4"], "is at step 5 of 4"),
      ] {
        let run = try roulade(resume + arguments)
        #expect(run.code == 64 && run.error.contains(words) && run.output.isEmpty, "\(arguments): \(run.error)")
      }
      let changed = try roulade(resume + ["--lr", "0.5", "--average", "0", "--seed", "3"])
      #expect(changed.code == 0, "\(changed.error)")
      let next = try CheckpointFile(contentsOf: directory + "/next/checkpoint.safetensors").checkpoint
      #expect(next.step == 8 && next.experiment.learningRate == 0.5 && next.average == nil && next.seed == 3)

      for name in ["/model.safetensors", "/loss_curve.svg", "/nothing"] {
        let run = try roulade(["train", "--resume", directory + name])
        #expect(run.code == 65 && run.error.split(separator: "\n").count == 1, "\(run.error)")
      }
    }
  }

  @Test("a person's points are found again, as they were read; others and missing ones are refused")
  func points() throws {
    try withDirectory { directory in
      let rows = (0..<40).map { "\($0),\($0 * $0),\($0 % 7)" }.joined(separator: "\n")
      try AtomicFile.write("a,b,c\n" + rows, to: directory + "/p.csv")
      let columns = ["--data", "p.csv", "--x-column", "b", "--y-column", "c", "--scale", "each"]
      #expect(try roulade(["train", "--steps", "3", "--out", "o"] + columns + tiny, in: directory).code == 0)
      let resume = ["train", "--steps", "5", "--resume", directory + "/o/checkpoint.safetensors", "--out"]
      let found = try roulade(resume + [directory + "/q"])
      #expect(found.code == 0, "\(found.error)")
      // Whatever the directory: what is learned is named as it was read.
      let next = try CheckpointFile(contentsOf: directory + "/q/checkpoint.safetensors")
      let path = try #require(next.origin?.path)
      #expect(path.hasPrefix("/") && path.hasSuffix("/p.csv"))
      #expect(next.checkpoint.experiment.data == .file(path: path, scale: .each))

      try FileManager.default.moveItem(atPath: directory + "/p.csv", toPath: directory + "/q.csv")
      let missing = try roulade(resume + [directory + "/r"])
      #expect(missing.code == 65 && missing.error.contains("p.csv"))
      #expect(missing.error.contains("--data FILE says where they are now"))
      let moved = try roulade(resume + ["r", "--data", "q.csv"], in: directory)
      #expect(moved.code == 0, "\(moved.error)")
      #expect(
        try CheckpointFile(contentsOf: directory + "/r/checkpoint.safetensors").origin?.path.hasSuffix("/q.csv") == true
      )

      let other = try roulade(resume + ["s", "--data", "q.csv", "--x-column", "a"], in: directory)
      #expect(other.code == 65 && other.error.contains("are not those that the network was trained on"))
    }
  }

  @Test("weights come in from this program's files and from PyTorch's names; what does not fit is refused")
  func weights() throws {
    try withDirectory { directory in
      #expect(
        try roulade(["train", "--steps", "3", "--data", "moons", "--parameterization", "v", "--out", directory] + tiny)
          .code
          == 0)
      func start(_ file: String, _ arguments: String...) throws -> Start {
        let options = try ExperimentOptions.parse(arguments)
        return try options.start(StartOptions.parse(["--weights", directory + "/" + file])) { _ in }
      }
      let kept = try CheckpointFile(contentsOf: directory + "/checkpoint.safetensors").checkpoint
      for name in ["model.safetensors", "checkpoint.safetensors"] {
        let run = try start(name).run
        #expect(run.network == kept.network && run.stepCount == 0)
        #expect(
          run.experiment.formulation == kept.experiment.formulation && run.experiment.data == kept.experiment.data)
      }
      // They may learn other points.
      for other in [["--holdout", "0.5"], ["--data-seed", "7"], ["--data", "circles"]] {
        let options = try ExperimentOptions.parse(other)
        let start = try options.start(StartOptions.parse(["--weights", directory + "/model.safetensors"])) { _ in }
        #expect(start.run.network == kept.network && start.run.dataset.digest != kept.digest, "\(other)")
      }
      // Elsewhere made: bare names, no metadata.
      let bare = kept.network.tensors("", kept.network.parameters).map {
        NamedTensor(name: String($0.name.dropFirst(4)), shape: $0.shape, values: $0.values)
      }
      try AtomicFile.write(Safetensors(tensors: bare).encoded(), to: directory + "/bare")
      let run = try start("bare", "--data", "moons", "--parameterization", "v").run
      #expect(run.network == kept.network && run.experiment.hidden == [8])

      func refusal(_ file: String, _ arguments: String...) throws -> Failure? {
        let options = try ExperimentOptions.parse(arguments)
        do {
          _ = try options.start(StartOptions.parse(["--weights", directory + "/" + file])) { _ in }
          return nil
        } catch let failure as Failure {
          return failure
        }
      }
      let inputs = try refusal("bare", "--data", "swiss-roll")
      #expect(inputs?.code == 65 && inputs?.message.contains("inputs and 2 outputs; this experiment needs") == true)
      #expect(try refusal("bare", "--hidden", "9")?.message.contains("other layers need other weights") == true)
      #expect(try refusal("model.safetensors", "--parameterization", "x0")?.code == 64)
      #expect(try refusal("loss_curve.svg")?.code == 65)
      var short = Safetensors(tensors: bare)
      short.tensors.removeLast()
      try AtomicFile.write(short.encoded(), to: directory + "/short")
      #expect(try refusal("short", "--data", "moons")?.message.hasSuffix("tensor 'net.2.bias' is missing") == true)
    }
  }
}
