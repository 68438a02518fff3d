import Diffusion
import Pictures
import Plot
import Testing

@Suite("one step")
struct OneStepTests {
  private struct Shift: Denoiser {
    let by: Point
    func epsilon(x: [Point], sigma: [Float]) -> [Point] { x.map { _ in by } }
  }

  private func scene(_ comparison: Comparison) -> Scene {
    let noisy: [Point] = [[0.5, 0.5]]
    return oneStep(
      of: Dataset(name: "origin", points: [.zero]), sigma: 0.5, window: .plane(radius: 1), noisy: noisy,
      learned: Estimates(of: noisy, sigma: 0.5, by: Shift(by: [1, 0])),
      ideal: Estimates(of: noisy, sigma: 0.5, by: Shift(by: [1, 1])), comparison: comparison)
  }

  @Test("learned arrows, with crosses where the ideal's end; the ideal's; from the ideal's ends to the learned ones")
  func comparisons() {
    func arrow(_ comparison: Comparison) -> [Point] {
      for case .arrows(let tails, let tips) in scene(comparison).marks.map(\.shape) { return tails + tips }
      return []
    }
    #expect(arrow(.learned) == [[0.5, 0.5], [0, 0.5]] && arrow(.both) == arrow(.learned))
    #expect(arrow(.ideal) == [[0.5, 0.5], [0, 0]])
    #expect(arrow(.difference) == [[0, 0], [0, 0.5]])
    #expect(scene(.learned).marks.compactMap(\.name) == ["estimate", "data", "noisy"])
    #expect(scene(.both).marks.compactMap(\.name) == ["learned estimate", "data", "noisy", "ideal"])
    #expect(scene(.difference).marks.compactMap(\.name) == ["to the learned", "data", "ideal"])
  }

  @Test("the data lie over the arrows, and whole")
  func data() {
    let noisy: [Point] = [[0.9, 0.3]]
    let line = (0...200).map { Point(-1 + 0.01 * Float($0), 0) }
    let scene = oneStep(
      of: Dataset(name: "line", points: line), sigma: 0.5, window: .plane(radius: 1), noisy: noisy,
      learned: Estimates(of: noisy, sigma: 0.5, by: Shift(by: [0.6, 1.4])), ideal: nil)
    let grid = BrailleRenderer().render(scene, columns: 20, rows: 10)
    let row = (0..<10).first { grid[0, $0].ink == .data && grid[0, $0].glyph != " " } ?? 0
    #expect((0..<20).allSatisfy { grid[$0, row].ink == .data && grid[$0, row].glyph == grid[0, row].glyph })
  }

  @Test("a difference is that of the same points alone")
  func stale() {
    let (now, before): ([Point], [Point]) = ([[0.5, 0.5]], [[0.4, 0.5]])
    let scene = oneStep(
      of: Dataset(name: "origin", points: [.zero]), sigma: 0.5, window: .plane(radius: 1), noisy: now,
      learned: Estimates(of: now, sigma: 0.5, by: Shift(by: [1, 0])),
      ideal: Estimates(of: before, sigma: 0.5, by: Shift(by: [1, 1])), comparison: .difference)
    #expect(!scene.marks.contains { $0.name == "to the learned" })
  }
}
