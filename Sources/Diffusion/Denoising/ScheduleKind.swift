/// The families of noise schedules. All are turned into sigmas at once; see `Schedule` for how the axes correspond.
package enum ScheduleKind: String, CaseIterable, Codable, Sendable {
  case logLinear = "log-linear"
  case ddpm
  case ldm
  case sigmoid
  case cosine
  case flow
  case logitNormal = "logit-normal"
  case logNormal = "log-normal"

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
    case .logNormal: "log sigma normal (Karras et al. 2022, EDM)"
    }
  }

  /// What the two bounds of `ScheduleSettings` bound.
  package enum Bounded: String, Sendable {
    case sigma, beta, time
  }

  /// What the bounds of this kind bound.
  package var bounded: Bounded {
    switch self {
    case .logLinear, .logNormal: .sigma
    case .ddpm, .ldm, .sigmoid, .cosine: .beta
    case .flow, .logitNormal: .time
    }
  }

  /// The bounds of the paper, or for log-linear those of the seed program. Those of time keep clear of sigma = 0 and of
  /// sigma = ∞; those of logit-normal have all but 4e-6 of the levels between them, as EDM's have.
  package var standardBounds: ClosedRange<Double> {
    switch self {
    case .logLinear: 0.002...2
    case .ddpm, .sigmoid: 0.0001...0.02
    case .ldm: 0.00085...0.012
    case .cosine: 0...0.999
    case .flow: 0.001...0.999
    case .logitNormal: 0.01...0.99
    case .logNormal: 0.002...80
    }
  }

  /// The number of levels of the paper, or for log-linear and cosine that of the seed program; nil where levels are drawn
  /// from a distribution.
  package var standardCount: Int? {
    switch self {
    case .logLinear, .cosine: 400
    case .ddpm, .ldm, .sigmoid: 1000
    case .flow, .logitNormal, .logNormal: nil
    }
  }

  /// Whether levels can be drawn from a distribution: a chain has a list of them.
  package var canBeContinuous: Bool { bounded != .beta }

  /// Mean and standard deviation of log sigma: EDM's P_mean and P_std, Esser et al.'s location and scale; nil where
  /// log sigma is not normal.
  package var standardNormal: (mean: Double, deviation: Double)? {
    switch self {
    case .logitNormal: (0, 1)
    case .logNormal: (-1.2, 1.2)
    case .logLinear, .ddpm, .ldm, .sigmoid, .cosine, .flow: nil
    }
  }
}
