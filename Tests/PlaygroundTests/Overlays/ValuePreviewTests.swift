import Diffusion
import Interface
import Plot
import Terminal
import Testing

@testable import Playground

@Suite("what a value would be, before it is taken")
struct ValuePreviewTests {
  /// The ways of the samples in a picture: where each begins, and how many places it has been at.
  private func ways(_ scene: Scene) -> (starts: [Point], places: Int) {
    let lines = scene.marks.compactMap { mark -> [Point]? in
      if case .polyline(let line) = mark.shape { line } else { nil }
    }
    let ways = lines.first?.split { !$0.isFinite } ?? []
    return (ways.compactMap(\.first), lines.map { $0.count { $0.isFinite } }.reduce(0, +))
  }

  /// Where the samples come to.
  private func ends(_ scene: Scene) -> [Point] {
    for mark in scene.marks where mark.name == "samples" {
      if case .points(let points, _) = mark.shape { return points }
    }
    return []
  }

  @Test("the list of samplers shows what the marked one does, and takes it only with Enter")
  func list() throws {
    var app = makeApp()
    app.press("s/sampler")
    _ = app.update(.key(.enter))
    _ = app.update(.key(.enter))
    let overlay = try #require(app.overlays.last as? ValueOverlay)
    #expect(overlay.parameter.key == "sampler")
    func shown(_ app: App) -> String? {
      app.overlays.last?.draw(app.world, in: Rectangle(columns: 76, rows: 15)).scenes.first?.scene.title
    }
    let present = app.world.sampling.sampler
    #expect(shown(app) == present.name)
    app.press("heun-churn")
    #expect(shown(app) == "heun-churn" && app.world.sampling.sampler == present)
    for _ in "heun-churn" { _ = app.update(.key(.backspace)) }
    app.press("ddpm")
    #expect(shown(app) == "ddpm" && app.cells().shows("▸ ddpm"))
    _ = app.update(.key(.enter))
    #expect(app.world.sampling.sampler.name == "ddpm")
  }

  @Test("every sampler leads the same noise to the data on ways of its own")
  func samplers() throws {
    let world = makeWorld()
    let margin = 0.15 as Float
    var pictures: [[Point]] = []
    for sampler in Sampler.all {
      var configuration = world.configuration
      configuration.sampling.sampler = sampler
      configuration.sampling.steps = 20
      let scene = try #require(ValuePreview(of: Parameter.named("sampler"), configuration).picture)
      let (starts, places) = ways(scene)
      #expect(scene.title == sampler.name && starts.count == 6 && places > 6 * 10)
      if let first = pictures.first { #expect(starts == Array(first.prefix(6))) }
      let ends = ends(scene)
      #expect(ends.count == 6)
      for end in ends {
        let nearest = world.dataset.points.map { ($0 - end).lengthSquared }.min() ?? .infinity
        #expect(nearest < margin * margin, "\(sampler.name)")
      }
      pictures.append(starts + ends)
    }
    #expect(Set(pictures.map { "\($0)" }).count == Sampler.all.count)
  }

  @Test("more steps are more places on the way")
  func steps() throws {
    var configuration = makeWorld().configuration
    let places = try [5, 20].map { steps in
      configuration.sampling.steps = steps
      return ways(try #require(ValuePreview(of: Parameter.named("sampler-steps"), configuration).picture)).places
    }
    #expect(places[1] > 2 * places[0])
  }
}
