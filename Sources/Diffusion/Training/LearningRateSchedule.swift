import RealModule

/// How the learning rate changes over a run, as a factor on the base rate. The base may be changed while training runs;
/// the schedule goes on from where it is.
package enum LearningRateSchedule: Codable, Equatable, Sendable {
  case constant
  /// Cosine annealing (Loshchilov and Hutter 2017) from 1 down to `floor`, held there when training goes on.
  ///
  ///     factor(k) = floor + (1 − floor)/2 · (1 + cos(π k / n))
  case cosine(floor: Double)

  /// The factor of step `step` (0 is the first) in a run planned to be `total` steps long.
  package func factor(step: Int, of total: Int) -> Double {
    switch self {
    case .constant: return 1
    case .cosine(let floor):
      let progress = min(Double(step) / Double(max(total, 1)), 1)
      return floor + (1 - floor) / 2 * (1 + .cos(.pi * progress))
    }
  }
}
