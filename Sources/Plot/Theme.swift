/// Which colour stands for which ink, on the screen and in files: the same hues everywhere, lighter on a dark ground and
/// darker on a light one.
///
/// The hues of data, points, learned and ideal are those of Okabe and Ito, "Color Universal Design" (2008), which the
/// colour-blind tell apart. All are colours of xterm's cube, so that 256 colours show them as they are.
package enum Theme: String, CaseIterable, Sendable {
  /// For a ground that nobody knows: middle luminances, which read on black and on white.
  case middle
  case dark, light
  /// Secondary things in the terminal's own foreground.
  case highContrast = "high-contrast"

  /// The theme for the ground that a terminal's environment tells of (`COLORFGBG`: "15;0", foreground and ground among the
  /// 16 colours of ANSI).
  package init(environment: [String: String]) {
    switch environment["COLORFGBG"]?.split(separator: ";").last.flatMap({ Int($0) }) {
    case .some(0...6), .some(8): self = .dark
    case .some(7), .some(9...15): self = .light
    default: self = .middle
    }
  }

  /// Red, green and blue of an ink; nil for the foreground that is there.
  package func color(_ ink: Ink) -> Color? {
    self == .highContrast && [.grid, .muted, .accent].contains(ink) ? nil : hue(ink)
  }

  /// Of an ink that shows less strongly: nearer to the ground, or to grey on a ground that nobody knows.
  package func color(_ ink: Ink, _ shade: Shade) -> Color? {
    guard shade < .full, let hue = hue(ink) else { return color(ink) }
    return hue.mixed(with: ground ?? Color(0x808080), share: shade.level)
  }

  /// What a cell is filled with; nil where nobody knows what the shades would have to lie between.
  package func color(_ ground: Cell.Ground) -> Color? {
    self.ground == nil ? nil : color(ground.ink, ground.shade)
  }

  /// Black or white, near enough to what the terminal has.
  private var ground: Color? { self == .dark ? Color(0x000000) : self == .light ? Color(0xFFFFFF) : nil }

  /// What it has where nothing stands in the foreground.
  private func hue(_ ink: Ink) -> Color? {
    row(ink).map { Color(self == .light ? $0.light : self == .dark ? $0.dark : $0.middle) }
  }

  private func row(_ ink: Ink) -> (middle: UInt32, dark: UInt32, light: UInt32)? {
    switch ink {
    case .grid: (0x767676, 0x6C6C6C, 0x9E9E9E)
    case .muted: (0x8A8A8A, 0xA8A8A8, 0x626262)
    case .data: (0x5F87D7, 0x87AFFF, 0x005FAF)
    case .point: (0xD78700, 0xFFAF00, 0xAF5F00)
    case .arrow, .curve: (0x00AF87, 0x00D7AF, 0x00875F)
    case .ideal: (0xD75FAF, 0xFF87D7, 0xAF0087)
    case .accent: (0x0087D7, 0x87D7FF, 0x005F87)
    case .warning: (0xD75F00, 0xFF5F5F, 0xAF0000)
    case .class1: (0xAFAF00, 0xD7D700, 0x878700)
    case .class2: (0xD70000, 0xFF5F00, 0xD7005F)
    case .class3: (0x875FAF, 0xAF87D7, 0x5F5FAF)
    case .class4: (0x00AFD7, 0x00D7FF, 0x0087AF)
    case .class5: (0xAF875F, 0xD7AF87, 0x875F5F)
    case .class6: (0x5FAF00, 0x87D700, 0x5F8700)
    case .class7: (0xFF5F87, 0xFFAFAF, 0x870000)
    case .class8: (0x949494, 0xBCBCBC, 0x767676)
    case .text: nil
    }
  }
}
