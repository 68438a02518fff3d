import Expect
import Foundation

/// A setting that moves in equal ratios between two bounds. Moving there and back returns the very same value.
package struct LogSlider: Equatable, Sendable {
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
    let lowest = (log10(range.lowerBound / origin) * self.notchesPerDecade - 1e-9).rounded(.down)
    let highest = (log10(range.upperBound / origin) * self.notchesPerDecade + 1e-9).rounded(.up)
    notches = Int(lowest)...Int(highest)
  }

  package var value: Double {
    min(max(origin * pow(10, Double(notch) / notchesPerDecade), range.lowerBound), range.upperBound)
  }

  /// 0 at the lower bound, 1 at the upper, even in the logarithm.
  package var position: Double {
    range.lowerBound < range.upperBound
      ? log(value / range.lowerBound) / log(range.upperBound / range.lowerBound) : 0
  }

  package mutating func move(by count: Int) {
    notch = min(max(notch + count, notches.lowerBound), notches.upperBound)
  }
}
