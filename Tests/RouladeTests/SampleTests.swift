import Export
import Foundation
import Testing

@testable import roulade

@Suite("roulade sample")
struct SampleTests {
  private let train = [
    "train", "--hidden", "8", "--batch", "32", "--points", "300", "--threads", "1", "--steps", "3", "--data", "moons",
  ]
  private let sample = ["sample", "out/checkpoint.safetensors", "--sampler-steps", "2"]

  private func withCheckpoint(_ body: (String) throws -> Void) throws {
    try withDirectory { directory in
      #expect(try roulade(train, in: directory).code == 0)
      try body(directory)
    }
  }

  @Test("samples go to standard output; more of them begin with the same, whatever the number of threads")
  func streams() throws {
    try withCheckpoint { directory in
      let few = try roulade(sample + ["--count", "5"], in: directory)
      let lines = few.output.split(separator: "\n")
      #expect(few.code == 0 && few.error.isEmpty && lines.count == 6 && lines[0] == "x,y,class")
      let many = try roulade(sample + ["--count", "3000", "--threads", "2"], in: directory)
      #expect(many.output.hasPrefix(few.output) && many.output.split(separator: "\n").count == 3001)
      let other = try roulade(sample + ["--count", "5", "--seed", "7"], in: directory)
      #expect(other.output != few.output)
      let one = try roulade(sample + ["--count", "50", "--class", "1", "--format", "json"], in: directory)
      let rows = try JSONSerialization.jsonObject(with: Data(one.output.utf8)) as? [[String: Any]]
      #expect(rows?.count == 50 && Set(rows?.compactMap { $0["class"] as? String } ?? []) == ["2"])
    }
  }

  @Test("the ending of the file chooses the format")
  func endings() throws {
    try withCheckpoint { directory in
      for (name, start) in [("s.npy", "\u{93}NUMPY"), ("s.json", "[\n{"), ("s.svg", "<svg "), ("s.csv", "x,y,class\n")]
      {
        let run = try roulade(sample + ["--count", "20", "--out", name], in: directory)
        #expect(run == Run(code: 0, output: "", error: ""))
        let bytes = try #require(FileManager.default.contents(atPath: directory + "/" + name))
        #expect(bytes.starts(with: start.unicodeScalars.map { UInt8($0.value) }), "\(name)")
      }
    }
  }

  @Test("a pipe that closes ends it quietly; a full disk is code 74, and a file is whole or not there")
  func destinations() throws {
    try withCheckpoint { directory in
      let line = "$roulade sample out/checkpoint.safetensors --sampler-steps 1"
      let closed = try shell("{ \(line) --count 100000000; echo $? >code; } | head -2", in: directory)
      #expect(closed.error.isEmpty && closed.output.hasPrefix("x,y,class\n"))
      #expect(try String(contentsOfFile: directory + "/code", encoding: .utf8) == "0\n")
      let full = try shell("\(line) >/dev/full", in: directory)
      #expect(full.code == 74 && full.error == "roulade: cannot write standard output: no space left on device\n")
      let device = try shell("\(line) --out /dev/full", in: directory)
      #expect(device.code == 74 && device.error == "roulade: cannot write /dev/full: no space left on device\n")
      let none = try shell("\(line) --out no/s.csv", in: directory)
      #expect(none.code == 73 && none.error == "roulade: --out: cannot write no/s.csv: no such file or directory\n")
      for (path, reason) in [(".", "is a directory"), ("./", "is a directory"), ("", "a file has a name")] {
        let refused = try shell("\(line) --out '\(path)'", in: directory)
        let name = path.isEmpty ? "''" : path
        #expect(refused == Run(code: 73, output: "", error: "roulade: --out: cannot write \(name): \(reason)\n"))
      }
      let stopped = try shell(
        "\(line) --count 100000000 --out s.csv & pid=$!; while ! ls s.csv.* >/dev/null 2>&1; do sleep 0.05; done; "
          + "kill -TERM $pid; wait $pid", in: directory)
      #expect(stopped.code == 143 && stopped.error == "roulade: stopped\n")
      #expect(try !FileManager.default.contentsOfDirectory(atPath: directory).contains { $0.hasPrefix("s.csv") })
    }
  }

  @Test("what makes no sense is one line and code 64")
  func usage() throws {
    try withCheckpoint { directory in
      for (arguments, message) in [
        (["--count", "0"], "--count 0: 1 to 1000000000 samples"),
        (["--class", "2"], "--class 2: the data have 2 classes, 0 to 1"),
        (["--steps", "3"], "Unknown option '--steps'"),
      ] {
        let run = try roulade(sample + arguments, in: directory)
        #expect(run.code == 64 && run.output.isEmpty && run.error.contains(message), "\(run.error)")
      }
    }
  }
}
