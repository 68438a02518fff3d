import Diffusion
import Pictures
import Plot
import Testing

@Suite("field and density")
struct FieldArrowsTests {
  /// Leads to the origin.
  private struct ToOrigin: Denoiser {
    func epsilon(x: [Point], sigma: [Float]) -> [Point] { zip(x, sigma).map { $0 / $1 } }
  }
  private let origin = Dataset(name: "origin", points: [.zero])

  @Test(
    "an arrow leads from every place to its estimate, but no farther than to the next; where there is no way, a dot")
  func arrows() {
    let field = VectorField([[2, 0], [0, 0.3], [0.01, 0]], sigma: 0.5, by: ToOrigin())
    #expect(field.vectors == [[-2, 0], [0, -0.3], [-0.01, 0]])
    let scene = fieldArrows(
      of: origin, title: "", window: .plane(radius: 1), field, ink: .arrow, spacing: 1)
    func arrows(_ shade: Float) -> [Point] {
      for mark in scene.marks where mark.shade == Shade(shade) {
        if case .directions(let tails, let tips) = mark.shape { return tails + tips }
      }
      return []
    }
    #expect(arrows(1) == [[2, 0], [1.1, 0]])
    #expect(arrows(0.5) == [[0, 0.3], [0, 0]])
    guard case .points(let still, _) = scene.marks[0].shape else { return #expect(Bool(false)) }
    #expect(still == [[0.01, 0]])
  }

  @Test("a difference is that of the same places alone")
  func difference() {
    struct Still: Denoiser {
      func epsilon(x: [Point], sigma: [Float]) -> [Point] { x.map { _ in .zero } }
    }
    let learned = VectorField([[1, 0]], sigma: 1, by: Still())
    let ideal = VectorField([[1, 0]], sigma: 1, by: ToOrigin())
    #expect(learned.difference(from: ideal)?.vectors == [[1, 0]])
    #expect(learned.difference(from: ideal)?.meanLength == 1)
    #expect(learned.difference(from: VectorField([[1, 1]], sigma: 1, by: Still())) == nil)
  }

  @Test("of one Gaussian, the contours that hold 90 % and 50 % are circles of radius sigma·√(−2·ln(1 − share))")
  func density() throws {
    let ideal = IdealDenoiser(origin)
    let sigma: Float = 0.3
    var random = Random(seed: 1)
    let logs = Densities.logs(of: random.normals(20_000).map { sigma * $0 }, sigma: sigma, ideal: ideal)
    let map = try #require(
      DensityMap(.plane(radius: 1), columns: 101) { ideal.logDensity(x: $0, sigma: sigma) })
    let scene = Pictures.density(
      of: origin, sigma: 0.3, window: .plane(radius: 1), Densities(exact: map, logs: logs))
    guard case .polyline(let line) = try #require(scene.marks.last).shape else { return #expect(Bool(false)) }
    let radii = line.filter(\.isFinite).map { $0.lengthSquared.squareRoot() }
    for radius: Float in [0.3 * 2.146, 0.3 * 1.1774] {
      #expect(radii.contains { abs($0 - radius) < 0.01 })
    }
    #expect(radii.allSatisfy { abs($0 - 0.6438) < 0.015 || abs($0 - 0.3532) < 0.015 })
    // Half of the noise is less dense than where the inner circle is.
    guard case .raster(let raster) = scene.marks[0].shape else { return #expect(Bool(false)) }
    #expect(raster.shade(at: [0, 0]) == .full && raster.shade(at: [0.3532, 0]) == Shade(0.5))
    #expect(raster.shade(at: [0.95, 0.95]) == .none && raster.shade(at: [0, -0.6]) == raster.shade(at: [0, 0.6]))
  }

  @Test("a denoiser's own density by its flow is the exact one, where it is the ideal denoiser")
  func flow() throws {
    let points: [Point] = [[0, 0], [0.1, 0.2], [-0.4, 0.3]]
    let ideal = IdealDenoiser(origin)
    let exact = ideal.logDensity(x: points, sigma: 0.3)
    let own = try #require(Likelihood.logDensity(of: points, under: ideal, sigmas: 0.3...10, steps: 40))
    for (a, b) in zip(exact, own) { #expect(abs(a - b) < 1e-3) }
    #expect(Likelihood.logDensity(of: points, under: ideal, sigmas: 0.3...10, isWanted: { false }) == nil)
  }

  @Test("a field for a file covers the window evenly")
  func cover() {
    let window = Window.plane(fitting: [[-1, -0.5], [1, 0.5]], margin: 0)
    let field = VectorField(over: window, columns: 4, sigma: 1, by: ToOrigin())
    #expect(field.x.count == 8 && field.x[0] == [-0.75, -0.25] && field.x[7] == [0.75, 0.25])
    #expect(field.vectors.first == [0.75, 0.25])
  }

  @Test("a mesh has as many lines across as down, and reaches twice as far as the noise")
  func mesh() {
    let mesh = noiseMesh(sigma: 2, lines: 3, points: 5)
    #expect(mesh.count == 6 && mesh[0] == [[-4, -4], [-2, -4], [0, -4], [2, -4], [4, -4]])
    #expect(mesh[1].map(\.x) == [-4, -4, -4, -4, -4] && mesh[1].map(\.y) == [-4, -2, 0, 2, 4])
  }
}
