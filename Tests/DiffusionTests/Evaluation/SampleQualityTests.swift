import Testing

@testable import Diffusion

@Suite("Sample quality")
struct SampleQualityTests {
  static let data = Dataset.swissRoll(count: 5000)

  @Test("the data themselves are perfect, and copies")
  func data() {
    let quality = QualityMeter(SampleQualityTests.data.points, count: 1000, seed: 1).measure(
      SampleQualityTests.data.points)
    #expect(quality.slicedWasserstein < 1e-5 && quality.meanDistance == 0 && quality.distance95 == 0)
    #expect(quality.coverage == 1 && quality.copies == 1 && quality.lost == 0)
  }

  @Test("a shift moves all mass by the mean of its cosine, 2/π of its length")
  func shift() {
    let shifted = SampleQualityTests.data.points.map { $0 + Point(3, 0) }
    let quality = QualityMeter(SampleQualityTests.data.points, count: 1000, seed: 1).measure(shifted)
    #expect(abs(quality.slicedWasserstein - 6 / .pi) < 0.003)
    #expect(quality.meanDistance > 1 && quality.coverage == 0 && quality.copies < 0.2)
  }

  @Test("fresh draws of the same distribution cover 97 %, draws of a half of it about half")
  func coverage() {
    var random = Random(seed: 3)
    let meter = QualityMeter(random.normals(4000), count: 1000, seed: 1)
    let fresh = meter.measure(random.normals(1000))
    #expect(abs(fresh.coverage - 0.97) < 0.02)
    #expect(fresh.slicedWasserstein < 0.08)
    let half = meter.measure(random.normals(1000).map { Point(abs($0.x), $0.y) })
    #expect(abs(half.coverage - 0.55) < 0.07)
    #expect(abs(half.slicedWasserstein - 0.5) < 0.15)
  }

  @Test("distances are those from the curve, and copies are told from points between")
  func distances() {
    let grid = (0..<100).map { Point(Float($0), 0) }
    let meter = QualityMeter(grid, count: 100, seed: 1)
    // A tenth beside a data point is a copy, halfway between two is none.
    let samples = (0..<50).map { Point(Float($0) + 0.1, 0) } + (50..<90).map { Point(Float($0) + 0.5, 0) }
    let quality = meter.measure(samples + [Point(0, 10), Point(.nan, 0), Point(0, .infinity)])
    #expect(abs(quality.copies - 50 / 91) < 1e-5 && quality.lost == 2)
    #expect(abs(quality.meanDistance - (5 + 20 + 10) / 91) < 1e-4)
    #expect(quality.distance95 == 0.5)
  }

  @Test("a copy of a data point that the data hold twice is a copy")
  func duplicates() {
    let grid = (0..<50).map { Point(Float($0), 0) }
    let meter = QualityMeter(grid + grid, count: 100, seed: 1)
    #expect(meter.measure(grid).copies == 1)
  }

  @Test("one data point, one sample and no finite sample are all judged")
  func extremes() {
    let one = QualityMeter([Point(1, 0)], count: 100, seed: 1)
    let quality = one.measure([Point(1, 2)])
    #expect(quality.meanDistance == 2 && quality.copies == 1)
    #expect(one.measure([]).meanDistance.isNaN)
    #expect(one.measure([Point(.nan, 0)]).lost == 1)
    let far = one.measure([Point(3e38, 0)])
    #expect(far.meanDistance.isFinite && far.slicedWasserstein.isFinite)
  }
}

@Suite("Prior mismatch")
struct PriorMismatchTests {
  @Test("the divergence is that of the two Gaussians")
  func divergence() {
    // Covariance diag(1, 0), mean (0, 2): at sigma = 2, KL = ½(¼ + 1 − log 1.25).
    let data = Dataset(name: "two", points: [Point(-1, 2), Point(1, 2)])
    let mismatch = PriorMismatch(data, schedule: ScheduleSettings(.logLinear).schedule)
    #expect(abs(mismatch.divergence - 0.5 * (1.25 - 0.223_143_55)) < 1e-5)
    #expect(mismatch.warning != nil)
  }

  @Test("the seed program's sigma max suits its roll; a smaller one is said to be too small")
  func words() throws {
    let data = Dataset.swissRoll(count: 1000)
    #expect(PriorMismatch(data, schedule: ScheduleSettings(.logLinear).schedule).warning == nil)
    let small = PriorMismatch(data, schedule: ScheduleSettings(.logLinear, bounds: 0.002...0.5).schedule)
    #expect(try #require(small.warning).hasPrefix("sigma max 0.5 is too small; take 1."))
    let enough = ScheduleSettings(.logLinear, bounds: 0.002...Double(small.sufficientSigma)).schedule
    #expect(PriorMismatch(data, schedule: enough).warning == nil && small.sufficientSigma < 2)
  }
}
