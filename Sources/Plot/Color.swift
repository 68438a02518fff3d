/// A colour of 24 bits.
package struct Color: Equatable, Sendable {
  /// 0 to 255, as are green and blue.
  package let red: Int
  package let green: Int
  package let blue: Int

  /// - Parameter hex: `0xRRGGBB`.
  package init(_ hex: UInt32) {
    (red, green, blue) = (Int(hex >> 16 & 255), Int(hex >> 8 & 255), Int(hex & 255))
  }

  private init(red: Int, green: Int, blue: Int) { (self.red, self.green, self.blue) = (red, green, blue) }

  /// - Parameter share: Of this colour in the mixture, 0 to 1.
  func mixed(with other: Color, share: Double) -> Color {
    func mix(_ a: Int, _ b: Int) -> Int { Int((share * Double(a) + (1 - share) * Double(b)).rounded()) }
    return Color(red: mix(red, other.red), green: mix(green, other.green), blue: mix(blue, other.blue))
  }

  /// `#rrggbb`
  package var hex: String {
    "#" + [red, green, blue].map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
  }

  /// The nearest of xterm's 256 colours, without the first 16, which everybody sets as they like.
  package var indexed: Int {
    if red == green, green == blue, (8...238).contains(red) { return 232 + (red - 8 + 5) / 10 }
    let levels = [0, 95, 135, 175, 215, 255]
    func nearest(_ value: Int) -> Int { levels.indices.min { abs(levels[$0] - value) < abs(levels[$1] - value) } ?? 0 }
    return 16 + 36 * nearest(red) + 6 * nearest(green) + nearest(blue)
  }

  /// The ratio of luminances, 1 to 21, as the Web Content Accessibility Guidelines 2.1 define it.
  package func contrast(with other: Color) -> Double {
    let (a, b) = (luminance, other.luminance)
    return (max(a, b) + 0.05) / (min(a, b) + 0.05)
  }

  private var luminance: Double {
    zip([red, green, blue], [0.2126, 0.7152, 0.0722]).reduce(0) { sum, part in
      let share = Double(part.0) / 255
      // (x + 0.055) / 1.055 to the power of 2.4 = 2 + 2/5.
      guard share > 0.04045 else { return sum + part.1 * share / 12.92 }
      let base = (share + 0.055) / 1.055
      return sum + part.1 * base * base * fifthRoot(base * base)
    }
  }

  /// By Newton's method; the values lie between 0 and 1.
  private func fifthRoot(_ value: Double) -> Double {
    var root = 1.0
    for _ in 0..<40 { root -= (root * root * root * root * root - value) / (5 * root * root * root * root) }
    return root
  }
}
