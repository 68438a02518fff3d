import Diffusion
import Playground
import Testing

@Suite("noisy points")
struct NoisyPointsTests {
  let dataset = Experiment.standard.loadData()
  let density = NoisyPoints.Density(row: 0.13, rows: 20)

  @Test(
    "they lie in the window, apart from each other, and with little noise there are some, too",
    arguments: [0.002, 0.1, 0.5, 2])
  func clear(sigma: Double) {
    let noise = NoisyPoints(of: dataset)
    let points = noise.points(density, sigma: sigma)
    #expect(points.count >= 8 && points.count <= density.count, "\(points.count)")
    #expect(points.allSatisfy(noise.window(sigma: sigma).contains))
    for (i, point) in points.enumerated() {
      #expect(points[..<i].allSatisfy { ($0 - point).lengthSquared > density.clearance * density.clearance })
    }
  }

  @Test("where there is noise enough, all have an arrow that can be seen, and none stands on the data")
  func long() {
    let ideal = IdealDenoiser(dataset)
    let points = NoisyPoints(of: dataset).points(density, sigma: 0.3)
    for (x, x0) in zip(points, ideal.x0(x: points, sigma: 0.3)) {
      #expect((x - x0).lengthSquared.squareRoot() > 0.9 * density.length)
    }
    #expect(points.allSatisfy { x in dataset.points.allSatisfy { ($0 - x).lengthSquared > 0.09 * 0.09 } })
  }

  @Test("the same x0 and epsilon at every sigma: a point moves along its own line")
  func scrubbing() {
    let noise = NoisyPoints(of: dataset)
    for sigma in [0.1, 0.3] {
      let all = zip(noise.x0, noise.epsilon).map { $0 + Float(sigma) * $1 }
      #expect(noise.points(density, sigma: sigma).allSatisfy(all.contains))
    }
  }

  @Test("a larger picture has more of them, and the same sigma the same")
  func larger() {
    let noise = NoisyPoints(of: dataset)
    let many = noise.points(NoisyPoints.Density(row: 0.05, rows: 56), sigma: 0.2)
    #expect(many.count > noise.points(density, sigma: 0.2).count)
    #expect(noise.points(density, sigma: 0.2) == NoisyPoints(of: dataset).points(density, sigma: 0.2))
  }

  @Test("of a single data point, too")
  func single() {
    let noise = NoisyPoints(of: Dataset(name: "one", points: [[3, 4]]))
    #expect(!noise.points(density, sigma: 0.5).isEmpty && noise.window(sigma: 0.5).contains([3, 4]))
  }
}
