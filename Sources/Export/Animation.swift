import Foundation
import Plot

/// Pictures that move, in pixels, by whichever encoder is installed.
package enum Animation: String, CaseIterable, Sendable {
  case gif, apng

  /// An encoder: its program, and what it is told to make a file of frames.
  private struct Encoder {
    let program: String
    /// The frames by name, `frame-0000.png` and so on; the frames a second; the file to make. All in one directory.
    let arguments: (_ frames: [String], _ rate: Double, _ file: String) -> [String]
  }

  /// The one that gives the best or the smallest files first.
  private var encoders: [Encoder] {
    switch self {
    case .gif:
      [
        Encoder(program: "gifski") { frames, rate, file in
          ["--quiet", "--fps", "\(Int(rate.rounded()))", "-o", file, "--"] + frames
        }, Encoder(program: "magick", arguments: Self.imageMagick),
        Encoder(program: "convert", arguments: Self.imageMagick),
        Encoder(program: "ffmpeg") { frames, rate, file in
          Self.ffmpeg(frames, rate) + [
            "-filter_complex", "split[a][b];[a]palettegen[p];[b][p]paletteuse", "-loop", "0", file,
          ]
        },
      ]
    case .apng:
      [
        // As of version 2, which Debian has: the first of the frames, and how long each stays. Its own choice, 7zip
        // rather than zlib, takes nine times as long for 4 % less.
        Encoder(program: "apngasm") { frames, rate, file in
          [file, frames[0], "\(Int((1000 / rate).rounded()))", "1000", "-l0", "-z0"]
        },
        Encoder(program: "ffmpeg") { frames, rate, file in
          Self.ffmpeg(frames, rate) + ["-plays", "0", "-f", "apng", file]
        },
      ]
    }
  }

  private static func imageMagick(_ frames: [String], _ rate: Double, _ file: String) -> [String] {
    ["-delay", "\(Int((100 / rate).rounded()))", "-loop", "0"] + frames + ["-layers", "Optimize", file]
  }

  private static func ffmpeg(_ frames: [String], _ rate: Double) -> [String] {
    let pattern = (frames[0] as NSString).deletingLastPathComponent + "/frame-%04d.png"
    return ["-v", "error", "-y", "-framerate", "\(rate)", "-i", pattern]
  }

  /// - Parameters:
  ///   - scenes: One or more.
  ///   - seconds: For all of them together.
  ///   - hold: For how many more the last one stays.
  ///   - programs: Where to look for encoders and `rsvg-convert`.
  ///   - isWanted: Asked now and then; once it says no, there is no animation.
  /// - Throws: `ProgramError` that says what to install, if nothing that is needed is.
  package func encode(
    _ scenes: [Scene], renderer: SVGRenderer, seconds: Double, hold: Double = 1.5,
    programs: String = Picture.searchPath, isWanted: () -> Bool = { true }
  ) throws -> [UInt8]? {
    let installed = encoders.compactMap { encoder in
      Program(encoder.program, in: programs).map { (program: $0, encoder: encoder) }
    }
    guard !installed.isEmpty else {
      let names = encoders.map(\.program).filter { $0 != "convert" }.map { $0 == "magick" ? "ImageMagick" : $0 }
      throw ProgramError(
        "a moving \(rawValue.uppercased())",
        "none of \(names.joined(separator: ", ")) is installed; install one, or take SVG, which moves in a browser")
    }
    let rate = Double(scenes.count) / seconds
    return try TemporaryDirectory.with { directory in
      var frames: [String] = []
      func add(_ bytes: [UInt8]) throws {
        let number = String(frames.count)
        frames.append(directory + "/frame-" + String(repeating: "0", count: max(4 - number.count, 0)) + number + ".png")
        try TemporaryDirectory.write(bytes, to: frames[frames.count - 1])
      }
      var last: [UInt8] = []
      for scene in scenes {
        let svg = directory + "/frame.svg"
        try TemporaryDirectory.write(Array(renderer.render(scene).utf8), to: svg)
        let png = try Picture.png(ofFile: svg, zoom: 1, programs: programs, isWanted: isWanted)
        guard let png else { return nil }
        last = png
        try add(last)
      }
      for _ in 0..<Int((hold * rate).rounded()) { try add(last) }
      let file = directory + "/animation." + (self == .gif ? "gif" : "png")
      for (program, encoder) in installed {
        let output = program.output(encoder.arguments(frames, rate, file), isWanted: isWanted)
        guard isWanted() else { return nil }
        if output != nil, let bytes = FileManager.default.contents(atPath: file), !bytes.isEmpty { return Array(bytes) }
      }
      let names = installed.map(\.encoder.program).joined(separator: " and ")
      throw ProgramError("a moving \(rawValue.uppercased())", "\(names) failed")
    }
  }
}
