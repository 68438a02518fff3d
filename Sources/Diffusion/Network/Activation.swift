import RealModule

/// The non-linearity after each hidden layer. The kernels compute it in bulk; these scalar forms define it.
package enum Activation: String, Codable, CaseIterable, Sendable {
  /// `z · sigmoid(z)` (Elfwing, Uchibe and Doya 2018), the activation of the program "Toy Diffusion Model (2D)".
  case silu
  /// `z · Phi(z)` with the exact normal distribution function, not its tanh approximation (Hendrycks and Gimpel 2016).
  case gelu

  /// One line for help and menus.
  package var summary: String {
    switch self {
    case .silu: "z·sigmoid(z) (Elfwing, Uchibe and Doya 2018)"
    case .gelu: "z·Phi(z), exact (Hendrycks and Gimpel 2016)"
    }
  }

  /// Of one number, in any precision.
  package func value<T: Real>(_ z: T) -> T {
    switch self {
    case .silu: z / (1 + .exp(-z))
    case .gelu: z * normalDistribution(z)
    }
  }

  /// d value/dz.
  package func derivative<T: Real>(_ z: T) -> T {
    switch self {
    case .silu:
      let sigmoid = 1 / (1 + T.exp(-z))
      return sigmoid * (1 + z * (1 - sigmoid))
    case .gelu:
      let density = T.exp(-z * z / 2) / T.sqrt(2 * T.pi)
      return normalDistribution(z) + z * density
    }
  }
}

/// `Phi(z) = P(Z ≤ z)` for a standard normal Z; erfc keeps the digits of the lower tail.
private func normalDistribution<T: Real>(_ z: T) -> T {
  T.erfc(-z / T.sqrt(2)) / 2
}
