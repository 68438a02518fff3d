import RealModule

/// Shapes drawn with lines.
extension Dataset {
  /// Points spread evenly along the lines, with a Gaussian pen.
  private static func drawn(_ lines: Polylines, count: Int, pen: Float, using random: inout Random) -> [(Point, Int)] {
    (0..<count).map { i in
      let (point, line) = lines.point(at: (Float(i) + 0.5) / Float(count))
      return (point + pen * random.normal(), line)
    }
  }

  /// A word in block letters, as wide or as high as the unit box allows; each letter a class of its own.
  static func word(_ word: String, count: Int, using random: inout Random) -> Dataset {
    let letters = StrokeFont.strokes(of: word)
    let width = Float(StrokeFont.advance * word.count - 2)
    let scale = 1.9 / max(width, 6)
    let lines = Polylines(letters.flatMap { $0.map { $0.map { ($0 - Point(width / 2, 3)) * scale } } })
    // Which letter each line belongs to.
    let owners = letters.enumerated().flatMap { index, strokes in strokes.map { _ in UInt16(index) } }
    let drawn = drawn(lines, count: count, pen: 0.1 * scale, using: &random)
    return Dataset(
      name: "word", points: drawn.map(\.0), labels: drawn.map { owners[$0.1] },
      classNames: word.uppercased().filter { $0 != " " }.map { String($0) })
  }

  /// A sauropod that looks to the left.
  static func dinosaur(count: Int, using random: inout Random) -> Dataset {
    func curve(_ coordinates: [Float], isClosed: Bool = false) -> [Point] {
      let points = stride(from: 0, to: coordinates.count, by: 2).map { Point(coordinates[$0], coordinates[$0 + 1]) }
      return Polylines.curve(through: points, isClosed: isClosed)
    }
    // In units of a hundredth of its length, from the nose over head, back, tail, legs and belly to the throat.
    let outline = curve(
      [
        7, 64, 9, 69, 14, 73, 20, 73, 24, 69, 26, 60, 30, 50, 38, 44, 50, 46, 62, 43, 71, 36, 80, 26, 90, 19, 100, 17,
        90, 14, 81, 15, 75, 19, 73, 12, 73, 3, 72, 1, 65, 1, 64, 3, 63, 12, 59, 18, 50, 16, 43, 18, 42, 12, 42, 3, 41,
        1, 34, 1, 33, 3, 33, 13, 29, 24, 23, 36, 19, 48, 17, 58, 14, 60, 9, 60,
      ], isClosed: true)
    let legs = [
      curve([55, 17, 54, 9, 54, 5, 58, 5, 60, 11, 61, 17]),
      curve([33, 16, 30, 11, 28, 5, 24, 5, 24, 8, 26, 16, 28, 25]),
    ]
    let smile = curve([8.5, 64, 13, 63.2, 18, 65])
    let eye = (0...16).map { step in
      let angle = Float.pi * Float(step) / 8
      return Point(15.5, 68) + 1.3 * Point(.cos(angle), .sin(angle))
    }
    let lines = ([outline] + legs + [smile, eye]).map { $0.map { ($0 - Point(53.5, 37)) / 50 } }
    let drawn = drawn(Polylines(lines), count: count, pen: 0.006, using: &random)
    return Dataset(name: "dinosaur", points: drawn.map(\.0))
  }
}
