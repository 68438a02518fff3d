import Diffusion
import Export
import Foundation
import Testing

@testable import roulade

@Suite("roulade inspect, diff and evaluate")
struct InspectTests {
  private let tiny = [
    "train", "--hidden", "8", "--batch", "32", "--points", "300", "--threads", "1", "--sampler-steps", "2",
  ]

  private func object(_ run: Run) throws -> [String: Any] {
    try #require(try JSONSerialization.jsonObject(with: Data(run.output.utf8)) as? [String: Any], "\(run)")
  }

  @Test("a file is known by its contents: checkpoint, weights, points, settings")
  func kinds() throws {
    try withDirectory { directory in
      #expect(try roulade(tiny + ["--steps", "4", "--seed", "9"], in: directory).code == 0)
      try AtomicFile.write("height,weight\n1,2\n3,5\n", to: directory + "/points.csv")
      try AtomicFile.write("[training]\nlr = 1\n", to: directory + "/mine.toml")
      try FileManager.default.moveItem(
        atPath: directory + "/out/checkpoint.safetensors", toPath: directory + "/renamed")
      for (name, kind) in [
        ("renamed", "checkpoint"), ("out/model.safetensors", "weights"), ("points.csv", "points"),
        ("mine.toml", "settings"),
      ] {
        let found = try object(roulade(["inspect", name, "--format", "json"], in: directory))
        #expect(found["kind"] as? String == kind)
        let text = try roulade(["inspect", name], in: directory)
        #expect(text.code == 0 && text.output.hasPrefix("kind            \(kind)\n"))
      }
      let checkpoint = try object(roulade(["inspect", "renamed", "--format", "json"], in: directory))
      #expect(checkpoint["step"] as? Int == 4 && checkpoint["seed"] as? Int == 9)
      #expect((checkpoint["tensors"] as? [Any])?.isEmpty == false)
    }
  }

  @Test("points that sample drew for NumPy are told by type, shape and ends")
  func numpy() throws {
    try withDirectory { directory in
      #expect(try roulade(tiny + ["--steps", "4"], in: directory).code == 0)
      let sample = ["sample", "out/checkpoint.safetensors", "--count", "20", "--out", "samples.npy"]
      #expect(try roulade(sample, in: directory).code == 0)
      let text = try roulade(["inspect", "samples.npy"], in: directory)
      let lines = text.output.split(separator: "\n").map { $0.split(separator: " ").joined(separator: " ") }
      #expect(lines.prefix(4) == ["kind points", "points 20", "type float32", "shape 20, 2"], "\(text)")
      #expect(lines.dropFirst(4).map { $0.prefix(2) } == ["x ", "y "] && lines.allSatisfy { !$0.contains("nan") })
      let found = try object(roulade(["inspect", "samples.npy", "--format", "json"], in: directory))
      #expect(found["points"] as? Int == 20 && found["shape"] as? String == "20, 2")
    }
  }

  @Test("a checkpoint's settings train the same again")
  func settings() throws {
    try withDirectory { directory in
      #expect(try roulade(tiny + ["--steps", "4", "--seed", "9", "--data", "moons"], in: directory).code == 0)
      let line = """
        $roulade inspect out/checkpoint.safetensors --format toml >again.toml &&
        $roulade train --config again.toml --threads 1 --out again >/dev/null 2>&1 &&
        cmp out/checkpoint.safetensors again/checkpoint.safetensors
        """
      let again = try shell(line, in: directory)
      #expect(again == Run(code: 0, output: "", error: ""))
    }
  }

  @Test("what is no such file is one line and code 65")
  func bad() throws {
    try withDirectory { directory in
      try AtomicFile.write("no points at all\n", to: directory + "/text")
      try AtomicFile.write([8, 0, 0, 0, 0, 0, 0, 0, 0x7B], to: directory + "/short")
      try AtomicFile.write("1,2\n3,4\n", to: directory + "/points.csv")
      try AtomicFile.write("1,2\n", to: directory + "/text.npy")
      for arguments in [
        ["inspect", "text.npy"], ["inspect", "none"], ["inspect", "text"], ["inspect", "short"], ["inspect", "."],
        ["diff", "default", "./none"],
        ["diff", "points.csv", "seed"], ["inspect", "points.csv", "--format", "toml"], ["evaluate", "points.csv"],
        ["evaluate", "none"],
      ] {
        let run = try roulade(arguments, in: directory)
        #expect(run.code == 65 && run.output.isEmpty && run.error.split(separator: "\n").count == 1, "\(run)")
      }
      #expect(try roulade(["inspect"]).code == 64)
      #expect(try roulade(["diff", "seed", "sed"]).code == 64)
    }
  }

