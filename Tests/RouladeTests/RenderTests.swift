import Export
import Foundation
import Testing

@testable import roulade

@Suite("roulade render")
struct RenderTests {
  private let train = [
    "train", "--hidden", "8", "--batch", "32", "--points", "300", "--threads", "1", "--steps", "6", "--data", "moons",
  ]
  private let render = ["render", "out/checkpoint.safetensors", "--sampler-steps", "3", "--count", "20"]

  private func withCheckpoint(_ body: (String) throws -> Void) throws {
    try withDirectory { directory in
      #expect(try roulade(train, in: directory).code == 0)
      try body(directory)
    }
  }

  @Test("every view is a picture, in SVG and as text, the same each time")
  func views() throws {
    try withCheckpoint { directory in
      for view in RenderedView.allCases {
        let line = render + ["--view", view.rawValue]
        let svg = try roulade(line, in: directory)
        #expect(svg.code == 0 && svg.error.isEmpty && svg.output.hasPrefix("<svg ") && svg.output.hasSuffix("</svg>\n"))
        #expect(try roulade(line, in: directory).output == svg.output)
        let text = try roulade(line + ["--format", "text", "--glyphs", "ascii"], in: directory)
        #expect(text.code == 0 && !text.output.contains("\u{1B}"))
        #expect(text.output.split(separator: "\n").count > 10)
      }
    }
  }

  @Test("sampling moves from level to level, training from step to step, ending in the checkpoint's picture")
  func animations() throws {
    try withCheckpoint { directory in
      let sampling = try roulade(render + ["--view", "sample", "--animate", "sampling"], in: directory)
      #expect(
        sampling.code == 0 && sampling.output.contains("@keyframes") && sampling.output.contains("step 6: 20 samples"))
      let training = try roulade(
        render + ["--view", "sample", "--animate", "training", "--frames", "3", "--out", "m.svg"], in: directory)
      #expect(training == Run(code: 0, output: "", error: ""))
      let text = try String(contentsOfFile: directory + "/m.svg", encoding: .utf8)
      #expect(text.contains("step 0: 20 samples") && text.contains("step 2: 20 samples"))
      let still = try roulade(render + ["--view", "sample"], in: directory).output
      let points = try #require(still.split(separator: "\n").last { $0.hasPrefix("<path") })
      #expect(text.contains(points))
    }
  }

  @Test("levels that are drawn from a distribution can be looked at from the least to the greatest")
  func levels() throws {
    try withDirectory { directory in
      #expect(try roulade(train + ["--preset", "edm"], in: directory).code == 0)
      for sigma in ["0.002", "20", "80"] {
        let run = try roulade(render + ["--view", "field", "--sigma", sigma], in: directory)
        #expect(run.code == 0 && run.output.hasPrefix("<svg "), "\(run.error)")
      }
      #expect(try roulade(render + ["--view", "field", "--sigma", "81"], in: directory).code == 64)
    }
  }

  @Test("what makes no sense is one line and code 64; what is missing says what to install")
  func usage() throws {
    try withCheckpoint { directory in
      for (arguments, message) in [
        (["--view", "loss", "--animate", "sampling"], "--animate sampling goes with --view sample"),
        (["--format", "gif"], "gif is for pictures that move: --animate"),
        (["--format", "text", "--animate", "training"], "--animate: text does not move; take svg, gif or apng"),
        (["--sigma", "5"], "--sigma 5: this run's are 0.002 to 2"),
        (["--width", "1"], "--width 1: 200 to 4000 pixels"), (["--frames", "1"], "--frames 1: 2 to 500"),
        (["--glyphs", "none"], "--glyphs none: no such kind of glyphs"),
        (["--view", "x"], "one of the following: denoise, field, density, sample, trails, loss\n"),
      ] {
        let run = try roulade(render + arguments, in: directory)
        #expect(run.code == 64 && run.output.isEmpty && run.error.contains(message), "\(run.error)")
      }
      let gif = try shell(
        "PATH=/none $roulade \(render.joined(separator: " ")) --view sample --animate sampling --out a.gif",
        in: directory)
      #expect(gif.code == 1 && gif.error.contains("none of gifski, ImageMagick, ffmpeg is installed"), "\(gif.error)")
      #expect(!FileManager.default.fileExists(atPath: directory + "/a.gif"))
    }
  }
}
