import Expect
import RealModule

/// A setting that moves in equal ratios between two bounds. Moving there and back returns the very same value.
package struct LogSlider: Equatable, Sendable {
  /// Positive.
  package let range: ClosedRange<Double>
  private let origin: Double
  private let notchesPerDecade: Double
  private let notches: ClosedRange<Int>
  private var notch = 0

  /// - Parameters:
  ///   - origin: The first value, within the range.
  ///   - range: Positive bounds.
  ///   - notchesPerDecade: Steps that a factor of ten is divided into.
  package init(origin: Double, range: ClosedRange<Double>, notchesPerDecade: Int) {
    expect(range.lowerBound > 0 && range.contains(origin), "\(origin) in \(range)")
    self.origin = origin
    self.range = range
    self.notchesPerDecade = Double(notchesPerDecade)
    // Rounded outward: the last notch stops at the bound itself.
    let lowest = (Double.log10(range.lowerBound / origin) * self.notchesPerDecade - 1e-9).rounded(.down)
    let highest = (Double.log10(range.upperBound / origin) * self.notchesPerDecade + 1e-9).rounded(.up)
    notches = Int(lowest)...Int(highest)
  }

  /// Where it stands, within its range.
  package var value: Double {
    min(max(origin * .pow(10, Double(notch) / notchesPerDecade), range.lowerBound), range.upperBound)
  }

  /// 0 at the lower bound, 1 at the upper, even in the logarithm.
  package var position: Double {
    range.lowerBound < range.upperBound
      ? Double.log(value / range.lowerBound) / Double.log(range.upperBound / range.lowerBound) : 0
  }

  /// In notches; it stops at the ends of its range.
  package mutating func move(by count: Int) {
    notch = min(max(notch + count, notches.lowerBound), notches.upperBound)
  }

  /// Goes to the notch nearest to a value; beyond the bounds, to those.
  package mutating func move(to value: Double) {
    guard value > 0 else { return move(by: notches.lowerBound - notch) }
    move(by: Int((Double.log10(value / origin) * notchesPerDecade).rounded()) - notch)
  }

  /// How many notches it has to move to come as near as it can to a position; positions beyond 0 and 1 are those.
  package func notches(to position: Double) -> Int {
    guard range.lowerBound < range.upperBound, position.isFinite else { return 0 }
    let share = min(max(position, 0), 1)
    let value = range.lowerBound * .pow(range.upperBound / range.lowerBound, share)
    let nearest = Int((Double.log10(value / origin) * notchesPerDecade).rounded())
    // The ends are the bounds themselves, which may lie between two notches.
    let wanted = share == 0 ? notches.lowerBound : share == 1 ? notches.upperBound : nearest
    return min(max(wanted, notches.lowerBound), notches.upperBound) - notch
  }
}
