import Plot

/// What a mark looks like in a figure, so that a legend shows it: drawn by the renderer itself.
package enum LegendMark: Sendable {
  case smallPoint, largePoint, disc, cross, arrow, direction, line

  package init(_ size: Scene.Mark.PointSize) { self = size == .large ? .largePoint : .smallPoint }

  /// A mark as it is drawn with these glyphs.
  package func label(_ ink: Ink, _ glyphs: Glyphs) -> Label {
    var scene = Scene(.chart(x: Axis(0...1), y: Axis(0...1)))
    var columns = 1
    switch self {
    // In the middle of the cell: a large point also covers the dots to the right and below.
    case .smallPoint: scene.points([[0.25, 0.6]], size: .small, ink: ink)
    case .largePoint: scene.points([[0.25, 0.6]], size: .large, ink: ink)
    case .disc: scene.symbols([[0.5, 0.5]], .disc, ink: ink)
    case .cross: scene.symbols([[0.5, 0.5]], .cross, ink: ink)
    case .arrow:
      scene.arrows(from: [[0, 0.5]], to: [[1, 0.5]], ink: ink)
      columns = 3
    // In a single cell there is no room for a second point.
    case .direction: return Label("→", ink)
    case .line:
      scene.polyline([[0, 0.5], [1, 0.5]], ink: ink)
      columns = 2
    }
    return Label(glyphs.renderer.render(scene, columns: columns, rows: 1).lines[0], ink)
  }

  /// The mark and what it stands for.
  package func entry(_ ink: Ink, _ name: String, _ glyphs: Glyphs) -> [Label] {
    [label(ink, glyphs), Label(" " + name)]
  }
}

extension [[Label]] {
  /// Entries of a legend side by side.
  package func spaced(by blanks: Int = 2) -> [Label] {
    [Label](joined(separator: [Label(String(repeating: " ", count: blanks))]))
  }

  /// As many as fit, those at the front going first; with narrower gaps where that is enough.
  package func legend(columns: Int) -> [Label] {
    var forms: [[Label]] = []
    for dropped in 0..<Swift.max(count, 1) {
      let rest = Array(dropFirst(dropped))
      forms += [rest.spaced(), rest.spaced(by: 1)]
    }
    return longest(forms, columns: columns)
  }
}
