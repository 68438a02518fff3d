import Expect
import RealModule

/// The noise levels that a sampler steps through. They reach from the greatest level of training, or one that is great
/// enough, down to the least, and mostly on to 0; how they are spaced in between has nothing to do with how often training
/// draws them.
package struct SamplingGrid: Equatable, Hashable, Sendable {
  /// How levels are spread between the ends.
  package var spacing: Spacing
  /// Whether the last step takes all noise away. Otherwise samples keep that of the least level.
  package var endsAtZero: Bool

  /// Without anything said, what suits every schedule.
  package init(_ spacing: Spacing = .automatic, endsAtZero: Bool = true) {
    self.spacing = spacing
    self.endsAtZero = endsAtZero
  }

  /// The noise levels of so many steps, from large to small, `[steps + 1]`.
  ///
  /// - Parameters:
  ///   - steps: 1 or more, that to 0 among them.
  ///   - settings: The levels of training, without a problem.
  package func sigmas(steps: Int, _ settings: ScheduleSettings) -> [Float] {
    expect(steps >= 1, "a sampler takes at least 1 step, not \(steps)")
    let intervals = endsAtZero ? steps - 1 : steps
    let positive = spacing.sigmas(intervals: intervals, settings.schedule)
    return positive + (endsAtZero ? [0] : [])
  }
}

extension SamplingGrid {
  /// Along what levels are equally spaced.
  package enum Spacing: Equatable, Hashable, Sendable {
    /// What was measured to suit every schedule (docs/samplers.md): equal ratios of sigma, from `sufficientSigma` down
    /// where training goes beyond it.
    case automatic
    /// The levels of training themselves, some of them.
    case training
    /// sigma^(1/rho) (Karras et al. 2022, equation 5): the larger rho, the closer are small levels.
    case karras(rho: Double)
    /// The time of flow matching, t = sigma / (sigma + shift) (Esser et al. 2024, equation 23): the larger the shift, the
    /// closer are large levels.
    case uniformTime(shift: Double)
    /// The logarithm of the signal-to-noise ratio, −2·log sigma (Lu et al. 2022).
    case logSNR

    /// One of each, with the usual constants.
    package static let all: [Spacing] = [.automatic, .training, .karras(rho: 7), .uniformTime(shift: 1), .logSNR]

    /// What the command line and files call it.
    package var name: String {
      switch self {
      case .automatic: "auto"
      case .training: "training"
      case .karras: "karras"
      case .uniformTime: "uniform-time"
      case .logSNR: "log-snr"
      }
    }

    /// One line for help and menus.
    package var summary: String {
      switch self {
      case .automatic: "log-snr from sigma \(numberText(Double(Self.sufficientSigma))) at most: best by measurement"
      case .training: "levels of training, the last of each stretch (Lin et al. 2024: trailing)"
      case .karras(let rho): "sigma^(1/rho) equally spaced, rho \(numberText(rho)) (Karras et al. 2022)"
      case .uniformTime(let shift):
        "time sigma / (sigma + shift) equally spaced, shift \(numberText(shift)) (Esser et al. 2024)"
      case .logSNR: "log sigma equally spaced (Lu et al. 2022)"
      }
    }

    /// rho or the shift, if it has one.
    package var constant: Double? {
      switch self {
      case .karras(let rho): rho
      case .uniformTime(let shift): shift
      case .automatic, .training, .logSNR: nil
      }
    }

    /// The same spacing with another constant; itself where it has none.
    package func with(constant: Double) -> Spacing {
      switch self {
      case .karras: .karras(rho: constant)
      case .uniformTime: .uniformTime(shift: constant)
      case .automatic, .training, .logSNR: self
      }
    }

    /// Where the data, which lie in a box about as long as 2, are as good as lost in the noise: steps above it would change
    /// nothing. smalldiffusion's toy example begins here, too.
    static let sufficientSigma: Float = 10

    /// Positive levels from large to small, `[intervals + 1]`; the greatest alone for none.
    fileprivate func sigmas(intervals: Int, _ schedule: Schedule) -> [Float] {
      let (least, greatest) = (schedule.range.lowerBound, schedule.range.upperBound)
      switch self {
      case .automatic:
        let start = least < Self.sufficientSigma ? min(greatest, Self.sufficientSigma) : greatest
        return Self.logarithmic(intervals, start, least)
      case .training: return intervals == 0 ? [greatest] : schedule.trailingSigmas(steps: intervals)
      case .karras(let rho):
        return Self.spaced(intervals, greatest, least, { .pow($0, 1 / rho) }, { .pow($0, rho) })
      case .uniformTime(let shift):
        return Self.spaced(intervals, greatest, least, { $0 / ($0 + shift) }, { shift * $0 / (1 - $0) })
      case .logSNR: return Self.logarithmic(intervals, greatest, least)
      }
    }

    private static func logarithmic(_ intervals: Int, _ greatest: Float, _ least: Float) -> [Float] {
      spaced(intervals, greatest, least, { .log($0) }, { .exp($0) })
    }

    /// Levels equally spaced along a coordinate, the ends as they are.
    private static func spaced(
      _ intervals: Int, _ greatest: Float, _ least: Float, _ coordinate: (Double) -> Double,
      _ sigma: (Double) -> Double
    ) -> [Float] {
      guard intervals > 0 else { return [greatest] }
      let (start, end) = (coordinate(Double(greatest)), coordinate(Double(least)))
      return (0...intervals).map { k in
        if k == 0 { return greatest }
        if k == intervals { return least }
        return Float(sigma(start + (end - start) * Double(k) / Double(intervals)))
      }
    }
  }
}

extension Schedule {
  /// Levels of the schedule, from large to small, `[steps + 1]`.
  ///
  /// The spacing is "trailing" (Lin et al. 2024, "Common diffusion noise schedules and sample steps are flawed", table
  /// 2): indices `round(N·(1 − k/steps)) − 1` for k = 0..<steps, halves to even, and then index 0. With more steps than
  /// levels, some levels repeat and a step between equals changes nothing. A continuous schedule has the levels at these shares of its
  /// distribution.
  package func trailingSigmas(steps: Int) -> [Float] {
    expect(steps >= 1, "a sampler takes at least 1 step, not \(steps)")
    if let continuous {
      // The ends as they are.
      return (0...steps).map { k in
        k == 0
          ? range.upperBound
          : k == steps ? range.lowerBound : Float(continuous.sigma(at: 1 - Double(k) / Double(steps)))
      }
    }
    let trailing = (0..<steps).map { k in
      let index = Double(sigmas.count) * (1 - Double(k) / Double(steps))
      return sigmas[max(Int(index.rounded(.toNearestOrEven)) - 1, 0)]
    }
    return trailing + [sigmas[0]]
  }
}
