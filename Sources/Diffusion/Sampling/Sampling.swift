import Expect

/// Points on their way from noise to data, advanced one step at a time. A copy can be held, stepped and compared.
package struct Sampling: Sendable {
  /// What takes the steps.
  package let sampler: Sampler
  /// The noise levels, from large to small, `[steps + 1]`.
  package let sigmas: [Float]
  /// The points after `steps` steps, `[B, 2]`, at noise level `sigmas[steps]`.
  package private(set) var x: [Point]
  /// Steps taken.
  package private(set) var steps = 0
  /// How often the network has been evaluated (the number of function evaluations): under guidance twice for each
  /// prediction.
  package private(set) var evaluations = 0
  private var rule: any SamplingRule
  private let bounds: EstimateBounds?
  /// Whether the estimate of each sample ever had to be bounded, `[B]`; empty without bounds.
  private var wasBounded: [Bool]

  /// - Parameters:
  ///   - sampler: How to step.
  ///   - sigmas: Noise levels from large to small, at least 2; only the last may be 0.
  ///   - noise: Standard normals, `[B, 2]`; the points start at `sigmas[0]` times these.
  ///   - bounds: Where estimates of clean points may be.
  package init(_ sampler: Sampler, sigmas: [Float], noise: [Point], bounds: EstimateBounds? = nil) {
    expect(sigmas.count >= 2, "sampling needs 2 or more levels, not \(sigmas.count)")
    self.sampler = sampler
    self.sigmas = sigmas
    self.bounds = bounds
    wasBounded = bounds == nil ? [] : noise.map { _ in false }
    rule = sampler.makeRule()
    x = noise.map { sigmas[0] * $0 }
  }

  /// A sampling as the settings say.
  ///
  /// - Parameters:
  ///   - schedule: The levels of training.
  ///   - dataset: What estimates are bounded by, if the settings say so.
  ///   - noise: Standard normals, `[B, 2]`.
  package init(_ settings: SampleSettings, schedule: ScheduleSettings, dataset: Dataset, noise: [Point]) {
    self.init(
      settings.sampler, sigmas: settings.grid.sigmas(steps: settings.steps, schedule), noise: noise,
      bounds: settings.bounds(of: dataset))
  }

  /// How many samples had an estimate that was bounded.
  package var boundedSamples: Int { wasBounded.count { $0 } }

  /// Whether the last step was taken.
  package var isFinished: Bool { steps == sigmas.count - 1 }

  /// The present noise level.
  package var sigma: Float { sigmas[steps] }

  /// Where a sampling is.
  package struct State: Equatable, Sendable {
    /// Steps taken.
    package let step: Int
    /// Their noise level, in data units.
    package let sigma: Float
    /// `[B, 2]`.
    package let points: [Point]
    /// Evaluations of the network up to here.
    package let evaluations: Int
  }

  /// Where it is now; a copy, which further steps leave alone.
  package var state: State { State(step: steps, sigma: sigma, points: x, evaluations: evaluations) }

  /// All states from the present one to the last, `[steps + 1]` at the start.
  ///
  /// - Parameter isWanted: Asked before each step; once it says no, there is no answer.
  package mutating func states(
    _ denoiser: some Denoiser, using random: inout Random, isWanted: () -> Bool = { true }
  ) -> [State]? {
    var states = [state]
    while !isFinished {
      guard isWanted() else { return nil }
      states.append(step(denoiser, using: &random))
    }
    return states
  }

  /// Takes all steps that are left.
  ///
  /// - Parameter isWanted: Asked before each step; once it says no, no more are taken.
  /// - Returns: Whether all have been taken.
  @discardableResult
  package mutating func finish(
    _ denoiser: some Denoiser, using random: inout Random, isWanted: () -> Bool = { true }
  ) -> Bool {
    while !isFinished {
      guard isWanted() else { return false }
      step(denoiser, using: &random)
    }
    return true
  }

  /// Takes one step with noise from the generator, which moves on by as much whether or not the sampler uses it.
  @discardableResult
  package mutating func step(_ denoiser: some Denoiser, using random: inout Random) -> State {
    if rule.isStochastic { return step(denoiser, noise: random.normals(x.count)) }
    random.advance(by: x.count)
    return step(denoiser, noise: [])
  }

  /// Takes one step.
  ///
  /// - Parameters:
  ///   - denoiser: What predicts the noise.
  ///   - noise: Standard normals, `[B, 2]`; not used, and may be empty, if the sampler is deterministic.
  @discardableResult
  package mutating func step(_ denoiser: some Denoiser, noise: [Point]) -> State {
    expect(!isFinished, "all \(steps) steps have been taken")
    let step = SamplingStep(x: x, start: sigma, end: sigmas[steps + 1], steps: sigmas.count - 1, noise: noise)
    var predictions = 0
    let bounds = bounds
    var acted = wasBounded
    x = rule.points(after: step) { x, sigma in
      predictions += 1
      let epsilon = denoiser.epsilon(x: x, sigma: sigma)
      return bounds?.bound(epsilon, x: x, sigma: sigma, acted: &acted) ?? epsilon
    }
    wasBounded = acted
    evaluations += predictions * denoiser.evaluations
    steps += 1
    return state
  }
}
