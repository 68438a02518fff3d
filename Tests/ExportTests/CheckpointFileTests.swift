import Diffusion
import Foundation
import TestExperiments
import Testing

@testable import Export

@Suite("CheckpointFile")
struct CheckpointFileTests {
  @Test("100 steps, a file written and read, and 100 more are 200 steps to the bit", arguments: ResumeCase.all)
  func resume(_ one: ResumeCase) throws {
    try withDirectory { directory in
      let experiment = one.experiment
      let dataset = experiment.loadData()
      var straight = Run(experiment, dataset: dataset, seed: .max - 1, threads: one.threads)
      var slower = experiment
      slower.learningRate = 4e-4
      for step in 0..<100 {
        if step == 50 { try straight.change(to: slower) }
        try straight.step()
      }
      let written = CheckpointFile(straight.checkpoint)
      try AtomicFile.write(written.encoded(program: "test"), to: directory + "/c")
      let read = try CheckpointFile(contentsOf: directory + "/c")
      #expect(read == written)
      var resumed = try Run(resuming: read.checkpoint, dataset: dataset, threads: 4 - one.threads)
      for _ in 0..<100 { #expect(try resumed.step() == straight.step()) }
      #expect(resumed.checkpoint == straight.checkpoint && resumed.stepCount == 200)
    }
  }

  @Test("PyTorch's names, the average, the moments, and losses in double precision")
  func names() throws {
    var run = Run(resumable(), dataset: resumable().loadData(), seed: 1, threads: 1)
    try run.step()
    let bytes = try CheckpointFile(run.checkpoint).encoded(program: "roulade 9")
    let file = try Safetensors(decoding: Data(bytes), file: "c")
    let weights = [0, 2, 4].flatMap { ["net.\($0).weight", "net.\($0).bias"] }
    let all = ["", "average.", "optimizer.exp_avg.", "optimizer.exp_avg_sq."].flatMap { p in weights.map { p + $0 } }
    #expect(Set(file.tensors.map(\.name)) == Set(all + ["losses"]))
    #expect(file["losses"]?.values == .float64(run.losses.values))
    #expect(file.metadata["program"] == "roulade 9" && file.metadata["step"] == "1")
  }

  @Test("checkpoint and weights name what the bits depend on: the instruction set, and the C library's version")
  func machine() throws {
    var buffer = [CChar](repeating: 0, count: 100)
    #if canImport(Glibc)
      confstr(CInt(_CS_GNU_LIBC_VERSION), &buffer, buffer.count)
    #endif
    let library = String(decoding: buffer.prefix { $0 != 0 }.map(UInt8.init), as: UTF8.self)
    for set in InstructionSet.allCases where set.isAvailable {
      let run = Run(resumable(), dataset: resumable().loadData(), seed: 1, threads: 1, instructionSet: set)
      let bytes = try CheckpointFile(run.checkpoint).encoded(program: "test")
      for file in [
        try Safetensors(decoding: Data(bytes), file: "c"),
        try Safetensors(run.network, experiment: run.experiment, seed: 1, step: 0),
      ] {
        #expect(file.metadata["instruction_set"] == set.rawValue)
        #if canImport(Glibc)
          #expect(file.metadata["c_library"].map { "glibc " + $0 } == library)
        #else
          #expect(file.metadata["c_library"]?.isEmpty == false)
        #endif
      }
    }
  }

  @Test("a moment that has overflowed is kept; a parameter that has is refused, and so is what is no number")
  func overflow() throws {
    try withDirectory { directory in
      var run = Run(resumable(), dataset: resumable().loadData(), seed: 1, threads: 1)
      try run.step()
      func read(_ name: String, _ value: Float) throws -> CheckpointFile {
        let bytes = try CheckpointFile(run.checkpoint).encoded(program: "test")
        var file = try Safetensors(decoding: Data(bytes), file: "c")
        file.tensors = file.tensors.map {
          $0.name == name
            ? NamedTensor(
              name: name, shape: $0.shape, values: .float32(.init(repeating: value, count: $0.values.count)))
            : $0
        }
        try AtomicFile.write(file.encoded(), to: directory + "/c")
        return try CheckpointFile(contentsOf: directory + "/c")
      }
      _ = try Run(
        resuming: read("optimizer.exp_avg_sq.net.0.bias", .infinity).checkpoint, dataset: run.dataset, threads: 1)
      for (name, value) in [
        ("net.0.bias", Float.infinity), ("average.net.0.bias", .infinity), ("optimizer.exp_avg.net.0.bias", .infinity),
        ("optimizer.exp_avg_sq.net.0.bias", .nan),
      ] {
        #expect(failure { _ = try read(name, value) }?.contains("'\(name)' holds") == true)
      }
    }
  }

  @Test("what is no checkpoint, or of a later version, or impossible is refused in one line")
  func refused() throws {
    try withDirectory { directory in
      let path = directory + "/c"
      var run = Run(resumable(), dataset: resumable().loadData(), seed: 1, threads: 1)
      try run.step()
      let written = try CheckpointFile(run.checkpoint).encoded(program: "roulade 7")
      func refusal(_ key: String, _ text: String?) throws -> String? {
        var file = try Safetensors(decoding: Data(written), file: "c")
        file.metadata[key] = text
        try AtomicFile.write(file.encoded(), to: path)
        return failure { _ = try CheckpointFile(contentsOf: path) }.map { String($0.dropFirst(path.count)) }
      }
      let version = try refusal("checkpoint_version", "2")
      #expect(version == ": a checkpoint of version 2, written by roulade 7; this program reads version 1")
      #expect(try refusal("checkpoint_version", nil)?.contains("--weights") == true)
      #expect(try refusal("rows", "many") == ": its metadata 'rows': 'many' is no such number")
      #expect(try refusal("rows", "-1") == ": a negative number of steps or rows")
      #expect(try refusal("seed", nil) == ": its metadata have no 'seed'")
      #expect(try refusal("experiment", "{}") == ": its metadata 'experiment': there is no 'name'")
      #expect(try refusal("losses", "no JSON")?.hasPrefix(": its metadata 'losses': ") == true)
      #expect(try refusal("average_updates", nil)?.contains("moving average") == true)
      #expect(try refusal("instruction_set", "mmx")?.contains("'mmx' is none") == true)
      #expect(try refusal("step", "1") == nil)

      var wide = run.experiment
      wide.hidden = [1024, 1024]
      #expect(try refusal("experiment", json(wide))?.contains("'net.0.weight' has shape") == true)
    }
  }

  @Test("points are found again from any directory, and read as they were")
  func origin() throws {
    try withDirectory { directory in
      try AtomicFile.write("a,b,c\n1,2,3\n4,5,60\n", to: directory + "/p.csv")
      let origin = PointsOrigin(
        path: directory + "/../" + (directory as NSString).lastPathComponent + "/p.csv",
        columns: .init(x: .name("c"), y: .number(1)), scale: .each
      ).absolute
      let dataset = try origin.points().dataset
      var experiment = resumable()
      experiment.data = .file(path: "p.csv")
      let run = Run(experiment, dataset: dataset, seed: 1, threads: 1)
      let written = CheckpointFile(run.checkpoint, origin: origin, box: dataset.box)
      try AtomicFile.write(written.encoded(program: "test"), to: directory + "/c")
      let read = try CheckpointFile(contentsOf: directory + "/c")
      #expect(read == written && !origin.path.contains(".."))
      #expect(try read.origin?.points().dataset.digest == dataset.digest)
    }
  }
}
