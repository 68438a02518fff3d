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
}

extension Denoiser {
  /// The predicted noise when all points share one noise level.
  package func epsilon(x: [Point], sigma: Float) -> [Point] {
    epsilon(x: x, sigma: [Float](repeating: sigma, count: x.count))
  }

  /// The one-step estimates of the clean points, `x0Hat = x − sigma·epsilonHat`, `[B, 2]`.
  package func x0(x: [Point], sigma: Float) -> [Point] {
    zip(x, epsilon(x: x, sigma: sigma)).map { $0 - sigma * $1 }
  }
}
