import RealModule

/// How the network is told the noise level: `[sin(½ log sigma), cos(½ log sigma)]`.
///
/// Over the levels from 0.002 to 2 half the logarithm moves by less than a full turn, so no two of them look alike.
package func sigmaEmbedding(_ sigma: Float) -> SIMD2<Float> {
  let halfLog = 0.5 * Double.log(Double(sigma))
  return SIMD2(Float(Double.sin(halfLog)), Float(Double.cos(halfLog)))
}
