import Export
import Foundation
import Plot
import Testing

@Suite("Picture")
struct PictureTests {
  private var scene: Scene {
    var scene = Scene(.chart(x: Axis(0...2), y: Axis(1...3)), title: "a line")
    scene.polyline([SIMD2(0, 3), SIMD2(2, 1)], ink: .curve)
    return scene
  }

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
}
