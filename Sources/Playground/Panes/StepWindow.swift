import Plot

/// The part of the steps that a chart shows: all of them, or what was zoomed to, at the end of which new ones may come.
struct StepWindow: Equatable, Sendable {
  private static let leastSpan = 8.0

  var scale = Axis.Scale.linear
  /// Nil for the first.
  private var low: Double?
  /// Nil for the last, whatever it is.
  private var high: Double?

  var isWhole: Bool { low == nil && high == nil }

  mutating func showAll() { (low, high) = (nil, nil) }

  /// - Parameter all: The steps that there are.
  func axis(_ all: ClosedRange<Double>) -> Axis {
    let first = scale == .log ? max(all.lowerBound, 1) : all.lowerBound
    let last = max(all.upperBound, first + 1)
    let top = min(high ?? last, last)
    let bottom = max(min(low ?? first, top - 1), first)
    return Axis(bottom...max(top, bottom + 1), scale: scale, title: "step")
  }

  /// Shows more or less around a step, which stays where it is.
  ///
  /// - Parameter factor: What the part that is shown becomes longer by.
  mutating func zoom(by factor: Double, around step: Double, all: ClosedRange<Double>) {
    let axis = axis(all)
    let place = min(max(axis.position(of: step) ?? 0.5, 0), 1)
    show(axis.value(at: place - place * factor)...axis.value(at: place + (1 - place) * factor), all: all)
  }

  /// Moves by a share of what is shown, without leaving what there is.
  mutating func pan(by share: Double, all: ClosedRange<Double>) {
    guard !isWhole else { return }
    let (now, whole) = (axis(all), StepWindow(scale: scale).axis(all))
    let (left, right) = (now.position(of: whole.range.lowerBound) ?? 0, now.position(of: whole.range.upperBound) ?? 1)
    let share = min(max(share, left), right - 1)
    show(now.value(at: share)...now.value(at: 1 + share), all: all)
  }

  private mutating func show(_ range: ClosedRange<Double>, all: ClosedRange<Double>) {
    let whole = StepWindow(scale: scale).axis(all).range
    let span = max(range.upperBound - range.lowerBound, StepWindow.leastSpan)
    let middle = (range.upperBound + range.lowerBound) / 2
    let isNarrow = span > range.upperBound - range.lowerBound
    let (bottom, top) = isNarrow ? (middle - span / 2, middle + span / 2) : (range.lowerBound, range.upperBound)
    low = bottom > whole.lowerBound + 1e-6 ? bottom : nil
    high = top < whole.upperBound - 1e-6 ? top : nil
  }

  init(scale: Axis.Scale = .linear) { self.scale = scale }
}
