/// A denoiser that also knows how its prediction changes from point to point: what likelihoods are made of.
package protocol DifferentiableDenoiser: Denoiser {
  /// The predicted noise, `[B, 2]`, and its divergence `∂epsilonHat₁/∂x₁ + ∂epsilonHat₂/∂x₂`, `[B]`, exactly.
  ///
  /// - Parameters:
  ///   - x: Noisy points, `[B, 2]`, in data units.
  ///   - sigma: Their common noise level, positive.
  func epsilonAndDivergence(x: [Point], sigma: Float) -> [(epsilon: Point, divergence: Float)]
}

extension NetworkDenoiser: DifferentiableDenoiser {
  /// Two forward-mode passes beside the forward one. With epsilonHat = (F − a·x) / (b − a·sigma),
  ///
  ///     ∇·epsilonHat = (∇·F − 2a) / (b − a·sigma)
  ///
  /// Of the first of `labels`, if there are any, without guidance.
  package func epsilonAndDivergence(x: [Point], sigma: Float) -> [(epsilon: Point, divergence: Float)] {
    let level = NoiseLevel(sigma: sigma, formulation: formulation, sigmaData: sigmaData)
    let width = network.inputs
    var input = [Float](repeating: 0, count: x.count * width)
    var tangents = [Float](repeating: 0, count: 2 * x.count * width)  // [2, B, inputs]
    for row in x.indices {
      input.withUnsafeMutableBufferPointer {
        formulation.features.write(
          to: UnsafeMutableBufferPointer(rebasing: $0[(row * width)..<((row + 1) * width)]), x: x[row], level: level,
          label: labels.first, classCount: classCount)
      }
      for axis in 0..<2 {
        let start = (axis * x.count + row) * width
        tangents.withUnsafeMutableBufferPointer {
          formulation.features.writeDerivative(
            to: UnsafeMutableBufferPointer(rebasing: $0[start..<(start + width)]), x: x[row], level: level, axis: axis)
        }
      }
    }
    let (output, derivatives) = network.forward(
      input, tangents: tangents, workers: isParallel ? .shared : .single)  // [B, 2] and [2, B, 2]
    return x.indices.map { row in
      let divergence = derivatives[2 * row] + derivatives[2 * (x.count + row) + 1]
      return (
        level.epsilon(output: Point(output[2 * row], output[2 * row + 1]), x: x[row]),
        (divergence - 2 * level.a) / (level.b - level.a * sigma)
      )
    }
  }
}

extension IdealDenoiser: DifferentiableDenoiser {
  /// The derivative of the posterior mean is the posterior covariance over sigma², so with epsilonHat = (x − E[x0|x]) /
  /// sigma and the noise's variance v, the sum over both coordinates,
  ///
  ///     ∇·epsilonHat = (2 − v) / sigma
  ///
  /// Of the first of `labels`, if there are any, without guidance.
  package func epsilonAndDivergence(x: [Point], sigma: Float) -> [(epsilon: Point, divergence: Float)] {
    let sigmas = [Float](repeating: sigma, count: x.count)
    return estimates(x: x, sigma: sigmas, labels: Array(labels.prefix(1)))
      .map { ($0.epsilon, (2 - $0.variance) / sigma) }
  }
}
