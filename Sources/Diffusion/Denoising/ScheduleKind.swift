import RealModule

/// The families of noise schedules. All are turned into sigmas at once; see `Schedule` for how the axes correspond.
package enum ScheduleKind: String, CaseIterable, Codable, Sendable {
  case logLinear = "log-linear"
  case ddpm
  case ldm
  case sigmoid
  case cosine
  case flow
  case logitNormal = "logit-normal"

  /// One line for help and menus.
  package var summary: String {
    switch self {
    case .logLinear: "sigma equally spaced in log"
    case .ddpm: "beta linear in the step (Ho et al. 2020)"
    case .ldm: "square root of beta linear in the step (Rombach et al. 2022)"
    case .sigmoid: "beta a sigmoid of the step (Xu et al. 2022, GeoDiff)"
    case .cosine: "alphaBar a squared cosine (Nichol and Dhariwal 2021)"
    case .flow: "flow matching, time uniform (Lipman et al. 2023)"
    case .logitNormal: "flow matching, time logit-normal (Esser et al. 2024)"
    }
  }

  /// What the two bounds of `ScheduleSettings` bound.
  package enum Bounded: String, Sendable {
    case sigma, beta, time
  }

  /// What the bounds of this kind bound.
  package var bounded: Bounded {
    switch self {
    case .logLinear: .sigma
    case .ddpm, .ldm, .sigmoid, .cosine: .beta
    case .flow, .logitNormal: .time
    }
  }

  /// The bounds of the paper, or for log-linear those of the seed program. Those of time keep clear of sigma = 0 and of
  /// sigma = ∞.
  package var standardBounds: ClosedRange<Double> {
    switch self {
    case .logLinear: 0.002...2
    case .ddpm, .sigmoid: 0.0001...0.02
    case .ldm: 0.00085...0.012
    case .cosine: 0...0.999
    case .flow, .logitNormal: 0.001...0.999
    }
  }
}

/// A schedule by name: enough to make it again, and to keep in a file.
package struct ScheduleSettings: Codable, Equatable, Sendable {
  package var kind: ScheduleKind
  /// The number of noise levels N, at least 1.
  package var count: Int
  /// The least and greatest sigma, beta or time, as `kind.bounded` says.
  package var bounds: ClosedRange<Double>

  /// Without bounds, the standard ones of that kind.
  package init(_ kind: ScheduleKind, count: Int = 400, bounds: ClosedRange<Double>? = nil) {
    self.kind = kind
    self.count = count
    self.bounds = bounds ?? kind.standardBounds
  }

  /// What is wrong with these settings, in words; nil if nothing is.
  package var problem: String? {
    if !(1...100_000).contains(count) { return "a schedule has 1 to 100000 levels, not \(count)" }
    let (low, high) = (bounds.lowerBound, bounds.upperBound)
    switch kind.bounded {
    case .sigma:
      return low >= 1e-6 && high <= 1e6 ? nil : "sigma must be between 1e-6 and 1e6, not \(low)...\(high)"
    case .beta:
      // The cosine's lower bound is not used; the others would have sigma = 0 at beta = 0.
      let least = kind == .cosine ? 0 : 1e-9
      guard low >= least && high <= 0.999 && high > 0 else {
        return "beta must be between 1e-9 and 0.999, not \(low)...\(high)"
      }
      return problem(ofVariances: Schedule.variances(betas: betas))
    case .time:
      return low >= 1e-6 && high <= 1 - 1e-6
        ? nil : "flow time must be between 0.000001 and 0.999999, not \(low)...\(high)"
    }
  }

  /// Many betas, or large ones, leave so little of the data that sigma outgrows float32: bounds that are right do not
  /// say where sigma ends.
  private func problem(ofVariances variances: [Double]) -> String? {
    let least = variances[0].squareRoot()
    let greatest = variances[variances.count - 1].squareRoot()
    let levels = count == 1 ? "1 level" : "\(count) levels"
    if !(greatest <= Self.sigmas.upperBound) {
      let reached = greatest.isFinite ? "\(Float(greatest))" : "infinity"
      return
        "\(levels) of \(kind.rawValue) with beta up to \(bounds.upperBound) end at sigma \(reached), but 1e6 is the "
        + "most; take fewer levels or a smaller greatest beta"
    }
    if !(least >= Self.sigmas.lowerBound) {
      return
        "\(levels) of \(kind.rawValue) with beta up to \(bounds.upperBound) begin at sigma \(Float(least)), but 1e-6 "
        + "is the least; take fewer levels or a larger beta"
    }
    return nil
  }

  /// What sigma may be: squares and their inverses stay well within float32.
  package static let sigmas = 1e-6...1e6

  /// - Precondition: There is no `problem`.
  package var schedule: Schedule {
    switch kind {
    case .logLinear: .logLinear(count, bounds)
    case .ddpm, .ldm, .sigmoid, .cosine: Schedule(betas: betas)
    case .flow: Schedule(times: linspace(bounds))
    case .logitNormal: .logitNormal(count, bounds)
    }
  }

  /// The betas of a variance-preserving chain, `[count]`; empty for a schedule that is none.
  private var betas: [Double] {
    switch kind {
    case .ddpm: linspace(bounds)
    case .ldm: linspace(bounds.lowerBound.squareRoot()...bounds.upperBound.squareRoot()).map { $0 * $0 }
    case .sigmoid:
      linspace(-6...6).map { bounds.lowerBound + (bounds.upperBound - bounds.lowerBound) / (1 + .exp(-$0)) }
    case .cosine: Schedule.cosineBetas(count, largest: bounds.upperBound)
    case .logLinear, .flow, .logitNormal: []
    }
  }

  private func linspace(_ range: ClosedRange<Double>) -> [Double] {
    (0..<count).map { i in
      range.lowerBound + (range.upperBound - range.lowerBound) * Double(i) / Double(max(count - 1, 1))
    }
  }
}

