import Expect
import RealModule

/// A schedule by name: enough to make it again, and to keep in a file.
package struct ScheduleSettings: Codable, Equatable, Sendable {
  /// Whose formula it is.
  package var kind: ScheduleKind
  /// The number of noise levels N, at least 1; nil draws them from a distribution.
  package var count: Int?
  /// The least and greatest sigma, beta or time, as `kind.bounded` says.
  package var bounds: ClosedRange<Double>
  /// Mean and standard deviation of log sigma, where it is normal.
  package var mean = 0.0
  /// Positive.
  package var deviation = 1.0

  /// With the standard bounds of that kind, and its standard number of levels.
  package init(_ kind: ScheduleKind, bounds: ClosedRange<Double>? = nil) {
    self.init(kind, count: kind.standardCount, bounds: bounds)
  }

  /// - Parameter count: The number of levels; nil draws them from a distribution.
  package init(_ kind: ScheduleKind, count: Int?, bounds: ClosedRange<Double>? = nil) {
    self.kind = kind
    self.count = count
    self.bounds = bounds ?? kind.standardBounds
    if let normal = kind.standardNormal { (mean, deviation) = normal }
  }

  /// Another kind, with its standards, but for the number of levels where it is not the standard one.
  package func of(_ kind: ScheduleKind) -> ScheduleSettings {
    let isStandard = count == self.kind.standardCount || (count == nil && !kind.canBeContinuous)
    return ScheduleSettings(kind, count: isStandard ? kind.standardCount : count)
  }

  /// What is wrong with these settings, in words; nil if nothing is.
  package var problem: String? {
    if let count, !(1...100_000).contains(count) { return "a schedule has 1 to 100000 levels, not \(count)" }
    if count == nil, !kind.canBeContinuous { return "a chain of betas has as many levels as betas: say how many" }
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
    let levels = variances.count == 1 ? "1 level" : "\(variances.count) levels"
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
    guard let count else { return Schedule(continuous) }
    switch kind {
    case .logLinear: return .logLinear(count, bounds)
    case .ddpm, .ldm, .sigmoid, .cosine: return Schedule(betas: betas)
    case .flow: return Schedule(times: linspace(bounds))
    case .logitNormal, .logNormal: return Schedule(sigmas: continuous.quantiles(count))
    }
  }

  /// The distribution that levels are drawn from; nil where they are a list.
  ///
  /// - Precondition: There is no `problem`.
  var distribution: ContinuousLevels? { count == nil ? continuous : nil }

  /// - Precondition: Levels can be drawn from a distribution.
  private var continuous: ContinuousLevels {
    switch kind {
    case .logLinear: return ContinuousLevels(.logUniform, within: bounds)
    case .flow: return ContinuousLevels(.uniformTime, within: sigmaBounds)
    case .logitNormal, .logNormal:
      return ContinuousLevels(.logNormal(mean: mean, deviation: deviation), within: sigmaBounds)
    case .ddpm, .ldm, .sigmoid, .cosine: bug("\(kind) has a list of levels")
    }
  }

  /// The bounds as levels, where they bound no betas.
  private var sigmaBounds: ClosedRange<Double> {
    func sigma(_ t: Double) -> Double { t / (1 - t) }
    return kind.bounded == .time ? sigma(bounds.lowerBound)...sigma(bounds.upperBound) : bounds
  }

  /// The betas of a variance-preserving chain, `[count]`; empty for a schedule that is none.
  private var betas: [Double] {
    switch kind {
    case .ddpm: linspace(bounds)
    case .ldm: linspace(bounds.lowerBound.squareRoot()...bounds.upperBound.squareRoot()).map { $0 * $0 }
    case .sigmoid:
      linspace(-6...6).map { bounds.lowerBound + (bounds.upperBound - bounds.lowerBound) / (1 + .exp(-$0)) }
    case .cosine: Schedule.cosineBetas(count ?? 0, largest: bounds.upperBound)
    case .logLinear, .flow, .logitNormal, .logNormal: []
    }
  }

  private func linspace(_ range: ClosedRange<Double>) -> [Double] {
    let count = count ?? 0
    return (0..<count).map { i in
      range.lowerBound + (range.upperBound - range.lowerBound) * Double(i) / Double(max(count - 1, 1))
    }
  }
}

extension ScheduleSettings {
  /// What had been kept before levels could be drawn from a distribution has neither mean nor deviation.
  package init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    self.init(
      try container.decode(ScheduleKind.self, forKey: .kind),
      count: try container.decodeIfPresent(Int.self, forKey: .count),
      bounds: try container.decode(ClosedRange<Double>.self, forKey: .bounds))
    mean = try container.decodeIfPresent(Double.self, forKey: .mean) ?? mean
    deviation = try container.decodeIfPresent(Double.self, forKey: .deviation) ?? deviation
  }
}
