import RealModule

/// How the learning rate changes over a run, as a factor on the base rate. The base may be changed while training runs;
/// the schedule goes on from where it is.
package enum LearningRateSchedule: Codable, Equatable, Sendable {
  case constant
  /// Cosine annealing (Loshchilov and Hutter 2017) from 1 down to `floor`, held there when training goes on.
  ///
  ///     factor(k) = floor + (1 − floor)/2 · (1 + cos(π k / n))
  case cosine(floor: Double)
  /// The base rate for the first half of the run, then in a straight line down to `floor` at its end, held there when
  /// training goes on.
  case linear(floor: Double)
  /// Up from 1/25 over the first 30 % of the run, then down to 1/250,000, both by half a cosine: the one-cycle policy
  /// (Smith and Topin 2018) with the constants of PyTorch's `OneCycleLR`.
  case oneCycle

  /// One of each, with the usual constants.
  package static let all: [LearningRateSchedule] = [.constant, .cosine(floor: 0.1), .linear(floor: 0.1), .oneCycle]

  /// What the command line and files call it.
  package var name: String {
    switch self {
    case .constant: "constant"
    case .cosine: "cosine"
    case .linear: "linear"
    case .oneCycle: "one-cycle"
    }
  }

  /// One line for help and menus.
  package var summary: String {
    switch self {
    case .constant: "the base rate throughout"
    case .cosine(let floor): "a cosine from the base rate down to \(floor) of it"
    case .linear(let floor): "the base rate for half the run, then a straight line down to \(floor) of it"
    case .oneCycle: "up over the first 30 % of the run, then down to nearly nothing"
    }
  }

  /// The factor of step `step` (0 is the first) in a run planned to be `total` steps long.
  package func factor(step: Int, of total: Int) -> Double {
    switch self {
    case .constant:
      return 1
    case .cosine(let floor):
      return anneal(from: 1, to: floor, at: Double(step) / Double(max(total, 1)))
    case .linear(let floor):
      let progress = Double(step) / Double(max(total, 1))
      return max(1 - (1 - floor) * max(2 * progress - 1, 0), floor)
    case .oneCycle:
      let (start, end) = (1 / 25.0, 1 / 250_000.0)
      let top = 0.3 * Double(total) - 1
      let bottom = Double(total - 1)
      return Double(step) <= top
        ? anneal(from: start, to: 1, at: Double(step) / top)
        : anneal(from: 1, to: end, at: (Double(step) - top) / (bottom - top))
    }
  }
}

/// Half a cosine from one value to another; `progress` from 0 to 1, held at the end.
private func anneal(from start: Double, to end: Double, at progress: Double) -> Double {
  end + (start - end) / 2 * (1 + .cos(.pi * min(progress, 1)))
}

/// The factor of a linear warm-up at step `step` (0 is the first): it reaches 1 with step number `length`.
package func warmUpFactor(step: Int, length: Int) -> Double {
  length > 0 ? min(1, Double(step + 1) / Double(length)) : 1
}
