/// How denoising is put to the network: what it sees, what it is asked, and what an error counts.
package struct Formulation: Codable, Equatable, Sendable {
  /// What the network is asked to say.
  package var parameterization: Parameterization
  /// What it sees.
  package var features: InputFeatures
  /// What an error counts at each level.
  package var weighting: Weighting

  package init(
    parameterization: Parameterization = .epsilon, features: InputFeatures = .plain, weighting: Weighting = .uniform
  ) {
    self.parameterization = parameterization
    self.features = features
    self.weighting = weighting
  }
}
