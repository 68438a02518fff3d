import RealModule

/// What training and prediction need of one noise level, computed once.
package struct NoiseLevel: Equatable, Sendable {
  /// The standard deviation of the noise, in data units, positive.
  package let sigma: Float
  /// `[sin(½ log sigma), cos(½ log sigma)]`.
  package let embedding: SIMD2<Float>
  /// EDM's c_noise, ¼ log sigma.
  package let noiseConditioning: Float
  /// What x is multiplied by before the network sees it.
  package let inputScale: Float
  /// The coefficients of the target, `a·x0 + b·epsilon`.
  package let a: Float
  /// Of epsilon.
  package let b: Float
  /// What the squared error of the target counts.
  package let weight: Float

  /// Computed in double precision and rounded once.
  package init(sigma: Float, formulation: Formulation, sigmaData: Float) {
    let (s, d) = (Double(sigma), Double(sigmaData))
    let (a, b) = formulation.parameterization.coefficients(sigma: s, sigmaData: d)
    self.sigma = sigma
    self.a = Float(a)
    self.b = Float(b)
    embedding = sigmaEmbedding(sigma)
    noiseConditioning = Float(0.25 * Double.log(s))
    inputScale = Float(formulation.features.scaling.factor(sigma: s, sigmaData: d))
    weight = Float(formulation.weighting.weight(sigma: s, parameterization: formulation.parameterization, sigmaData: d))
  }

  /// What the network should answer.
  package func target(x0: Point, epsilon: Point) -> Point { a * x0 + b * epsilon }

  /// The noise that an answer of the network stands for.
  package func epsilon(output: Point, x: Point) -> Point { (output - a * x) / (b - a * sigma) }

  /// What the squared error of epsilonHat counts: `weight·(b − a·sigma)²`, as that is how errors of the target grow out
  /// of errors of the noise.
  package var epsilonWeight: Float { weight * (b - a * sigma) * (b - a * sigma) }
}
