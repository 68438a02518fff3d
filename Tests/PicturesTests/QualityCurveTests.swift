import Diffusion
import Pictures
import Plot
import Testing

@Suite("quality curve")
struct QualityCurveTests {
  private let origin = Dataset(name: "origin", points: [.zero])

  @Test("a line for each sampler that has points, in the order of evaluations, with its number at each")
  func lines() {
    let points = [
      QualityPoint(sampler: "ddim", evaluations: 8, distance: 0.1),
      QualityPoint(sampler: "ddim", evaluations: 2, distance: 0.5),
      QualityPoint(sampler: "heun", evaluations: 3, distance: .nan),
    ]
    let scene = qualityCurve(of: origin, points, samplers: ["ddpm", "ddim", "heun"], title: "")
    #expect(scene.marks.compactMap(\.name) == ["best of the ideal", "2 ddim", "3 heun"])
    guard case .polyline(let line) = scene.marks[1].shape else { return #expect(Bool(false)) }
    #expect(line == [[2, 0.5], [8, 0.1]])
    let digits = scene.marks.compactMap { mark -> String? in
      if case .text(let text, _) = mark.shape { text } else { nil }
    }
    #expect(digits == ["2", "2", "3"])
  }

  @Test("before anything is measured there are axes")
  func empty() {
    let scene = qualityCurve(of: origin, [], samplers: ["ddim"], title: "")
    #expect(scene.window.x.range.contains(128) && BrailleRenderer().render(scene, columns: 20, rows: 5).rows == 5)
  }
}
