import Diffusion
import Pictures
import Plot
import Testing

@Suite("trails")
struct TrailsTests {
  private let origin = Dataset(name: "origin", points: [.zero])

  @Test("each of the first samples has a line through where it was, and all a point where they have come to")
  func lines() throws {
    let points: [[Point]] = [[[2, 0], [0, 2], [9, 9]], [[1, 0], [0, 1], [9, 9]], [[0, 0], [0, 0], [9, 9]]]
    let scene = samples(of: origin, points: points.last, sigma: 2, trails: points, trailCount: 2, title: "")
    let lines = scene.marks.compactMap { mark -> [Point]? in
      if case .polyline(let line) = mark.shape { line.filter(\.isFinite) } else { nil }
    }
    #expect(lines == [[[2, 0], [1, 0], [0, 2], [0, 1]], [[1, 0], [0, 0], [0, 1], [0, 0]]])
    #expect(scene.marks[0].shade < scene.marks[1].shade)
    guard case .points(let ends, .small) = scene.marks[3].shape else { return #expect(Bool(false)) }
    #expect(ends == [[0, 0], [0, 0], [9, 9]])
    #expect(scene.window.contains([2.9, -2.9]))
  }

  @Test("before there are samples there is nothing but the data")
  func empty() {
    #expect(samples(of: origin, points: nil, sigma: 2, title: "").marks.compactMap(\.name) == ["data"])
  }
}
