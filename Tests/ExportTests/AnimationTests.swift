import Export
import Foundation
import Plot
import Testing

@Suite("Animation")
struct AnimationTests {
  private var scenes: [Scene] {
    (0..<3).map { number in
      var scene = Scene(.chart(x: Axis(0...2), y: Axis(1...3)), title: "\(number)")
      scene.polyline([SIMD2(0, 3), SIMD2(2, 1)], ink: .curve)
      return scene
    }
  }

  /// Puts a script there that other programs' names lead to.
  private func install(_ name: String, _ script: String, in directory: String) throws {
    try AtomicFile.write("#!/bin/sh\n" + script, to: directory + "/" + name)
    try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: directory + "/" + name)
  }

  @Test("an encoder gets a frame for each scene, and more of the last")
  func frames() throws {
    try withDirectory { directory in
      try install("rsvg-convert", "echo \"$@\"\n", in: directory)
      // As apngasm is told: the file to make, then the first of the frames.
      try install("apngasm", "cat \"$(dirname \"$2\")\"/frame-*.png >\"$1\"\n", in: directory)
      let bytes = try Animation.apng.encode(
        scenes, renderer: SVGRenderer(), seconds: 3, hold: 2, programs: directory)
      #expect(String(decoding: bytes ?? [], as: UTF8.self).split(separator: "\n").count == 5)
    }
  }

  @Test("one encoder that fails leaves the work to the next")
  func failing() throws {
    try withDirectory { directory in
      try install("rsvg-convert", "echo frame\n", in: directory)
      try install("gifski", "exit 1\n", in: directory)
      #expect(throws: ProgramError.self) {
        try Animation.gif.encode(scenes, renderer: SVGRenderer(), seconds: 3, programs: directory)
      }
      try install("convert", "for file; do :; done; echo GIF >\"$file\"\n", in: directory)
      let bytes = try Animation.gif.encode(scenes, renderer: SVGRenderer(), seconds: 3, programs: directory)
      #expect(bytes == Array("GIF\n".utf8))
    }
  }

  @Test("an encoder that is no longer wanted is ended, and nothing comes of it")
  func unwanted() throws {
    try withDirectory { directory in
      try install("rsvg-convert", "echo frame\n", in: directory)
      try install("apngasm", "echo $$ >\(directory)/started\nexec sleep 1000\n", in: directory)
      let started = { FileManager.default.contents(atPath: directory + "/started") ?? Data() }
      let bytes = try Animation.apng.encode(
        scenes, renderer: SVGRenderer(), seconds: 3, programs: directory, isWanted: { started().isEmpty })
      #expect(bytes == nil)
      let process = try #require(pid_t(String(decoding: started(), as: UTF8.self).dropLast()))
      #expect(kill(process, 0) != 0)
    }
  }
}
