import Plot

/// Which colour of the terminal stands for which ink: those of a theme, as far as the terminal has them. The ground itself
/// stays the terminal's.
package struct Palette: Equatable, Sendable {
  /// How many colours there are to choose from.
  package enum Depth: Equatable, Sendable {
    /// The cube of xterm.
    case indexed256
    /// The eight of ANSI.
    case ansi8
    /// Only bold and reverse.
    case none
  }

  package let depth: Depth
  package let theme: Theme

  /// - Parameters:
  ///   - colors: How many colours the terminal has.
  ///   - theme: Nil to follow what the environment tells of the ground.
  ///   - environment: `NO_COLOR`, if present and not empty, asks for none (no-color.org).
  package init(colors: Int, theme: Theme? = nil, environment: [String: String]) {
    self.theme = theme ?? Theme(environment: environment)
    let refused = environment["NO_COLOR"].map { !$0.isEmpty } ?? false
    depth = refused || colors < 8 ? .none : colors < 256 ? .ansi8 : .indexed256
  }

  /// The index of an ink's colour, or nil for the terminal's own foreground. Shades take 256 colours.
  package func color(_ ink: Ink, _ shade: Shade = .full) -> Int? {
    switch depth {
    case .none: nil
    case .ansi8: Palette.ansi(ink)
    case .indexed256: theme.color(ink, shade)?.indexed
    }
  }

  /// The index of the colour that fills a cell; nil where it takes a glyph to show the shade.
  package func color(_ ground: Cell.Ground) -> Int? {
    depth == .indexed256 ? theme.color(ground)?.indexed : nil
  }

  /// The grid with glyphs for the grounds that have no colour.
  package func showing(_ grid: CellGrid) -> CellGrid {
    color(Cell.Ground(ink: .data, shade: .full)) == nil ? grid.withoutGrounds : grid
  }

  /// Not ANSI's black and white, which vanish on one ground or the other, nor its blue but for the fifth class: it is dark on black.
  private static func ansi(_ ink: Ink) -> Int? {
    switch ink {
    case .grid, .muted, .text, .accent: nil
    case .data: 6
    case .class5: 4
    case .point, .class1, .class6: 3
    case .arrow, .curve, .class2, .class7: 2
    case .ideal, .class3, .class8: 5
    case .warning, .class4: 1
    }
  }
}
