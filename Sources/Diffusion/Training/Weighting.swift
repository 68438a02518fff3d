/// What an error counts at each noise level: `loss = mean over B of w(sigma)·‖epsilonHat − epsilon‖²`.
package enum Weighting: Codable, Equatable, Sendable {
  /// `1 / (sigma² + eps0)`: precision matters most where there is little noise. A large eps0 evens it out.
  case inverseVariance(eps0: Double)
  /// `½`: the plain mean squared error over rows and both coordinates.
  case uniform

  package func weight(sigma: Float) -> Float {
    switch self {
    case .inverseVariance(let eps0): Float(1 / (Double(sigma) * Double(sigma) + eps0))
    case .uniform: 0.5
    }
  }
}
