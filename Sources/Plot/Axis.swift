import Expect

/// One axis of a chart: the values it shows, whether their logarithms are spaced evenly, and its title.
package struct Axis: Equatable, Sendable {
  /// How values are spread along it.
  package enum Scale: Equatable, Sendable {
    case linear, log
  }

  /// A labelled place on an axis. The place belongs to the round value, not to a rounding of it.
  package struct Tick: Equatable, Sendable {
    package let value: Double
    /// The value as it is printed.
    package let label: String
    /// 0 at the axis's lower end, 1 at its upper.
    package let position: Double
  }

  /// In the data's own units, on a log axis too.
  package let range: ClosedRange<Double>
  /// How values are spread.
  package let scale: Scale
  /// What the values are; may be empty.
  package let title: String

  private let low: Double
  private let reciprocalSpan: Double

  /// The range must be finite and not empty, and positive on a log scale.
  package init(_ range: ClosedRange<Double>, scale: Scale = .linear, title: String = "") {
    expect(range.lowerBound < range.upperBound, "an axis over \(range)")
    expect((range.upperBound - range.lowerBound).isFinite, "an axis over \(range)")
    expect(scale == .linear || range.lowerBound > 0, "a log axis over \(range)")
    self.range = range
    self.scale = scale
    self.title = title
    low = Axis.warp(range.lowerBound, scale)
    reciprocalSpan = 1 / (Axis.warp(range.upperBound, scale) - low)
  }

  /// An axis over the values that it can show, whatever they are: none, one, all the same, NaN, infinite, huge, tiny.
  package init(covering values: some Sequence<Double>, scale: Scale = .linear, title: String = "") {
    var range: ClosedRange<Double>?
    for value in values where Axis.shows(value, scale) {
      range = min(range?.lowerBound ?? value, value)...max(range?.upperBound ?? value, value)
    }
    self.init(Axis.widened(range, scale), scale: scale, title: title)
  }

  /// Where a value stands: 0 at the lower end, 1 at the upper, beyond them outside. Nil for what has no place: NaN,
  /// infinities, and on a log scale whatever is not positive.
  package func position(of value: Double) -> Double? {
    guard Axis.shows(value, scale) else { return nil }
    return (Axis.warp(value, scale) - low) * reciprocalSpan
  }

  /// The value at a place, the reverse of `position`.
  package func value(at position: Double) -> Double {
    let warped = low + position / reciprocalSpan
    return scale == .log ? exponential(warped) : warped
  }

  /// The largest set of round values whose labels keep apart.
  ///
  /// - Parameters:
  ///   - length: Of the axis, in any unit.
  ///   - gap: The least distance between labels, in that unit.
  ///   - size: A label's extent along the axis, in that unit; labels are centred on their place.
  /// - Returns: Ticks from the lower end to the upper; one or none where there is no room for more.
  package func ticks(length: Double, gap: Double, size: (String) -> Double) -> [Tick] {
    var best: [Tick] = []
    for candidate in tickSets() where candidate.count > best.count {
      let keepsApart = zip(candidate, candidate.dropFirst()).allSatisfy { a, b in
        (b.position - a.position) * length >= (size(a.label) + size(b.label)) / 2 + gap
      }
      if keepsApart { best = candidate }
    }
    return best
  }

  /// Values beyond 1e±300 are treated as unbounded, so that spans and halves stay finite and positive.
  private static func shows(_ value: Double, _ scale: Scale) -> Bool {
    switch scale {
    case .linear: abs(value) <= 1e300
    case .log: value >= 1e-300 && value <= 1e300
    }
  }

  private static func warp(_ value: Double, _ scale: Scale) -> Double {
    scale == .log ? naturalLogarithm(value) : value
  }

  /// A range with something in it, around one that has nothing.
  private static func widened(_ range: ClosedRange<Double>?, _ scale: Scale) -> ClosedRange<Double> {
    guard let range else { return scale == .log ? 1...10 : 0...1 }
    let size = max(abs(range.lowerBound), abs(range.upperBound))
    if range.upperBound - range.lowerBound > 1e-9 * size { return range }
    if scale == .log { return range.lowerBound / 2...range.upperBound * 2 }
    let margin = size == 0 ? 1 : size / 2
    return range.lowerBound - margin...range.upperBound + margin
  }
}

extension Axis {
  /// Sets of round values inside the range, the fullest of a kind first.
  private func tickSets() -> [[Tick]] {
    guard scale == .log else { return linearTickSets() }
    let spansDecades = range.upperBound / range.lowerBound >= 10
    return spansDecades ? logTickSets() : linearTickSets() + logTickSets()
  }

  /// Multiples of 1, 2 or 5 times a power of ten.
  private func linearTickSets() -> [[Tick]] {
    let span = range.upperBound - range.lowerBound
    let magnitude = Int(decimalLogarithm(span).rounded(.down))
    return (magnitude - 1...magnitude + 1).flatMap { power in
      [1, 2, 5].map { mantissa in
        let step = decimal(mantissa, timesPowerOfTen: power)
        // A range this narrow for its size has no round values that doubles tell apart.
        guard max(abs(range.lowerBound), abs(range.upperBound)) / step < 1e12 else { return [] }
        let first = Int((range.lowerBound / step - 1e-9).rounded(.up))
        let last = Int((range.upperBound / step + 1e-9).rounded(.down))
        guard first <= last else { return [] }
        let plain = max(abs(first), abs(last)) * mantissa
        let isFixed = DecimalDigits(plain, timesPowerOfTen: power).readsBestFixed
        return (first...last).compactMap { multiple in
          tick(multiple * mantissa, power) { isFixed ? $0.fixed(decimals: max(-power, 0)) : $0.scientific() }
        }
      }
    }
  }

  /// All digits times powers of ten, then fewer of them, then powers of ten alone, then every second, third … of those.
  private func logTickSets() -> [[Tick]] {
    let first = Int(decimalLogarithm(range.lowerBound).rounded(.down))
    let last = Int(decimalLogarithm(range.upperBound).rounded(.up))
    let mantissas = [Array(1...9), [1, 2, 5], [1, 3], [1]].map { ($0, 1) }
    let strides = [2, 3, 5, 10, 20, 50, 100, 200].map { ([1], $0) }
    return (mantissas + strides).map { mantissas, stride in
      (first...last).filter { $0 % stride == 0 }.flatMap { power in
        mantissas.compactMap { mantissa in
          tick(mantissa, power) { $0.readsBestFixed ? $0.fixed() : $0.scientific() }
        }
      }
    }
  }

  /// The tick at `integer · 10^power`, if that is within the axis.
  private func tick(_ integer: Int, _ power: Int, label: (DecimalDigits) -> String) -> Tick? {
    let value = decimal(integer, timesPowerOfTen: power)
    guard let place = position(of: value), (-1e-9...1 + 1e-9).contains(place) else { return nil }
    return Tick(value: value, label: label(DecimalDigits(integer, timesPowerOfTen: power)), position: place)
  }
}
