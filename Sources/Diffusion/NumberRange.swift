/// The numbers that a setting takes, with or without its ends.
package struct NumberRange: Equatable, Sendable, CustomStringConvertible {
  /// Finite.
  package let lower: Double
  /// Infinite for no upper end.
  package let upper: Double
  /// Whether the end itself is within; a lower end may be, an infinite upper one is not.
  package let includesLower: Bool
  package let includesUpper: Bool

  private init(_ lower: Double, _ upper: Double, _ includesLower: Bool, _ includesUpper: Bool) {
    (self.lower, self.upper, self.includesLower, self.includesUpper) = (lower, upper, includesLower, includesUpper)
  }

  /// From an end to another, both within.
  package static func from(_ lower: Double, to upper: Double) -> NumberRange { NumberRange(lower, upper, true, true) }
  /// From an end, within, to another, without.
  package static func from(_ lower: Double, toBelow upper: Double) -> NumberRange {
    NumberRange(lower, upper, true, false)
  }
  /// From an end, without, to another, within.
  package static func above(_ lower: Double, to upper: Double) -> NumberRange { NumberRange(lower, upper, false, true) }
  /// Between two ends, both without.
  package static func above(_ lower: Double, toBelow upper: Double) -> NumberRange {
    NumberRange(lower, upper, false, false)
  }
  /// From an end, without, up to any number.
  package static func above(_ lower: Double) -> NumberRange { NumberRange(lower, .infinity, false, false) }
  /// From an end, within, up to any number.
  package static func from(_ lower: Double) -> NumberRange { NumberRange(lower, .infinity, true, false) }

  /// Never of NaN or infinity.
  package func contains(_ value: Double) -> Bool {
    (includesLower ? value >= lower : value > lower) && (includesUpper ? value <= upper : value < upper)
  }

  /// `0 to 1`, `0 to below 1`, `above 0`, `0 or more`, `above 0, at most 1`.
  package var description: String {
    let (low, high) = (numberText(lower), numberText(upper))
    if upper == .infinity { return includesLower ? "\(low) or more" : "above \(low)" }
    if !includesLower { return includesUpper ? "above \(low), at most \(high)" : "above \(low), below \(high)" }
    return includesUpper ? "\(low) to \(high)" : "\(low) to below \(high)"
  }
}
