import Foundation
import Plot

/// Pictures of scenes in files.
package enum Picture {
  /// Writes a scene as SVG, and as PNG beside it where `rsvg-convert` is installed.
  ///
  /// - Parameters:
  ///   - scene: What to draw.
  ///   - renderer: The size of the picture.
  ///   - path: Of the SVG; ends in `.svg`.
  ///   - programs: Where to look for `rsvg-convert`: directories separated by colons.
  /// - Returns: One line that says how to get the PNG, if there is none.
  /// - Throws: `FileError` if the SVG, or a PNG that was made, cannot be written.
  package static func write(
    _ scene: Scene, renderer: SVGRenderer = SVGRenderer(), to path: String, programs: String = searchPath
  ) throws(FileError) -> String? {
    try AtomicFile.write(renderer.render(scene), to: path)
    let png = String(path.dropLast(4)) + ".png"
    guard let converter = Program("rsvg-convert", in: programs) else {
      return "no PNG beside the SVG: rsvg-convert is not installed; "
        + "install librsvg2-bin, then: rsvg-convert --zoom 2 NAME.svg -o NAME.png"
    }
    guard let bytes = converter.output(["--zoom", "2", "--", path]), !bytes.isEmpty else {
      return "no PNG beside \(path): rsvg-convert failed on it"
    }
    try AtomicFile.write(bytes, to: png)
    return nil
  }

  /// An SVG in pixels, two for each of its own.
  ///
  /// - Parameter isWanted: Asked now and then; once it says no, there is no picture.
  /// - Throws: `ProgramError` that says how to get `rsvg-convert`, if it is missing, or that it failed.
  package static func png(
    of svg: String, programs: String = searchPath, isWanted: () -> Bool = { true }
  ) throws -> [UInt8]? {
    try TemporaryDirectory.with { directory in
      let path = directory + "/picture.svg"
      try TemporaryDirectory.write(Array(svg.utf8), to: path)
      return try png(ofFile: path, zoom: 2, programs: programs, isWanted: isWanted)
    }
  }

  static func png(
    ofFile path: String, zoom: Double, programs: String, isWanted: () -> Bool
  ) throws(ProgramError) -> [UInt8]? {
    guard let converter = Program("rsvg-convert", in: programs) else {
      throw ProgramError("a PNG", "rsvg-convert is not installed; install librsvg2-bin, or take SVG")
    }
    let bytes = converter.output(["--zoom", "\(zoom)", "--", path], isWanted: isWanted)
    guard isWanted() else { return nil }
    guard let bytes, !bytes.isEmpty else { throw ProgramError("a PNG", "rsvg-convert failed") }
    return Array(bytes)
  }

  /// The directories of `PATH`.
  package static var searchPath: String { ProcessInfo.processInfo.environment["PATH"] ?? "" }
}
