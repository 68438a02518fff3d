import ArgumentParser
import Diffusion
import Export
import Foundation
import Plot

enum PictureFormat: String, CaseIterable, ExpressibleByArgument {
  case text, svg, png, gif, apng
}

/// The options that say how large a picture is, and what a terminal can show.
struct PictureOptions: ParsableArguments {
  @Option(parsing: .unconditional, help: ArgumentHelp("Width in pixels, 200 to 4000.", valueName: "number"))
  var width = 640

  @Option(help: "Characters of a picture as text: \(Glyphs.allCases.map(\.rawValue).joined(separator: ", ")).")
  var glyphs: String?

  func check() throws {
    try require((200...4000).contains(width), "--width \(width): 200 to 4000 pixels")
    _ = try chosenGlyphs()
  }

  /// - Parameters:
  ///   - seconds: For those that move.
  ///   - isWanted: Asked now and then; once it says no, there is no picture.
  func bytes(
    of scenes: [Scene], _ format: PictureFormat, seconds: Double, isWanted: () -> Bool
  ) throws -> [UInt8]? {
    let last = scenes[scenes.count - 1]
    let renderer = SVGRenderer(width: Double(width), height: (Double(width) * 0.69).rounded())
    switch format {
    case .text: return Array(text(last, try chosenGlyphs()).utf8)
    case .svg where scenes.count == 1: return Array(renderer.render(last).utf8)
    case .svg: return Array(renderer.animate(scenes, seconds: seconds).utf8)
    case .png: return try Picture.png(of: renderer.render(last), isWanted: isWanted)
    case .gif: return try Animation.gif.encode(scenes, renderer: renderer, seconds: seconds, isWanted: isWanted)
    case .apng: return try Animation.apng.encode(scenes, renderer: renderer, seconds: seconds, isWanted: isWanted)
    }
  }

  private func chosenGlyphs() throws -> Glyphs {
    try glyphs.map(Glyphs.chosen) ?? (TextPicture.isUnicode ? .braille : .ascii)
  }

  private func text(_ scene: Scene, _ glyphs: Glyphs) -> String {
    TextPicture(
      glyphs: glyphs, theme: TextPicture.hasColors ? Theme(environment: ProcessInfo.processInfo.environment) : nil
    ).text(scene, columns: TextPicture.columns)
  }
}

extension Glyphs {
  /// The glyphs that `--glyphs` names.
  static func chosen(_ name: String) throws -> Glyphs {
    try choose(name, "kind of glyphs", for: "--glyphs", from: allCases.map { ($0.rawValue, $0) })
  }
}
