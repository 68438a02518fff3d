import Foundation
import Plot

/// A scene as lines of text, for a terminal or a file.
struct TextPicture {
  let glyphs: Glyphs
  /// Nil for no colours.
  let theme: Theme?

  /// Title, picture and, for a chart, what its axes reach over.
  func text(_ scene: Scene, columns: Int) -> String {
    let rows = max(scene.window.isSquare ? columns / 2 : columns / 4, 4)
    let grid = glyphs.renderer.render(scene, columns: columns, rows: rows)
    var lines = [scene.title.printable.shortened(to: columns)]
    lines += (0..<rows).map { line(grid, $0) }
    let axes = [scene.window.x, scene.window.y].filter { !$0.title.isEmpty }.map { axis in
      "\(axis.title) \(axis.range.lowerBound.formatted(significant: 3)) to \(axis.range.upperBound.formatted(significant: 3))"
    }
    if !axes.isEmpty { lines.append(axes.joined(separator: "; ")) }
    let legend = scene.marks.compactMap { mark in mark.name.map { colored($0.printable, mark.ink) } }
    if !legend.isEmpty { lines.append(legend.joined(separator: "  ")) }
    return lines.joined(separator: "\n") + "\n"
  }

  /// A row of cells, each run of one ink in its colour.
  private func line(_ grid: CellGrid, _ row: Int) -> String {
    var (line, run, ink) = ("", "", Ink.text)
    for column in 0..<grid.columns where !grid[column, row].isContinuation {
      let cell = grid[column, row]
      if cell.ink != ink {
        line += colored(run, ink)
        (run, ink) = ("", cell.ink)
      }
      run.unicodeScalars.append(cell.glyph)
      run.unicodeScalars.append(contentsOf: cell.marks.scalars)
    }
    return line + colored(run, ink)
  }

  private func colored(_ text: String, _ ink: Ink) -> String {
    guard let theme, let color = theme.color(ink), !text.isEmpty else { return text }
    return "\u{1B}[38;5;\(color.indexed)m\(text)\u{1B}[39m"
  }

  // MARK: What standard output shows

  /// A terminal, unless somebody wants none (no-color.org).
  static var hasColors: Bool {
    let environment = ProcessInfo.processInfo.environment
    return isatty(STDOUT_FILENO) == 1 && environment["NO_COLOR", default: ""].isEmpty && environment["TERM"] != "dumb"
  }

  static var isUnicode: Bool {
    let environment = ProcessInfo.processInfo.environment
    let locale = ["LC_ALL", "LC_CTYPE", "LANG"].compactMap { environment[$0] }.first { !$0.isEmpty } ?? ""
    return locale.lowercased().contains("utf-8") || locale.lowercased().contains("utf8") || isatty(STDOUT_FILENO) == 0
  }

  /// Of the terminal; 80 where there is none.
  static var columns: Int { min(terminalColumns(STDOUT_FILENO), 160) }
}
