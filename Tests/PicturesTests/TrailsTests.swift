import Diffusion
import Pictures
import Plot
import Testing

@Suite("trails")
struct TrailsTests {
  private let origin = Dataset(name: "origin", points: [.zero])

  @Test(
    "some of the samples, from all around, have a line through where they were; all a point where they have come to")
  func lines() throws {
    let noise: [Point] = [[2, 0], [0, 2], [-2, 0], [0, -2]]
    let points = [noise, noise.map { $0 / 2 }, noise.map { 0 * $0 }]
    let scene = samples(of: origin, points: points.last, sigma: 2, trails: points, trailCount: 2, title: "")
    let lines = scene.marks.compactMap { mark -> [Point]? in
      if case .polyline(let line) = mark.shape { line.filter(\.isFinite) } else { nil }
    }
    #expect(lines == [[[0, -2], [0, -1], [0, 2], [0, 1]], [[0, -1], [0, 0], [0, 1], [0, 0]]])
    #expect(scene.marks[0].shade < scene.marks[1].shade)
    guard case .points(let ends, .small) = scene.marks[3].shape else { return #expect(Bool(false)) }
    #expect(ends == points[2])
    #expect(scene.window.contains([2.9, -2.9]))
  }

  @Test("the picture holds nearly all points that have to fit in, not the farthest, and never less than the data")
  func window() {
    let near = (0..<99).map { Point(Float($0) / 30, -1) }
    func holds(_ point: Point, _ fitting: [Point]) -> Bool {
      samples(of: origin, points: nil, sigma: 0, fitting: fitting, title: "").window.contains(point)
    }
    #expect(holds([3.1, -3.1], near + [Point(1e6, 0), Point(.nan, 0)]) && !holds([5, 0], near + [Point(1e6, 0)]))
    #expect(holds([0.04, 0], []) && holds([0.04, 0], [.zero]) && !holds([0.1, 0], [.zero]))
  }

  @Test("before there are samples there is nothing but the data")
  func empty() {
    #expect(samples(of: origin, points: nil, sigma: 2, title: "").marks.compactMap(\.name) == ["data"])
  }
}
