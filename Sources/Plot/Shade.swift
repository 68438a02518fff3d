/// How strongly an ink shows: in quarters, from nothing to the ink itself. So few, since 256 colours have no more between
/// an ink and its ground that the eye tells apart, and block glyphs (`░▒▓█`) have just as many.
package struct Shade: Comparable, CaseIterable, Sendable {
  /// 0 to 4.
  package let quarters: UInt8

  /// Nothing is seen.
  package static let none = Shade(quarters: 0)
  /// The ink itself.
  package static let full = Shade(quarters: 4)
  /// From nothing to the ink itself.
  package static let allCases = (0...4).map { Shade(quarters: $0) }

  private init(quarters: UInt8) { self.quarters = quarters }

  /// The nearest shade to a level from 0 to 1; what lies outside is taken for the nearer end, and NaN for nothing.
  package init(_ level: Float) {
    quarters = level.isNaN ? 0 : UInt8((min(max(level, 0), 1) * 4).rounded())
  }

  /// From 0 to 1.
  package var level: Double { Double(quarters) / 4 }

  /// The glyph that covers as much of its cell.
  package var glyph: Unicode.Scalar { [" ", "░", "▒", "▓", "█"][Int(quarters)] }

  package static func < (a: Shade, b: Shade) -> Bool { a.quarters < b.quarters }
}
