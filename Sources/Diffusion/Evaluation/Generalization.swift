/// What a denoiser makes of points that training saw, and of as many that were held out: of what it has learned it does
/// as well on both, and what it has memorised tells them apart.
package struct Generalization: Equatable, Sendable {
  /// Points of each side that are looked at, at most.
  package static let count = 500

  /// What was found on one side.
  package struct Side: Equatable, Sendable {
    /// Of the points, with the noise of the least level.
    package let likelihood: Likelihood
    /// Of samples beside these points alone.
    package let quality: SampleQuality
  }

  /// Points that training saw.
  package let trained: Side
  /// Points that it did not see.
  package let heldOut: Side

  /// - Parameters:
  ///   - dataset: With points held out.
  ///   - denoiser: Whose distribution is meant, all classes together.
  ///   - samples: Drawn by following it, `[B, 2]`.
  ///   - schedule: The levels between which points are carried to noise.
  ///   - seed: Determines which points are looked at, and their noise.
  ///   - isWanted: Asked now and then; once it says no, there is no answer.
  /// - Returns: Nil if nothing is held out, too.
  package init?(
    of dataset: Dataset, under denoiser: some DifferentiableDenoiser, samples: [Point], schedule: Schedule,
    seed: UInt64,
    isWanted: () -> Bool = { true }
  ) {
    guard let heldOut = dataset.heldOut else { return nil }
    var random = Random(seed: seed, stream: .likelihood)
    // As many of each: distances to the nearest of more points are shorter.
    let count = min(Self.count, dataset.points.count, heldOut.points.count)
    func side(_ points: [Point]) -> Side? {
      let points = points.sample(atMost: count)
      let noisy = zip(points, random.normals(points.count)).map { $0 + schedule.range.lowerBound * $1 }
      guard let likelihood = Likelihood(of: noisy, under: denoiser, sigmas: schedule.range, isWanted: isWanted) else {
        return nil
      }
      let meter = QualityMeter(points, count: samples.count, seed: seed)
      return Side(likelihood: likelihood, quality: meter.measure(samples))
    }
    guard let trained = side(dataset.points), let unseen = side(heldOut.points) else { return nil }
    (self.trained, self.heldOut) = (trained, unseen)
  }
}
