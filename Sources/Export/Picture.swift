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
    guard let converter = executable("rsvg-convert", in: programs) else {
      return "no PNG beside the SVG: rsvg-convert is not installed; "
        + "install librsvg2-bin, then: rsvg-convert --zoom 2 NAME.svg -o NAME.png"
    }
    guard let bytes = output(of: converter, ["--zoom", "2", "--", path]) else {
      return "no PNG beside \(path): rsvg-convert failed on it"
    }
    try AtomicFile.write(bytes, to: png)
    return nil
  }

  /// The directories of `PATH`.
  package static var searchPath: String { ProcessInfo.processInfo.environment["PATH"] ?? "" }

  private static func executable(_ name: String, in directories: String) -> URL? {
    directories.split(separator: ":").map { "\($0)/\(name)" }
      .first { FileManager.default.isExecutableFile(atPath: $0) }
      .map { URL(fileURLWithPath: $0) }
  }

  /// What a program prints, or nil if it fails or prints nothing.
  private static func output(of program: URL, _ arguments: [String]) -> Data? {
    let process = Process()
    let pipe = Pipe()
    process.executableURL = program
    process.arguments = arguments
    process.standardInput = FileHandle.nullDevice
    process.standardOutput = pipe
    process.standardError = FileHandle.nullDevice
    do {
      try process.run()
      let bytes = try pipe.fileHandleForReading.readToEnd()
      process.waitUntilExit()
      return process.terminationStatus == 0 ? bytes : nil
    } catch {
      return nil
    }
  }
}
