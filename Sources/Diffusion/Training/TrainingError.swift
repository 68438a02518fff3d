/// Why training cannot go on. The parameters are those of the last good step.
package enum TrainingError: Error, Equatable, CustomStringConvertible {
  /// A value that is NaN or infinite turned up in `tensor` while computing step `step` (1 is the first).
  case nonFinite(tensor: String, step: Int)

  package var description: String {
    switch self {
    case .nonFinite(let tensor, let step):
      "\(tensor) is not finite at step \(step); training stopped with the parameters of step \(step - 1); "
        + "try a smaller learning rate"
    }
  }
}
