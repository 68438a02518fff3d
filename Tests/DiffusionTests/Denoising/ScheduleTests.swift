import Testing

@testable import Diffusion

@Suite("Schedule")
struct ScheduleTests {
  static let cases: [(String, ScheduleSettings)] = [
    ("loglinear_400", ScheduleSettings(.logLinear, count: 400)),
    ("loglinear_50", ScheduleSettings(.logLinear, count: 50, bounds: 0.02...10)),
    ("ddpm_50", ScheduleSettings(.ddpm, count: 50)),
    ("ldm_50", ScheduleSettings(.ldm, count: 50)),
    ("sigmoid_50", ScheduleSettings(.sigmoid, count: 50)),
    ("cosine_50", ScheduleSettings(.cosine, count: 50)),
  ]

  @Test("levels and sampling steps match smalldiffusion", arguments: cases)
  func parity(name: String, settings: ScheduleSettings) throws {
    let reference = try Reference("schedules")[name]
    let schedule = settings.schedule
    let exact = reference["sigmas_float64"].doubles
    #expect(schedule.sigmas.count == exact.count)
    #expect(zip(schedule.sigmas, exact).allSatisfy { abs(Double($0) / $1 - 1) < 1e-7 })
    for steps in [7, 20] {
      let indices = reference["sample_sigmas", "\(steps)", "indices"].ints
      #expect(schedule.trailingSigmas(steps: steps) == indices.map { schedule.sigmas[$0] })
    }
  }

  @Test("every kind ascends, is positive and finite, and its settings survive coding", arguments: ScheduleKind.allCases)
  func facts(kind: ScheduleKind) throws {
    for count in [1, 2, 3, 400, 1000] {
      let settings = ScheduleSettings(kind, count: count)
      #expect(settings.problem == nil)
      let sigmas = settings.schedule.sigmas
      #expect(sigmas.count == count)
      #expect(zip(sigmas, sigmas.dropFirst()).allSatisfy { $0 <= $1 })
      #expect(try recoded(settings) == settings)
    }
  }

  @Test("flow time t is sigma = t/(1 − t)")
  func flow() {
    let sigmas = ScheduleSettings(.flow, count: 3, bounds: 0.25...0.75).schedule.sigmas
    #expect(sigmas == [1 / 3, 1, 3])
  }

  @Test("logit-normal levels have the quartiles, mean and spread of a log-normal sigma")
  func logitNormal() {
    let sigmas = ScheduleSettings(.logitNormal, count: 1000).schedule.sigmas.map { Double($0) }
    let logs = sigmas.map { Double.log($0) }
    #expect(abs(logs.reduce(0, +) / 1000) < 1e-6)
    #expect(abs(logs.map { $0 * $0 }.reduce(0, +) / 1000 - 1) < 0.01)
    #expect(abs(logs[249] + 0.6745) < 0.002)
    #expect(abs(normalQuantile(0.975) - 1.959_963_984_540_054) < 1e-12)
  }

  @Test("more sampling steps than levels repeat levels and end at the smallest")
  func manySteps() {
    let sigmas = ScheduleSettings(.logLinear, count: 5).schedule.trailingSigmas(steps: 20)
    #expect(sigmas.count == 21)
    #expect(zip(sigmas, sigmas.dropFirst()).allSatisfy { $0 >= $1 })
    #expect(sigmas.first == 2 && sigmas.last == 0.002)
  }

  @Test(
    "settings out of range say so in words",
    arguments: [
      ScheduleSettings(.logLinear, count: 0), ScheduleSettings(.logLinear, bounds: 0...1),
      ScheduleSettings(.ddpm, bounds: 0...0.02), ScheduleSettings(.flow, bounds: 0.1...1),
    ])
  func problems(settings: ScheduleSettings) {
    #expect(settings.problem != nil)
  }

  @Test("settings without a problem give levels that do not fall, within what single precision bears")
  func everyCombination() {
    let bounds: [ClosedRange<Double>] = [
      1e-300...1e-200, 0...1e-12, 1e-9...1e-9, 1e-6...1e-6, 1e-4...0.02, 1e-4...0.5, 0.0001...0.999, 0.5...0.999,
      0.9...0.999, 0.999...0.999, 0.001...0.999999, 1...1e6, -1...1, 0...Double.infinity,
    ]
    var accepted = 0
    for kind in ScheduleKind.allCases {
      for count in [-1, 0, 1, 2, 7, 400, 5000, 100_000, 100_001] {
        for bounds in bounds {
          let settings = ScheduleSettings(kind, count: count, bounds: bounds)
          // The quantiles of very many levels take long, and are kept within the bounds.
          guard !(kind.standardNormal != nil && count > 5000), settings.problem == nil else { continue }
          accepted += 1
          let sigmas = settings.schedule.sigmas
          #expect(sigmas.count == count && sigmas[0] >= 0.999e-6 && sigmas[count - 1] <= 1.001e6, "\(settings)")
          #expect(zip(sigmas, sigmas.dropFirst()).allSatisfy { $0 <= $1 }, "\(settings)")
        }
      }
    }
    #expect(accepted > 100)
  }

  @Test(
    "levels that leave what sigma may be are refused, with what helps",
    arguments: [
      (
        ScheduleSettings(.ddpm, count: 100_000),
        "100000 levels of ddpm with beta up to 0.02 end at sigma infinity, but 1e6 is the most; take fewer levels or a "
          + "smaller greatest beta"
      ),
      (
        ScheduleSettings(.ddpm, count: 400, bounds: 1e-4...0.2),
        "400 levels of ddpm with beta up to 0.2 end at sigma 2.1699679e+09, but 1e6 is the most; take fewer levels or a "
          + "smaller greatest beta"
      ),
      (
        ScheduleSettings(.cosine, count: 1, bounds: 0...1e-20),
        "1 level of cosine with beta up to 1e-20 begin at sigma 1e-10, but 1e-6 is the least; take fewer levels or a "
          + "larger beta"
      ),
    ])
  func outgrown(settings: ScheduleSettings, problem: String) {
    #expect(settings.problem == problem)
  }
}
