/// What an error counts at each noise level: `loss = mean over B of w(sigma)·‖F − target‖²`, the sum over both
/// coordinates.
package enum Weighting: Codable, Equatable, Sendable {
  /// `1 / (sigma² + eps0)`: precision matters most where there is little noise. A large eps0 evens it out.
  case inverseVariance(eps0: Double)
  /// `½`: the plain mean squared error over rows and both coordinates.
  case uniform
  /// `min(1/sigma², gamma)` on the error of x0: no level counts for more than its noise allows (Hang et al. 2023).
  case minSNR(gamma: Double)
  /// `(sigma² + sigmaData²) / (sigma·sigmaData)²` on the error of x0, which counts the error of EDM's own
  /// parameterization evenly (Karras et al. 2022, table 1).
  case edm

  /// One of each, with the usual constants.
  package static let all: [Weighting] = [.inverseVariance(eps0: 1e-4), .uniform, .minSNR(gamma: 5), .edm]

  /// What the command line and files call it.
  package var name: String {
    switch self {
    case .inverseVariance: "inverse-variance"
    case .uniform: "uniform"
    case .minSNR: "min-snr"
    case .edm: "edm"
    }
  }

  /// One line for help and menus.
  package var summary: String {
    switch self {
    case .inverseVariance(let eps0): "1 / (sigma² + \(eps0))"
    case .uniform: "every level alike: the mean squared error"
    case .minSNR(let gamma): "min(1/sigma², \(gamma)) on the error of x0 (Hang et al. 2023)"
    case .edm: "(sigma² + sigmaData²) / (sigma·sigmaData)² on the error of x0 (Karras et al. 2022)"
    }
  }

  /// The weight of the squared error of the target. Where the definition is of the error of x0, it is divided by
  /// (∂F/∂x0Hat)² = ((b − a·sigma) / sigma)².
  package func weight(
    sigma: Double, parameterization: Parameterization = .epsilon, sigmaData: Double = 1
  ) -> Double {
    let (a, b) = parameterization.coefficients(sigma: sigma, sigmaData: sigmaData)
    let ofX0 = sigma * sigma / ((b - a * sigma) * (b - a * sigma))
    switch self {
    case .inverseVariance(let eps0): return 1 / (sigma * sigma + eps0)
    case .uniform: return 0.5
    case .minSNR(let gamma): return min(1 / (sigma * sigma), gamma) * ofX0
    case .edm:
      let product = sigma * sigmaData
      return (sigma * sigma + sigmaData * sigmaData) / (product * product) * ofX0
    }
  }
}
