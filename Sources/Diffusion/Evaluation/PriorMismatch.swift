import RealModule

/// How well the sampler's start, Gaussian noise about the origin, stands for the noisiest data.
///
/// At the greatest sigma the data are spread by their own covariance C beside the noise, about their mean m. Seen as
/// Gaussians, the two differ by
///
///     KL = ½·(tr(C)/sigma² + ‖m‖²/sigma² − log det(1 + C/sigma²))   nats:
///
/// what a sampler gets wrong before its first step (Lin et al. 2024, "Common diffusion noise schedules and sample steps
/// are flawed", section 3.1, make the case for images).
package struct PriorMismatch: Equatable, Sendable {
  /// The greatest noise level.
  private let sigmaMax: Float
  /// The divergence in nats.
  package let divergence: Float
  /// A greatest level at which it would not matter.
  package let sufficientSigma: Float

  /// Beyond this the mean or the spread of the start is off by a fifth or more of its standard deviation.
  private static let tolerable: Float = 0.05

  /// Of these data at the schedule's greatest noise level.
  package init(_ dataset: Dataset, schedule: Schedule) {
    let n = Double(dataset.points.count)
    let mean = dataset.points.reduce(SIMD2<Double>.zero) { $0 + SIMD2<Double>($1) } / n
    var (xx, yy, xy) = (0.0, 0.0, 0.0)
    for point in dataset.points {
      let d = SIMD2<Double>(point) - mean
      (xx, yy, xy) = (xx + d.x * d.x / n, yy + d.y * d.y / n, xy + d.x * d.y / n)
    }
    func divergence(_ sigma: Double) -> Double {
      let s = 1 / (sigma * sigma)
      let determinant = (1 + xx * s) * (1 + yy * s) - xy * xy * s * s
      return 0.5 * ((xx + yy + (mean * mean).sum()) * s - .log(determinant))
    }
    let greatest = schedule.range.upperBound
    sigmaMax = greatest
    self.divergence = Float(divergence(Double(greatest)))
    var sufficient = Double(greatest)
    while divergence(sufficient) > Double(Self.tolerable) / 4 { sufficient *= 1.1 }
    sufficientSigma = Float(sufficient)
  }

  /// What is wrong and what would help, in few words; nil if nothing is.
  package var warning: String? {
    guard divergence > Self.tolerable else { return nil }
    let digits = sufficientSigma < 10 ? 10 : 1 as Float
    let advice = (sufficientSigma * digits).rounded(.up) / digits
    // Three digits.
    let scale = Float.exp10(2 - Float.log10(sigmaMax).rounded(.down))
    return "sigma max \((sigmaMax * scale).rounded() / scale) is too small; take \(advice)"
  }
}
