import Expect

/// How samples are drawn: a rule with a name and a value for each of its settings.
package struct Sampler: Sendable {
  /// What the command line and files call it.
  package let name: String
  /// One line for help and menus.
  package let summary: String
  /// What can be set about it.
  package let hyperparameters: [Hyperparameter]
  /// Values of those, and of what the name fixes, by key.
  private var values: [String: Double]
  private let rule: any SamplingRule.Type

  /// All samplers, in order of increasing complexity.
  package static let all = [
    eulerMaruyama, ddpm, ddim, accelerated, heun, heunChurn, dpmSolver, dpmSolverSDE,
  ]

  /// - Parameter fixed: Numbers of the rule that make the sampler what its name says.
  init(
    _ rule: any SamplingRule.Type, _ name: String, _ summary: String, _ hyperparameters: [Hyperparameter] = [],
    fixed: [String: Double] = [:]
  ) {
    (self.rule, self.name, self.summary, self.hyperparameters) = (rule, name, summary, hyperparameters)
    values = fixed
    for one in hyperparameters { values[one.key] = one.standard }
  }

  /// The sampler of that name with its standard values; nil if there is none.
  package init?(name: String) {
    guard let sampler = Self.all.first(where: { $0.name == name }) else { return nil }
    self = sampler
  }

  /// Whether something of this key can be set about it.
  package func has(_ key: String) -> Bool { hyperparameters.contains { $0.key == key } }

  /// A number that its rule needs.
  package subscript(key: String) -> Double {
    get {
      guard let value = values[key] else { bug("\(name) has no \(key)") }
      return value
    }
    set {
      expect(has(key), "nothing of \(name) can be set by \(key)")
      values[key] = newValue
    }
  }

  /// The same with other values.
  package func with(_ values: [String: Double]) -> Sampler {
    var sampler = self
    for (key, value) in values { sampler[key] = value }
    return sampler
  }

  /// Whether it adds noise on the way: whether it follows a stochastic differential equation or an ordinary one.
  package var isStochastic: Bool { makeRule().isStochastic }

  /// The rule at its start.
  func makeRule() -> any SamplingRule { rule.init(self) }

  /// Draws `count` points. The same generator gives the same start and the same noise at each step to every sampler and
  /// denoiser, so that they can be compared point by point.
  ///
  /// - Parameters:
  ///   - count: How many points to draw, B.
  ///   - sigmas: The noise levels, from large to small, `[steps + 1]`; see `SamplingGrid`.
  ///   - denoiser: What predicts the noise.
  ///   - random: The source of the start and of the noise.
  /// - Returns: The finished sampling: points `[B, 2]` and the count of evaluations.
  package func sample(
    count: Int, sigmas: [Float], denoiser: some Denoiser, using random: inout Random
  ) -> Sampling {
    var sampling = Sampling(self, sigmas: sigmas, noise: random.normals(count))
    sampling.finish(denoiser, using: &random)
    return sampling
  }
}

extension Sampler: Equatable {
  package static func == (a: Sampler, b: Sampler) -> Bool { a.name == b.name && a.values == b.values }
}
