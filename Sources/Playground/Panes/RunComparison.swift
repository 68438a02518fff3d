import Diffusion

/// How two runs have come along that began alike.
struct RunComparison: Equatable {
  /// What both have had the same of.
  enum Measure: CaseIterable, Sendable {
    case seconds, points

    func of(_ reading: Course.Reading) -> Double {
      switch self {
      case .seconds: reading.seconds
      case .points: Double(reading.rows)
      }
    }
  }

  enum Side: Equatable { case a, b }

  /// How much both have had since they parted.
  let effort: Double
  /// The losses of both by then.
  let a: Double
  let b: Double
  /// Whose loss is lower; nil where they are level, to one part in fifty.
  let ahead: Side?
  /// How many times as much the other has needed to come to its loss; nil if that was before they parted.
  let ratio: Double?

  /// - Parameter start: The step at which they parted.
  /// - Returns: Nil while one of them has hardly begun.
  init?(a: Course, b: Course, from start: Int, measure: Measure) {
    let parted = a.reading(upTo: start).map(measure.of) ?? 0
    let (a, b) = (a.readings.filter { $0.step > start }, b.readings.filter { $0.step > start })
    guard a.count >= 8, b.count >= 8, let lastA = a.last.map(measure.of), let lastB = b.last.map(measure.of) else {
      return nil
    }
    let end = min(lastA, lastB)
    guard let nowA = a.last(where: { measure.of($0) <= end })?.loss,
      let nowB = b.last(where: { measure.of($0) <= end })?.loss, end > parted
    else { return nil }
    let effort = end - parted
    (self.effort, self.a, self.b) = (effort, nowA, nowB)
    guard abs(nowA - nowB) > 0.02 * min(nowA, nowB) else {
      (ahead, ratio) = (nil, nil)
      return
    }
    ahead = nowA < nowB ? .a : .b
    // The first steps' averages are of few losses.
    let first = (nowA < nowB ? a : b).dropFirst(4).first { $0.loss <= max(nowA, nowB) }
    ratio = first.flatMap { measure.of($0) > parted ? effort / (measure.of($0) - parted) : nil }
  }
}
