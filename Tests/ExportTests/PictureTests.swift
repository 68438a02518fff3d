import Diffusion
import Export
import Foundation
import Plot
import Testing

@Suite("Pictures")
struct PictureTests {
  private var scene: Scene { lossCurve([3, 2, 1]) }

  @Test("an SVG, and where rsvg-convert is installed a PNG beside it")
  func png() throws {
    try withDirectory { directory in
      let note = try Picture.write(scene, to: directory + "/loss.svg")
      #expect(try names(in: directory) == (note == nil ? ["loss.png", "loss.svg"] : ["loss.svg"]))
      if note == nil {
        let bytes = try Data(contentsOf: URL(fileURLWithPath: directory + "/loss.png"))
        #expect(Array(bytes.prefix(4)) == [0x89, 0x50, 0x4E, 0x47])
      }
    }
  }

  @Test("without rsvg-convert the SVG stays, and a line says how to get the PNG")
  func noConverter() throws {
    try withDirectory { directory in
      let note = try Picture.write(scene, to: directory + "/loss.svg", programs: "/nowhere")
      #expect(
        note == "no PNG beside the SVG: rsvg-convert is not installed; install librsvg2-bin, "
          + "then: rsvg-convert --zoom 2 NAME.svg -o NAME.png")
      #expect(try names(in: directory) == ["loss.svg"])
    }
  }

  @Test("a converter that fails leaves the SVG and says so")
  func failingConverter() throws {
    try withDirectory { directory in
      let program = directory + "/rsvg-convert"
      try AtomicFile.write("#!/bin/sh\necho half a picture\nexit 1\n", to: program)
      try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: program)
      let note = try Picture.write(scene, to: directory + "/loss.svg", programs: directory)
      #expect(note == "no PNG beside \(directory)/loss.svg: rsvg-convert failed on it")
      #expect(try names(in: directory) == ["loss.svg", "rsvg-convert"])
    }
  }

  @Test("the loss is drawn on a log axis when it falls far, with a mean when there are steps enough")
  func loss() {
    let fallen = lossCurve((0..<100).map { 1000 / Double($0 + 1) })
    #expect(fallen.window.y.scale == .log)
    #expect(fallen.marks.map(\.name) == ["each step", "mean of 12 steps"])
    #expect(lossCurve([4730, 4720, 3030]).window.y.scale == .linear)
    #expect(lossCurve([4730]).marks.map(\.name) == ["each step"])
    #expect(lossCurve([]).marks.count == 1)
    #expect(lossCurve([1, .nan, .infinity, 0]).window.y.range.lowerBound == 0)
  }

  @Test("a long run is outlined by its extremes")
  func outline() throws {
    var losses = (0..<20_000).map { _ in 5.0 }
    (losses[7_000], losses[13_001]) = (1, 9)
    let mark = try #require(lossCurve(losses).marks.first)
    guard case .polyline(let points) = mark.shape else { throw CancellationError() }
    #expect(points.count <= 1600)
    #expect(points.contains([7_001, 1]) && points.contains([13_002, 9]))
    #expect(zip(points, points.dropFirst()).allSatisfy { $0.x <= $1.x })
  }

  @Test("the denoising step keeps small noise, and its arrows end at the estimates")
  func denoising() throws {
    struct Unit: Denoiser {
      func epsilon(x: [Point], sigma: [Float]) -> [Point] { x.map { _ in [1, 0] } }
    }
    let schedule = Schedule(sigmas: [0.25, 2])
    var random = Random(seed: 1)
    let scene = denoisingStep(
      Unit(), dataset: Dataset(name: "origin", points: [.zero]), schedule: schedule, using: &random)
    #expect(scene.marks.map(\.name) == ["noisy", "clean", "noisy to estimate"])
    guard case .points(let noisy, _) = scene.marks[0].shape, case .points(let clean, _) = scene.marks[1].shape,
      case .arrows(let tails, let tips) = scene.marks[2].shape
    else { throw CancellationError() }
    #expect(noisy.count == clean.count && (800...1200).contains(noisy.count))
    #expect(noisy.allSatisfy { abs($0.x) < 1.5 })
    #expect(tails == Array(noisy.prefix(100)))
    #expect(tips == tails.map { $0 - [0.25, 0] })
  }
}
