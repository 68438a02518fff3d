import Diffusion
import Pictures
import Plot
import TestExperiments
import Testing

@testable import roulade

@Suite("pictures of a run")
struct RunPictureTests {
  private func picture(_ view: RenderedView, isWanted: Bool) -> Scene? {
    var experiment = Experiment.standard
    (experiment.hidden, experiment.data) = ([8], .shape(.moons, count: 100))
    let dataset = experiment.loadData()
    let run = Diffusion.Run(experiment, dataset: dataset, seed: 0, threads: 1)
    return RunPicture(
      view: view, configuration: Configuration(experiment), dataset: dataset, sigma: 0.3, count: 5, seed: 0,
      isLettered: false, isWanted: { isWanted }
    ).scene(run)
  }

  @Test("what takes long is given up when nobody wants it", arguments: [RenderedView.density, .sample, .trails])
  func givenUp(view: RenderedView) {
    #expect(picture(view, isWanted: true) != nil)
    #expect(picture(view, isWanted: false) == nil)
  }

  @Test("samples are seen from a little farther than the data reach, from one place at every step")
  func strays() throws {
    let window = try #require(picture(.sample, isWanted: true)?.window)
    let data = DataSource.shape(.moons, count: 100).load().window(sigma: 0)
    #expect(window.x.range.lowerBound < data.x.range.lowerBound - 0.2)
    #expect(window.y.range.upperBound > data.y.range.upperBound + 0.2)
  }

  @Test("the density is the network's in shades, beneath contours of the exact one")
  func density() throws {
    let scene = try #require(picture(.density, isWanted: true))
    #expect(scene.title == "moons, step 0: density of noisy points, sigma = 0.3")
    #expect(scene.marks.compactMap(\.name) == ["learned density", "exact: 50 % and 90 % within"])
  }
}
