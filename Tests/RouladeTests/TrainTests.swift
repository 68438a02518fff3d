import Export
import Foundation
import Testing

@testable import Diffusion
@testable import roulade

@Suite("roulade train")
struct TrainTests {
  private let tiny: [String] = ["--hidden", "8", "--batch", "32", "--threads", "1"]

  @Test("writes the weights and both pictures, and logs the first, every so many and the last step")
  func results() throws {
    try withDirectory { directory in
      let run = try roulade(["train", "--preset", "seed", "--steps", "50", "--out", directory + "/out"] + tiny)
      #expect(run.code == 0)
      #expect(run.error == "" || run.error.hasPrefix("no PNG"))
      let lines = run.output.split(separator: "\n").map(String.init)
      let starts = ["[step      1] loss=", "[step     20] loss=", "[step     40] loss=", "[step     50] loss="]
      #expect(zip(lines, starts).allSatisfy { $0.hasPrefix($1) })
      let written = ["model.safetensors", "checkpoint.safetensors", "loss_curve.svg", "denoise_step.svg"].map {
        "wrote \(directory)/out/\($0)"
      }
      #expect(lines.dropFirst(4).filter { $0.hasPrefix("wrote") && !$0.hasSuffix(".png") } == written)
      let pictures = try FileManager.default.contentsOfDirectory(atPath: directory + "/out").filter {
        $0.hasSuffix(".png")
      }
      #expect(lines.filter { $0.hasSuffix(".png") }.count == pictures.count)
      let names = try FileManager.default.contentsOfDirectory(atPath: directory + "/out").sorted()
      #expect(
        names.filter { !$0.hasSuffix(".png") }
          == ["checkpoint.safetensors", "denoise_step.svg", "loss_curve.svg", "model.safetensors"])
      let file = try Safetensors(contentsOf: directory + "/out/model.safetensors")
      #expect(file.metadata["step"] == "50")
      _ = try file.network(widths: [4, 8, 2], activation: .silu, file: "model.safetensors")
    }
  }

  @Test("stops when every goal is reached, and fails where one never is")
  func goals() throws {
    try withDirectory { directory in
      let arguments = ["train", "--steps", "3200", "--out", directory + "/out"] + tiny
      let reached = try roulade(arguments + ["--until-loss", "6000", "--until-distance", "1"])
      #expect(reached.code == 0)
      #expect(reached.output.contains("\nreached loss 4"))
      #expect(reached.output.contains(" on 160000 fresh draws, at step 32, 1024 points, after "))
      #expect(reached.output.contains("\nreached samples (accelerated, 20 steps, average) at distance 0."))
      let missed = try roulade(arguments + ["--until-loss", "5"])
      #expect(missed.code == 1)
      #expect(missed.error.hasPrefix("roulade: not reached in 3200 steps: loss 4"))
      let idle = try roulade(["train", "--until-distance", "0.1", "--denoiser", "ideal"])
      #expect(idle.code == 64 && idle.error.contains("the ideal denoiser learns nothing"))
      #expect(try roulade(["train", "--until-loss", "0"]).error == "roulade: --until-loss 0.0: a number above 0\n")
    }
  }

  @Test("what comes from outside is printed without its escape sequences, and long quotations are shortened")
  func printable() throws {
    try withDirectory { directory in
      let escape = "\u{1B}]0 title\u{7}\u{1B}[2J"
      try AtomicFile.write("x,\(escape)\n1,2\n3,\(escape)\n", to: directory + "/p.csv")
      try AtomicFile.write("\(escape),b,c\n1,2,3\n2,3,4\n", to: directory + "/n.csv")
      for arguments in [
        ["--data", escape], ["--data", "./" + escape + ".csv"], ["--data", "p.csv"], ["--preset", escape],
        ["--out", "/dev/null/" + escape], ["--data", "p.csv", "--y-column", escape], ["--" + escape],
        ["--data", String(repeating: escape, count: 5_000)],
        ["--data", "n.csv", "--steps", "1", "--out", "o" + escape] + tiny,
      ] {
        let run = try roulade(["train"] + arguments, in: directory)
        #expect(!(run.output + run.error).unicodeScalars.contains { $0.value < 0x20 && $0 != "\n" }, "\(arguments)")
        #expect((run.output + run.error).contains("\\u{1B}"), "\(arguments)")
        #expect(run.error.count < 700, "\(arguments)")
      }
      #expect(try FileManager.default.contentsOfDirectory(atPath: "\(directory)/o\(escape)").contains("loss_curve.svg"))
    }
  }

  @Test("a directory whose name looks like an option gets its pictures, too")
  func dash() throws {
    try withDirectory { directory in
      let run = try roulade(["train", "--steps", "1", "--out=-x"] + tiny, in: directory)
      #expect(run.code == 0 && run.output.contains("wrote -x/loss_curve.svg\n"))
      let names = try FileManager.default.contentsOfDirectory(atPath: directory + "/-x")
      #expect(names.contains("loss_curve.png") || run.output.contains("rsvg-convert is not installed"))
    }
  }

  @Test("a shape's name means the shape, also where a directory is called so")
  func shapeBesideDirectory() throws {
    try withDirectory { directory in
      for name in ["tree", "mine"] {
        try FileManager.default.createDirectory(atPath: "\(directory)/\(name)", withIntermediateDirectories: false)
      }
      let arguments = ["train", "--steps", "1"] + tiny
      #expect(try roulade(arguments + ["--data", "tree"], in: directory).code == 0)
      let refused = try roulade(arguments + ["--data", "mine"], in: directory)
      #expect(refused == Run(code: 65, output: "", error: "roulade: cannot read mine: it is a directory\n"))
    }
  }

  @Test("the same seed gives the same files")
  func determinism() throws {
    try withDirectory { directory in
      for (name, seed) in [("a", "3"), ("b", "3"), ("c", "4")] {
        _ = try roulade(["train", "--steps", "20", "--seed", seed, "--out", directory + "/" + name] + tiny)
      }
      for name in ["model.safetensors", "denoise_step.svg", "loss_curve.svg"] {
        let files = ["a", "b", "c"].map { FileManager.default.contents(atPath: directory + "/\($0)/\(name)") }
        #expect(files[0] != nil && files[0] == files[1] && files[0] != files[2])
      }
    }
  }

  @Test("Ctrl-C stops at the step, writes what there is, and exits as a shell expects")
  func interrupted() throws {
    try withDirectory { directory in
      let run = try roulade(
        ["train", "--steps", "1000000", "--out", directory] + tiny, interruptAfter: "[step      1]"
      )
      #expect(run.code == 130)
      #expect(run.error.hasPrefix("roulade: stopped at step ") && run.error.hasSuffix(" of 1000000\n"))
      let file = try Safetensors(contentsOf: directory + "/model.safetensors")
      #expect(run.error.contains(" \(file.metadata["step"] ?? "?") of"))
      #expect(FileManager.default.fileExists(atPath: directory + "/denoise_step.svg"))
    }
  }

  @Test("a loss that is not finite names the tensor and the step; the last good parameters are written")
  func nonFinite() throws {
    try withDirectory { directory in
      let run = try roulade(["train", "--steps", "50", "--lr", "1e30", "--out", directory] + tiny)
      #expect(run.code == 1)
      // Whether an output or a gradient overflows first is a matter of rounding.
      let rest = " is not finite at step 2; training stopped with the parameters of step 1; try a smaller learning rate"
      #expect(["output of net.2", "gradient of net.0.weight"].contains { run.error == "roulade: \($0)\(rest)\n" })
      #expect(try Safetensors(contentsOf: directory + "/model.safetensors").metadata["step"] == "1")
    }
  }

  @Test("a wrong command line gets one line and code 64, before anything is written")
  func usage() throws {
    try withDirectory { directory in
      let file = directory + "/file"
      try AtomicFile.write("", to: file)
      for (arguments, message) in [
        (
          ["--preset", "sed"],
          "--preset sed: no such preset; did you mean 'seed'? there are: default, fourier, natural, instant, edm, seed, smalldiffusion"
        ),
        (["--steps", "0"], "--steps 0: a whole number from 1 to 1000000000, or several as in 400+20000"),
        (["--steps", "-5"], "--steps -5: a whole number from 1 to 1000000000, or several as in 400+20000"),
        (["--log-every", "0"], "--log-every 0: 1 step or more"),
        (["--steps", "many"], "--steps many: a whole number from 1 to 1000000000, or several as in 400+20000"),
      ] {
        let run = try roulade(["train"] + arguments)
        #expect(run == Run(code: 64, output: "", error: "roulade: \(message)\n"))
      }
      for (out, message) in [
        (file, "--out: cannot create \(file): file exists"),
        (file + "/sub", "--out: cannot create \(file)/sub: not a directory"),
      ] {
        let run = try roulade(["train", "--out", out])
        #expect(run == Run(code: 73, output: "", error: "roulade: \(message)\n"))
      }
      #expect(try FileManager.default.contentsOfDirectory(atPath: directory) == ["file"])
    }
  }

  private let report = StepReport(
    step: 120, loss: 4731.2, gradientNorm: 1, isClipped: false, learningRate: 2.5e-4, sigmaRange: 0.002...1.984)

  @Test("a line of the log")
  func line() {
    #expect(TrainingLog.line(report) == "[step    120] loss=4731.200195  sigma∈[0.002,1.984]  lr=2.50e-4")
  }

  @Test("the progress line never wraps: what does not fit is left out")
  func progress() {
    let line = { (width: Int) in
      ProgressBar.line(report, after: 0, of: 400, elapsed: 10, width: width)
    }
    #expect(line(89) == "[#######.................]  step 120/400  loss 4731  12.0/s  0:24 left  lr 2.50e-4")
    #expect(line(70) == "[###.........]  step 120/400  loss 4731  12.0/s  0:24 left  lr 2.50e-4")
    #expect(line(60) == "step 120/400  loss 4731  12.0/s  0:24 left  lr 2.50e-4")
    #expect(line(30) == "step 120/400  loss 4731")
    #expect(line(5) == "")
  }

  @Test("the time left, in hours, minutes and seconds")
  func clock() {
    #expect(
      [0, 0.1, 59.5, 61, 3599.2, 3723].map(ProgressBar.clockTime) == [
        "0:00", "0:01", "1:00", "1:01", "1:00:00", "1:02:03",
      ])
    #expect(ProgressBar.clockTime(.infinity) == ProgressBar.clockTime(1e9))
  }
}
