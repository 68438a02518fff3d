/// Anything that guesses the noise in noisy points: the network, its moving average, or the exact answer.
///
/// Samplers, views and metrics know only this, so the learned and the ideal denoiser can stand in for each other.
package protocol Denoiser: Sendable {
  /// The predicted noise epsilonHat in `x = x0 + sigma·epsilon`.
  ///
  /// - Parameters:
  ///   - x: Noisy points, `[B, 2]`, in data units.
  ///   - sigma: Their noise levels, `[B]`, positive, in data units.
  /// - Returns: epsilonHat, `[B, 2]`.
  func epsilon(x: [Point], sigma: [Float]) -> [Point]

  /// How often the network, or what stands for it, is evaluated for one prediction.
  var evaluations: Int { get }
}

extension Denoiser {
  package var evaluations: Int { 1 }

  /// The predicted noise when all points share one noise level.
  package func epsilon(x: [Point], sigma: Float) -> [Point] {
    epsilon(x: x, sigma: [Float](repeating: sigma, count: x.count))
  }

  /// The one-step estimates of the clean points, `x0Hat = x − sigma·epsilonHat`, `[B, 2]`.
  package func x0(x: [Point], sigma: Float) -> [Point] {
    zip(x, epsilon(x: x, sigma: sigma)).map { $0 - sigma * $1 }
  }
}

/// A denoiser that can be told the class of each point, for data with classes.
package protocol ConditionalDenoiser: Denoiser {
  /// The classes to draw from: row i is of class `labels[i % labels.count]`. Empty for no class.
  var labels: [Int] { get set }
  /// Classifier-free guidance (Ho and Salimans 2022): how far to go beyond the class's prediction, away from the one
  /// without a class. 0 is no guidance.
  ///
  ///     epsilonHat = epsilonClass + guidance·(epsilonClass − epsilonNone)
  var guidance: Float { get set }

  /// The predicted noise given the classes, without guidance, `[B, 2]`.
  func epsilon(x: [Point], sigma: [Float], labels: [Int]) -> [Point]
}

extension ConditionalDenoiser {
  private var isGuided: Bool { guidance != 0 && !labels.isEmpty }

  package var evaluations: Int { isGuided ? 2 : 1 }

  package func epsilon(x: [Point], sigma: [Float]) -> [Point] {
    let conditional = epsilon(x: x, sigma: sigma, labels: labels)
    guard isGuided else { return conditional }
    let unconditional = epsilon(x: x, sigma: sigma, labels: [])
    return zip(conditional, unconditional).map { $0 + guidance * ($0 - $1) }
  }
}
