import Diffusion
import Testing

@Suite("Bounds of estimates")
struct EstimateBoundsTests {
  /// Says the same of every point.
  private struct Constant: Denoiser {
    let epsilon: Point
    func epsilon(x: [Point], sigma: [Float]) -> [Point] { x.map { _ in epsilon } }
  }

  private static let dataset = Dataset(name: "two", points: [Point(-1, 0), Point(1, 0.5)])

  private func sample(_ epsilon: Point, margin: Double?, _ sampler: Sampler = .ddim) -> Sampling {
    let settings = SampleSettings(sampler: sampler, margin: margin)
    var random = Random(seed: 1)
    var sampling = Sampling(
      settings, schedule: ScheduleSettings(.logLinear, bounds: 0.01...2), dataset: Self.dataset,
      noise: random.normals(50))
    sampling.finish(Constant(epsilon: epsilon), using: &random)
    return sampling
  }

  @Test("a network that is far wrong throws no sample out of the box and its margin, and this is counted")
  func acts() {
    for sampler in [Sampler.ddim, .heun, .dpmSolver] {
      let bounded = sample(Point(80, 0), margin: 0.1, sampler)
      let isWithin = bounded.x.allSatisfy { abs($0.x) < 1.21 && $0.y > -0.21 && $0.y < 0.71 }
      #expect(isWithin)
      #expect(bounded.boundedSamples == 50)
      #expect(sample(Point(80, 0), margin: nil, sampler).x.contains { abs($0.x) > 10 })
    }
  }

  @Test("an estimate within the box is left alone to the bit; what is not finite stays so")
  func rests() {
    let (free, bounded) = (sample(Point(0.1, 0), margin: nil), sample(Point(0.1, 0), margin: 100))
    #expect(free.x == bounded.x && bounded.boundedSamples == 0)
    #expect(sample(Point(.nan, 0), margin: 0.1).x.allSatisfy { $0.x.isNaN })
  }
}
