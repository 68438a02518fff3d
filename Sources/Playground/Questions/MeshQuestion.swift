import Diffusion
import Foundation
import Pictures

/// What does the probability flow make of a grid in pure noise, on the way down to sigma?
struct MeshQuestion: Question {
  struct Subject: DenoiserSubject {
    /// Nil for the ideal denoiser.
    var moment: Moment.ID?
    let points: Experiment.Points
    let sigma: Double
    let largest: Double
  }

  static let learned: Topic = "mesh"
  static let ideal: Topic = "ideal mesh"
  let interval = 2.0
  /// From the largest sigma to the smallest, of equal ratios.
  private static let steps = 24

  let topic: Topic
  let subject: Subject
  private let denoiser: any Denoiser

  /// - Returns: Nil while there is no ideal denoiser to ask.
  init?(_ topic: Topic, _ world: World) {
    let isIdeal = topic == MeshQuestion.ideal
    guard let denoiser: any Denoiser = isIdeal ? world.insight?.ideal : world.moment.learned else { return nil }
    (self.topic, self.denoiser) = (topic, denoiser)
    subject = Subject(
      moment: isIdeal ? nil : world.moment.id, points: world.experiment.points, sigma: world.sigma.value,
      largest: world.sigma.range.upperBound)
  }

  func supersedes(_ earlier: MeshQuestion) -> Bool { !subject.isLike(earlier.subject) }

  /// Euler's steps are near enough for the eye.
  func answer(isWanted: () -> Bool) -> [[Point]]? {
    let mesh = noiseMesh(sigma: Float(subject.largest))
    let length = mesh[0].count
    var x = mesh.flatMap(\.self)
    let ratio = subject.sigma / subject.largest
    let sigmas = (0...MeshQuestion.steps).map { step in
      Float(subject.largest * pow(ratio, Double(step) / Double(MeshQuestion.steps)))
    }
    for (sigma, next) in zip(sigmas, sigmas.dropFirst()) where next < sigma {
      guard isWanted() else { return nil }
      x = zip(x, denoiser.epsilon(x: x, sigma: sigma)).map { $0 + (next - sigma) * $1 }
    }
    return mesh.indices.map { Array(x[$0 * length..<($0 + 1) * length]) }
  }
}