  @Test("diff prints what differs, and exits as diff does")
  func diff() throws {
    try withDirectory { directory in
      try AtomicFile.write("name = \"x\"\n[training]\nlr = 0.5\n", to: directory + "/mine.toml")
      let run = try roulade(["diff", "default", "mine.toml"], in: directory)
      #expect(run == Run(code: 1, output: "name  default  x\nlr    0.008    0.5\n", error: ""))
      #expect(try roulade(["diff", "seed", "seed"]) == Run(code: 0, output: "", error: ""))
      // The other optimizer's settings are not set here.
      try AtomicFile.write("[training]\noptimizer = \"natural\"\n", to: directory + "/natural.toml")
      let other = try roulade(["diff", "default", "natural.toml"], in: directory)
      #expect(other.output.contains("\nweight-decay") && other.output.contains("\ndamping"))
    }
  }

  @Test("evaluate judges network and ideal denoiser on the same draws, and repeats itself")
  func evaluate() throws {
    try withDirectory { directory in
      #expect(try roulade(tiny + ["--steps", "40", "--levels", "50"], in: directory).code == 0)
      let line = ["evaluate", "out/checkpoint.safetensors", "--count", "100", "--sampler-steps", "2"]
      let run = try roulade(line + ["--json"], in: directory)
      let found = try object(run)
      #expect(run.code == 0 && found["denoiser"] as? String == "average")
      let (loss, floor) = (found["loss"] as? [String: Double], found["floor"] as? [String: Double])
      let values = try (#require(loss?["value"]), #require(floor?["value"]))
      #expect(values.0 > values.1 && values.1 > 0)
      #expect((found["levels"] as? [Any])?.count == 16)
      let samples = try #require(found["samples"] as? [[String: Any]])
      #expect(samples.compactMap { $0["denoiser"] as? String } == ["average", "ideal"])
      #expect(try roulade(line + ["--json"], in: directory).output == run.output)
      let text = try roulade(line, in: directory)
      #expect(text.code == 0 && text.output.hasPrefix("swiss-roll, step 40, average denoiser\n"))
      #expect(text.output.split(separator: "\n").allSatisfy { $0.count <= 80 }, "\(text.output)")
      for count in ["1", "-5"] {
        let refused = try roulade(line + ["--count", count], in: directory)
        #expect(refused.code == 64 && refused.error == "roulade: --count \(count): 10 to 100000 samples\n")
      }
    }
  }

  @Test("evaluate says what is not finite of a network that has diverged")
  func diverged() throws {
    try withDirectory { directory in
      let run = try roulade(tiny + ["--steps", "20", "--weight-decay", "1000000", "--average", "0"], in: directory)
      #expect(run.code == 1 && run.error.contains("is not finite at step"))
      let found = try roulade(
        ["evaluate", "out/checkpoint.safetensors", "--count", "20", "--sampler-steps", "1"], in: directory)
      #expect(found.code == 0 && found.output.contains("loss            not finite,"), "\(found.output)")
      #expect(found.output.contains(/\nfloor           [\d.]+ ± [\d.]+\n/) && !found.output.contains("nan"))
    }
  }

  @Test("points that have moved are named with --data")
  func moved() throws {
    try withDirectory { directory in
      let rows = (0..<40).map { "\($0),\($0 * $0 % 11)" }.joined(separator: "\n")
      try AtomicFile.write(rows, to: directory + "/p.csv")
      let train = tiny.filter { !["--points", "300"].contains($0) } + ["--steps", "2", "--data", "p.csv"]
      #expect(try roulade(train, in: directory).code == 0)
      try FileManager.default.moveItem(atPath: directory + "/p.csv", toPath: directory + "/q.csv")
      let line = ["evaluate", "out/checkpoint.safetensors", "--count", "20", "--sampler-steps", "1"]
      let missing = try roulade(line, in: directory)
      #expect(missing.code == 65 && missing.error.contains("--data FILE says where"))
      let run = try roulade(line + ["--data", "q.csv"], in: directory)
      #expect(run.code == 0, "\(run.error)")
    }
  }
}
