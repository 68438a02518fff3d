import Pictures
import Plot
import Testing

@Suite("loss curve")
struct LossCurveTests {
  @Test("the loss is drawn on a log axis when it falls far, with a mean when there are steps enough")
  func loss() {
    let fallen = lossCurve((0..<100).map { 1000 / Double($0 + 1) })
    #expect(fallen.window.y.scale == .log)
    #expect(fallen.marks.map(\.name) == ["each step", "mean of 12 steps"])
    #expect(lossCurve([4730, 4720, 3030]).window.y.scale == .linear)
    #expect(lossCurve([4730]).marks.map(\.name) == ["each step"])
    #expect(lossCurve([]).marks.count == 1)
    #expect(lossCurve([1, .nan, .infinity, 0]).window.y.range.lowerBound == 0)
  }

  @Test("a long run is outlined by its extremes")
  func outline() throws {
    var losses = (0..<20_000).map { _ in 5.0 }
    (losses[7_000], losses[13_001]) = (1, 9)
    let mark = try #require(lossCurve(losses).marks.first)
    guard case .polyline(let points) = mark.shape else { throw CancellationError() }
    #expect(points.count <= 1600)
    #expect(points.contains([7_001, 1]) && points.contains([13_002, 9]))
    #expect(zip(points, points.dropFirst()).allSatisfy { $0.x <= $1.x })
  }
}
