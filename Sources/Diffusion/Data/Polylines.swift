import Expect

/// Lines through given points, measured by their length, so that points can be spread evenly along them.
struct Polylines {
  private struct Segment {
    let from: Point
    let to: Point
    let line: Int
    /// The length of all segments before this one.
    let start: Float
    let length: Float
  }

  private var segments: [Segment] = []
  private(set) var length: Float = 0

  init(_ lines: [[Point]]) {
    for (index, line) in lines.enumerated() {
      for (from, to) in zip(line, line.dropFirst()) where from != to {
        let step = (to - from).lengthSquared.squareRoot()
        segments.append(Segment(from: from, to: to, line: index, start: length, length: step))
        length += step
      }
    }
    expect(!segments.isEmpty, "lines without length")
  }

  /// The point after a share of the whole length, 0 ≤ share ≤ 1, and which of the lines it lies on.
  func point(at share: Float) -> (point: Point, line: Int) {
    let target = share * length
    // The last segment that starts at or before the target.
    var (low, high) = (0, segments.count)
    while high - low > 1 {
      let middle = (low + high) / 2
      if segments[middle].start <= target { low = middle } else { high = middle }
    }
    let segment = segments[low]
    let along = min((target - segment.start) / segment.length, 1)
    return (segment.from + along * (segment.to - segment.from), segment.line)
  }

  /// A smooth curve through the points (Catmull and Rom 1974), as a line of ten segments between each two.
  static func curve(through points: [Point], isClosed: Bool) -> [Point] {
    let n = points.count
    func at(_ i: Int) -> Point { isClosed ? points[(i + n) % n] : points[min(max(i, 0), n - 1)] }
    var line: [Point] = []
    for i in 0..<(isClosed ? n : n - 1) {
      let (a, b, c, d) = (at(i - 1), at(i), at(i + 1), at(i + 2))
      let (linear, square, cube) = (c - a, 2 * a - 5 * b + 4 * c - d, 3 * (b - c) + d - a)
      for step in 0..<10 {
        let t = Float(step) / 10
        line.append(b + 0.5 * t * (linear + t * (square + t * cube)))
      }
    }
    return line + [at(isClosed ? 0 : n - 1)]
  }
}
