import Plot

/// A word or two with an ink.
package struct Label: Equatable, Sendable {
  package var text: String
  package var ink: Ink
  package var emphasis: Cell.Emphasis

  /// Secondary text unless the ink says otherwise.
  package init(_ text: String, _ ink: Ink = .muted, _ emphasis: Cell.Emphasis = .plain) {
    self.text = text
    self.ink = ink
    self.emphasis = emphasis
  }

  /// In cells.
  package var width: Int { text.cellWidth }
}

extension [Label] {
  /// In cells.
  package var width: Int { reduce(0) { $0 + $1.width } }

  /// With a space before and behind; nothing stays nothing.
  package var padded: [Label] { width == 0 ? [] : [Label(" ")] + self + [Label(" ")] }

  /// As many cells of them, with "…" in the last where there were more.
  package func shortened(to columns: Int) -> [Label] {
    guard width > columns else { return self }
    var labels: [Label] = []
    for label in self {
      let room = columns - labels.width
      guard label.width >= room else {
        labels.append(label)
        continue
      }
      // What follows is cut off, and this says so even where it would just fit.
      let text = (label.text + "…").shortened(to: room)
      return text.isEmpty ? labels : labels + [Label(text, label.ink, label.emphasis)]
    }
    return labels
  }
}

/// The first of several ways to say something that fits; else the last, cut.
package func longest(_ forms: [String], columns: Int) -> String {
  forms.first { $0.cellWidth <= columns } ?? (forms.last ?? "").shortened(to: columns)
}

/// The same for labels.
package func longest(_ forms: [[Label]], columns: Int) -> [Label] {
  forms.first { $0.width <= columns } ?? (forms.last ?? []).shortened(to: columns)
}

/// Parts on as few lines as hold them.
package func pack(_ parts: [String], separator: String = " · ", columns: Int) -> [String] {
  var lines: [String] = []
  for part in parts {
    if let last = lines.last, last.cellWidth + separator.cellWidth + part.cellWidth <= columns {
      lines[lines.count - 1] = last + separator + part
    } else {
      lines.append(part)
    }
  }
  return lines
}

/// Breaks a text at spaces.
package func wrap(_ text: String, columns: Int) -> [String] {
  pack(text.split(separator: " ").map(String.init), separator: " ", columns: columns)
}

/// The same on no more than so many lines; where that is not all, the last ends with "…".
package func wrap(_ text: String, columns: Int, rows: Int) -> [String] {
  let lines = wrap(text, columns: columns)
  guard lines.count > rows else { return lines }
  guard rows > 0 else { return [] }
  return lines.prefix(rows - 1) + [lines[(rows - 1)...].joined(separator: " ").shortened(to: columns)]
}
