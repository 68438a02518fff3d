import Diffusion
import Pictures
import Plot
import Testing

@Suite("denoising step")
struct DenoisingStepTests {
  @Test("the denoising step keeps small noise, and its arrows end at the estimates")
  func denoising() throws {
    struct Unit: Denoiser {
      func epsilon(x: [Point], sigma: [Float]) -> [Point] { x.map { _ in [1, 0] } }
    }
    let schedule = Schedule(sigmas: [0.25, 2])
    var random = Random(seed: 1)
    let scene = denoisingStep(
      Unit(), dataset: Dataset(name: "origin", points: [.zero]), schedule: schedule, using: &random)
    #expect(scene.marks.map(\.name) == ["noisy", "clean", "noisy to estimate"])
    guard case .points(let noisy, _) = scene.marks[0].shape, case .points(let clean, _) = scene.marks[1].shape,
      case .arrows(let tails, let tips) = scene.marks[2].shape
    else { throw CancellationError() }
    #expect(noisy.count == clean.count && (800...1200).contains(noisy.count))
    #expect(noisy.allSatisfy { abs($0.x) < 1.5 })
    #expect(tails == Array(noisy.prefix(100)))
    #expect(tips == tails.map { $0 - [0.25, 0] })
  }
}
