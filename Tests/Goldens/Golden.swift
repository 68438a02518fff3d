import Foundation
import Plot

/// Compares a picture with the golden of that name: a text file in the folder `Goldens` of the test target, so that a
/// change of the screen is reviewed as a difference of text. Blanks at the ends of lines do not count.
///
/// A golden that is missing is recorded, and so is every one while `RECORD_GOLDENS` is set; the test that recorded it
/// fails, so that nobody takes a first picture for a proof.
///
///     #expect(difference(lines, from: "smallest") == nil)
///
/// - Returns: What differs, or what was recorded; nil if the picture is the golden.
package func difference(_ lines: [String], from name: String, file: String = #filePath) -> String? {
  let place = golden(name, beside: file)
  let text = lines.map(withoutTrailingBlanks).joined(separator: "\n") + "\n"
  guard !isRecording, let recorded = try? String(contentsOf: place, encoding: .utf8) else {
    do {
      try FileManager.default.createDirectory(
        at: place.deletingLastPathComponent(), withIntermediateDirectories: true)
      try Data(text.utf8).write(to: place)
      return "recorded \(place.path); look at it and run the test again"
    } catch {
      return "cannot record \(place.path): \(error)"
    }
  }
  guard recorded != text else { return nil }
  let before = recorded.split(separator: "\n", omittingEmptySubsequences: false)
  let row = (0..<max(before.count, lines.count)).first {
    ($0 < before.count ? String(before[$0]) : "") != ($0 < lines.count ? withoutTrailingBlanks(lines[$0]) : "")
  }
  return "\(name) differs from line \((row ?? 0) + 1) on; it is now\n\(text)"
}

var isRecording: Bool { ProcessInfo.processInfo.environment["RECORD_GOLDENS"].map { !$0.isEmpty } ?? false }

/// Compares the glyphs of a grid, and with `inks` also what each cell means: a second file, NAME.inks, has a letter for
/// each ink, a capital where the cell is bold or reverse.
package func difference(
  _ grid: CellGrid, from name: String, inks: Bool = false, file: String = #filePath
) -> String? {
  let glyphs = difference(grid.lines, from: name, file: file)
  guard inks else { return glyphs }
  let letters = (0..<grid.rows).map { row in
    (0..<grid.columns).map { letter(grid[$0, row]) }.joined()
  }
  // Both are recorded in one run.
  let meanings = difference(letters, from: name + ".inks", file: file)
  return glyphs ?? meanings
}

private func letter(_ cell: Cell) -> String {
  guard cell.glyph != " " else { return " " }
  let letters: [Ink: String] = [
    .grid: "g", .muted: "m", .data: "d", .arrow: "l", .ideal: "i", .point: "p", .curve: "c", .text: "t", .accent: "a",
    .warning: "w",
  ]
  let letter = letters[cell.ink] ?? "k"
  return cell.emphasis == .plain ? letter : letter.uppercased()
}

private func golden(_ name: String, beside file: String) -> URL {
  var folder = URL(fileURLWithPath: file).deletingLastPathComponent()
  // The target's folder, from however deep within it.
  while folder.deletingLastPathComponent().lastPathComponent != "Tests", folder.pathComponents.count > 1 {
    folder = folder.deletingLastPathComponent()
  }
  return folder.appendingPathComponent("Goldens/\(name).txt")
}

private func withoutTrailingBlanks(_ line: String) -> String {
  var scalars = line.unicodeScalars
  while scalars.last == " " { scalars.removeLast() }
  return String(scalars)
}
