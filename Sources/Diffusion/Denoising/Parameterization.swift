/// What the network is asked to say. Every choice is a mixture of the clean point and the noise,
///
///     target = a(sigma)·x0 + b(sigma)·epsilon
///
/// and since x0 = x − sigma·epsilon, an answer F stands for `epsilonHat = (F − a·x) / (b − a·sigma)`.
package enum Parameterization: String, CaseIterable, Codable, Sendable {
  case epsilon
  case x0
  case v
  case flow
  case edm

  /// One line for help and menus.
  package var summary: String {
    switch self {
    case .epsilon: "the noise (Ho et al. 2020)"
    case .x0: "the clean point"
    case .v: "the velocity (epsilon − sigma·x0) / √(1 + sigma²) (Salimans and Ho 2022)"
    case .flow: "the direction epsilon − x0 of flow matching (Lipman et al. 2023)"
    case .edm: "EDM's preconditioned residual, with c_skip and c_out (Karras et al. 2022, table 1)"
    }
  }

  /// The coefficients a of x0 and b of epsilon at a noise level. v is written with alphaBar = 1 / (1 + sigma²); EDM's F
  /// with c_skip and c_out, by which `x0Hat = c_skip·x + c_out·F`.
  ///
  /// - Parameters:
  ///   - sigma: The noise level, positive.
  ///   - sigmaData: Root mean square of the data's coordinates.
  package func coefficients(sigma: Double, sigmaData: Double) -> (a: Double, b: Double) {
    switch self {
    case .epsilon: return (0, 1)
    case .x0: return (1, 0)
    case .v:
      let length = (1 + sigma * sigma).squareRoot()
      return (-sigma / length, 1 / length)
    case .flow: return (-1, 1)
    case .edm:
      // (x0 − c_skip·x) / c_out, with c_skip = sigmaData² / total and c_out = sigma·sigmaData / √total.
      let root = (sigma * sigma + sigmaData * sigmaData).squareRoot()
      return (sigma / (sigmaData * root), -sigmaData / root)
    }
  }
}
