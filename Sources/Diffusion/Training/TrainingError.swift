/// Why training cannot go on, or not under other settings. The parameters are those of the last good step.
package enum TrainingError: Error, Equatable, CustomStringConvertible {
  /// A value that is NaN or infinite turned up in `tensor` while computing step `step` (1 is the first).
  case nonFinite(tensor: String, step: Int)
  /// A change of settings that the weights would not survive, and why.
  case needsReset(String)
  /// Settings that are out of range or do not go together, and why.
  case invalid(String)

  package var description: String {
    switch self {
    case .nonFinite(let tensor, let step):
      "\(tensor) is not finite at step \(step); training stopped with the parameters of step \(step - 1); "
        + "try a smaller learning rate"
    case .needsReset(let reason): "\(reason); reset to start anew"
    case .invalid(let problem): problem
    }
  }
}
