import ArgumentParser
import Diffusion
import Pictures
import Plot

/// What `roulade render` draws of a run.
enum RenderedView: String, CaseIterable, ExpressibleByArgument {
  case denoise, sample, trails, loss
}

/// Pictures of one view of a run, at whatever step: noise and places are the same in all of them.
struct RunPicture {
  let view: RenderedView
  /// How samples are drawn, and from whose predictions.
  let configuration: Configuration
  let dataset: Dataset
  /// Points or samples.
  let count: Int
  let seed: UInt64

  func scene(_ run: Run) -> Scene {
    switch view {
    case .denoise:
      var random = Random(seed: seed, stream: .denoisingStep)
      return denoisingStep(chosen(run), dataset: dataset, schedule: run.schedule, using: &random, arrows: count)
    case .sample:
      let (states, labels) = sampled(run)
      return samples(
        of: dataset, points: states.last?.points, labels: labels, sigma: 0, title: title(run, "\(count) samples"),
        size: size)
    case .trails:
      let (states, labels) = sampled(run)
      return ways(
        of: dataset, states: states.map(\.points), labels: labels, title: title(run, "ways of \(count) samples"))
    case .loss: return lossCurve(run.losses, atStep: run.stepCount, of: dataset.name)
    }
  }

  /// The samples at each noise level on their way, all seen from one place: what stays where it is is drawn once.
  func states(_ run: Run) -> [Scene] {
    let (states, labels) = sampled(run)
    return states.map { state in
      let sigma = state.sigma == 0 ? "" : ", sigma = \(state.sigma.formatted(significant: 3))"
      return samples(
        of: dataset, points: state.points, labels: labels, sigma: 1,
        title: title(run, "\(count) samples\(sigma)"), size: size)
    }
  }

  /// As large as they can be told apart.
  private var size: Scene.Mark.PointSize { count > 1000 ? .small : .large }

  private func title(_ run: Run, _ what: String) -> String { "\(dataset.name), step \(run.stepCount): \(what)" }

  private func chosen(_ run: Run) -> any ConditionalDenoiser {
    var denoiser = configuration.sampling.denoiser(
      learned: run.denoiser, average: run.averageDenoiser, ideal: IdealDenoiser(dataset))
    denoiser.guidance = configuration.sampling.guidance
    return denoiser
  }

  private func sampled(_ run: Run) -> (states: [Sampling.State], labels: [Int]) {
    var random = Random(seed: seed, stream: .drawnSamples)
    var denoiser = chosen(run)
    denoiser.labels = configuration.sampling.labels(count: count, of: dataset, using: &random)
    var sampling = Sampling(
      configuration.sampling, schedule: configuration.experiment.schedule, noise: random.normals(count))
    return (sampling.states(denoiser, using: &random) ?? [], denoiser.labels)
  }
}

/// The picture of the ways that samples take from pure noise to the data.
///
/// - Parameters:
///   - states: Where the samples were at each noise level, `[steps + 1][B]`; one or more.
///   - labels: The class of each, `[B]`; empty for data without classes.
private func ways(of dataset: Dataset, states: [[Point]], labels: [Int] = [], title: String) -> Scene {
  let farthest = states[0].reduce(0) { max($0, abs($1.x), abs($1.y)) }
  // Most begin within, the outermost come from outside.
  var scene = Scene(.plane(radius: max(1.3, min(0.4 * farthest, 1e6))), title: title)
  scene.points(dataset.shown, ink: .data, name: "data")
  let ends = states[states.count - 1]
  func draw(_ some: [Int], _ ink: Ink, _ name: String?) {
    // One line with a gap after each way.
    scene.polyline(some.flatMap { i in states.map { $0[i] } + [Point(.nan, .nan)] }, ink: ink)
    scene.points(some.map { ends[$0] }, size: .large, ink: ink, name: name)
  }
  guard !labels.isEmpty else {
    draw(Array(ends.indices), .point, "samples")
    return scene
  }
  for (turn, ink) in Ink.classes.enumerated() {
    let own = ends.indices.filter { labels[$0] % Ink.classes.count == turn }
    if !own.isEmpty {
      draw(own, ink, dataset.classNames.count <= Ink.classes.count ? "class \(dataset.classNames[turn])" : nil)
    }
  }
  return scene
}
