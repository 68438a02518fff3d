import Plot

/// Which colour of the terminal stands for which ink.
///
/// The hues are those of Okabe and Ito, "Color Universal Design" (2008), which the colour-blind tell apart, in a middle
/// luminance, so that they read on a black and on a white ground. The ground itself stays the terminal's.
package struct Palette: Equatable, Sendable {
  package enum Depth: Equatable, Sendable {
    /// The cube of xterm.
    case indexed256
    /// The eight of ANSI.
    case ansi8
    /// Only bold and reverse.
    case none
  }

  package let depth: Depth

  /// - Parameters:
  ///   - colors: How many colours the terminal has.
  ///   - environment: `NO_COLOR`, if present and not empty, asks for none (no-color.org).
  package init(colors: Int, environment: [String: String]) {
    let refused = environment["NO_COLOR"].map { !$0.isEmpty } ?? false
    depth = refused || colors < 8 ? .none : colors < 256 ? .ansi8 : .indexed256
  }

  /// The index of an ink's colour, or nil for the terminal's own foreground.
  package func color(_ ink: Ink) -> Int? {
    switch depth {
    case .none: nil
    case .ansi8: Palette.ansi(ink)
    case .indexed256: Palette.indexed(ink)
    }
  }

  private static func indexed(_ ink: Ink) -> Int? {
    switch ink {
    case .grid: 243
    case .muted: 245
    case .data: 68  // blue
    case .point, .class1: 172  // orange
    case .arrow, .curve, .class2: 36  // bluish green
    case .ideal, .class3: 169  // reddish purple
    case .class4: 160  // red
    case .class5: 142  // olive
    case .text: nil
    case .accent: 74  // sky blue
    case .warning: 166  // vermilion
    }
  }

  private static func ansi(_ ink: Ink) -> Int? {
    switch ink {
    case .grid, .muted, .text: nil  // ANSI's black and white vanish on one ground or the other.
    case .data: 4
    case .point, .class1: 3
    case .arrow, .curve, .class2: 2
    case .ideal, .class3: 5
    case .accent, .class5: 6
    case .warning, .class4: 1
    }
  }
}
