/// The way between a file's coordinates and the box from −1 to 1.
package struct UnitBox: Equatable, Sendable {
  /// Which sides of the points' bounding box fill the box from −1 to 1.
  package enum Scale: String, CaseIterable, Codable, Sendable {
    /// The longer one, so that shapes stay what they are.
    case together
    /// Both, which stretches the shorter one.
    case each

    /// One line for help and menus.
    package var summary: String {
      switch self {
      case .together: "by the longer of their sides, so that shapes stay what they are"
      case .each: "each coordinate by its own side, which makes the sides equal"
      }
    }
  }

  /// The middle of the points' bounding box, in the file's units.
  package let center: SIMD2<Double>
  /// What a coordinate is divided by: half of the box's side, or of its longer side; 1 if that is 0.
  package let halfSides: SIMD2<Double>

  /// - Parameters:
  ///   - points: One or more finite points.
  ///   - scale: Which sides fill the box.
  package init(around points: [SIMD2<Double>], scale: Scale = .together) {
    let low = points.reduce(points[0], pointwiseMin)
    let high = points.reduce(points[0], pointwiseMax)
    // Halves first: the sum and the difference of huge coordinates could overflow.
    center = low / 2 + high / 2
    let halves = high / 2 - low / 2
    let sides = scale == .each ? halves : SIMD2(repeating: halves.max())
    halfSides = sides.replacing(with: 1, where: sides .<= 0)
  }

  /// From the file's units into the box.
  package func apply(_ point: SIMD2<Double>) -> Point { Point((point - center) / halfSides) }

  /// From the box into the file's units.
  package func invert(_ point: Point) -> SIMD2<Double> { SIMD2<Double>(point) * halfSides + center }
}

/// As JSON `{"center": [x, y], "halfSide": h}`, or `[h, k]` where the sides differ.
extension UnitBox: Codable {
  private enum CodingKeys: String, CodingKey { case center, halfSide }

  package init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    center = try container.decode(SIMD2<Double>.self, forKey: .center)
    if let side = try? container.decode(Double.self, forKey: .halfSide) {
      halfSides = SIMD2(repeating: side)
    } else {
      halfSides = try container.decode(SIMD2<Double>.self, forKey: .halfSide)
    }
  }

  package func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(center, forKey: .center)
    if halfSides.x == halfSides.y {
      try container.encode(halfSides.x, forKey: .halfSide)
    } else {
      try container.encode(halfSides, forKey: .halfSide)
    }
  }
}
