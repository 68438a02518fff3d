import Diffusion

/// Where the network thinks that noisy points came from, `x0Hat = x − sigma·epsilonHat`.
package struct Estimates: Sendable {
  /// Of the run that the network belongs to.
  package let generation: Int
  /// The noisy points, `[B]`, all of one noise level.
  package let x: [Point]
  /// The estimates, `[B]`.
  package let x0: [Point]

  package init(of x: [Point], sigma: Float, by denoiser: any Denoiser, generation: Int) {
    self.generation = generation
    self.x = x
    x0 = denoiser.x0(x: x, sigma: sigma)
  }
}