extension Schedule {
  /// The schedule of a variance-preserving chain with these betas:
  ///
  ///     alphaBarᵢ = Πⱼ≤ᵢ (1 − betaⱼ),   sigmaᵢ = √(1 / alphaBarᵢ − 1)
  init(betas: [Double]) {
    self.init(sigmas: Schedule.variances(betas: betas).map { Float($0.squareRoot()) })
  }

  /// sigmaᵢ² of these betas.
  static func variances(betas: [Double]) -> [Double] {
    var alphaBar = 1.0
    // 1/ᾱ − 1 loses digits where ᾱ is near 1; the sum betaᵢ/ᾱᵢ telescopes to the same and loses none.
    var variance = 0.0
    return betas.map { beta in
      alphaBar *= 1 - beta
      variance += beta / alphaBar
      return variance
    }
  }

  /// The schedule of flow matching at these times, `sigma = t / (1 − t)`.
  init(times: [Double]) {
    self.init(sigmas: times.map { Float($0 / (1 - $0)) })
  }

  /// alphaBar(u) = cos²((u + 0.008) / 1.008 · π/2), its betas capped: Nichol and Dhariwal 2021, equation 17.
  static func cosineBetas(_ count: Int, largest: Double) -> [Double] {
    func alphaBar(_ u: Double) -> Double {
      let c = Double.cos((u + 0.008) / 1.008 * .pi / 2)
      return c * c
    }
    return (0..<count).map { i in
      min(1 - alphaBar(Double(i + 1) / Double(count)) / alphaBar(Double(i) / Double(count)), largest)
    }
  }

  /// Times whose logit is standard normal, as N quantiles at (i + ½)/N, so that a level drawn uniformly from the N is a
  /// time drawn from that distribution. The logit of t is log sigma, so sigma is log-normal: Esser et al. 2024, section
  /// 3.1, with location 0 and scale 1.
  static func logitNormal(_ count: Int, _ times: ClosedRange<Double>) -> Schedule {
    let low = times.lowerBound / (1 - times.lowerBound)
    let high = times.upperBound / (1 - times.upperBound)
    return Schedule(
      sigmas: (0..<count).map { i in
        let sigma = Double.exp(normalQuantile((Double(i) + 0.5) / Double(count)))
        return Float(min(max(sigma, low), high))
      })
  }
}
