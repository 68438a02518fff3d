/// What stands in one cell, or in two: a scalar that has a width, and marks drawn over it.
package struct CellCluster: Equatable, Sendable {
  /// Shown for what has no picture of its own.
  package static let replacement: Unicode.Scalar = "\u{FFFD}"

  /// What has the width.
  package var base: Unicode.Scalar
  /// Drawn over it.
  package var marks: Cell.Marks = .init()

  /// Cells: 1 or 2.
  package var width: Int { base.isWide ? 2 : 1 }
}

extension StringProtocol {
  /// How many cells of a terminal the text takes, whatever the locale: what `CellGrid.write` fills.
  package var cellWidth: Int {
    if utf8.allSatisfy({ (0x20..<0x7F).contains($0) }) { return utf8.count }
    return clusters.reduce(0) { $0 + $1.width }
  }

  /// The text as cells show it.
  ///
  /// Terminals disagree about what joins several scalars into one picture (xterm and ncurses add up the scalars' widths,
  /// tmux and others do not), so only what they agree about is drawn: of an emoji that is joined from several the first,
  /// without skin tone; flags as two letters; of the marks over a letter as many as a cell holds. Format characters are
  /// left out, control characters replaced.
  package var clusters: [CellCluster] {
    // Nearly all that is drawn.
    if utf8.allSatisfy({ (0x20..<0x7F).contains($0) }) { return utf8.map { CellCluster(base: Unicode.Scalar($0)) } }
    var clusters: [CellCluster] = []
    for character in self {
      let isEmoji = character.unicodeScalars.first?.properties.isEmojiPresentation ?? false
      var isFirst = true
      for scalar in character.unicodeScalars where !scalar.isLeftOut {
        if scalar.isMark {
          if isFirst { clusters.append(CellCluster(base: "◌")) }
          clusters[clusters.count - 1].marks.add(scalar)
        } else if isFirst || !isEmoji || scalar.isRegionalIndicator {
          clusters.append(CellCluster(base: scalar.isControl ? CellCluster.replacement : scalar))
        }
        isFirst = false
      }
    }
    return clusters
  }

  /// The text, or its beginning with "…" where it is longer than so many cells.
  package func shortened(to columns: Int) -> String {
    guard cellWidth > columns else { return String(self) }
    guard columns > 0 else { return "" }
    return prefix(columns: columns - 1) + "…"
  }

  /// Beginning and end with "…" between them where the text is longer than so many cells.
  package func shortenedInside(to columns: Int) -> String {
    guard cellWidth > columns else { return String(self) }
    guard columns > 0 else { return "" }
    let tail = String(reversed()).prefix(columns: (columns - 1) / 2)
    return prefix(columns: columns - 1 - tail.cellWidth) + "…" + String(tail.reversed())
  }

  /// The text with spaces behind it up to so many cells.
  package func padded(to columns: Int) -> String {
    String(self) + String(repeating: " ", count: Swift.max(0, columns - cellWidth))
  }

  /// The text with spaces before it up to so many cells.
  package func paddedLeft(to columns: Int) -> String {
    String(repeating: " ", count: Swift.max(0, columns - cellWidth)) + String(self)
  }

  /// The longest beginning that fits.
  private func prefix(columns: Int) -> String {
    var text = ""
    var room = columns
    for character in self {
      room -= String(character).cellWidth
      if room < 0 { break }
      text.append(character)
    }
    return text
  }
}
