import ArgumentParser
import Diffusion
import Pictures
import Plot

/// What `roulade render` draws of a run.
enum RenderedView: String, CaseIterable, ExpressibleByArgument {
  case denoise, field, density, sample, trails, loss
}

/// Pictures of one view of a run, at whatever step: noise and places are the same in all of them.
struct RunPicture {
  let view: RenderedView
  /// How samples are drawn, and from whose predictions.
  let configuration: Configuration
  let dataset: Dataset
  /// Of the field and the density.
  let sigma: Float
  /// Points or samples.
  let count: Int
  let seed: UInt64
  /// Whether samples of classes are letters, where there are no colours.
  let isLettered: Bool

  func scene(_ run: Run) -> Scene {
    switch view {
    case .denoise:
      var random = Random(seed: seed, stream: .denoisingStep)
      return denoisingStep(chosen(run), dataset: dataset, schedule: run.schedule, using: &random, arrows: count)
    case .field: return field(run)
    case .density: return density(run)
    case .sample:
      let (states, labels) = sampled(run)
      return samples(
        of: dataset, points: states.last?.points, labels: labels, sigma: 0, title: title(run, "\(count) samples"),
        isLettered: isLettered, size: size)
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
      let sigma = state.sigma == 0 ? "" : ", " + sigmaText(state.sigma)
      return samples(
        of: dataset, points: state.points, labels: labels, sigma: 1,
        title: title(run, "\(count) samples\(sigma)"), isLettered: isLettered, size: size)
    }
  }

  /// Where one step leads from everywhere: arrows no longer than the places are apart.
  private func field(_ run: Run) -> Scene {
    let (radius, columns) = (max(1.3, 1.3 * sigma), 25)
    let spacing = 2 * radius / Float(columns)
    let places = (0..<columns * columns).map { i in
      spacing * (Point(Float(i % columns), Float(i / columns)) + 0.5) - radius
    }
    let tips = zip(places, chosen(run).x0(x: places, sigma: sigma)).map { place, estimate in
      let length = (estimate - place).lengthSquared.squareRoot()
      return place + min(1, 0.9 * spacing / max(length, 1e-9)) * (estimate - place)
    }
    var scene = Scene(.plane(radius: radius), title: title(run, "one step from everywhere, \(sigmaText(sigma))"))
    scene.points(dataset.shown, ink: .data, name: "data")
    scene.arrows(from: places, to: tips, ink: .arrow, name: "one step")
    return scene
  }

  /// Where noisy points are, and where the sampler has them at that noise level, or the nearest that it steps on.
  private func density(_ run: Run) -> Scene {
    let states = sampled(run).states.filter { $0.sigma > 0 }
    func distance(_ state: Sampling.State) -> Float { max(state.sigma / sigma, sigma / state.sigma) }
    guard let state = states.min(by: { distance($0) < distance($1) }) else { return Scene(.plane(radius: 1.3)) }
    var random = Random(seed: seed, stream: .evaluation)
    let noisy = (0..<count).map { _ in
      dataset.points[random.index(below: dataset.points.count)] + state.sigma * random.normal()
    }
    var scene = Scene(
      .plane(radius: max(1.3, 2 * state.sigma)), title: title(run, "noisy points, \(sigmaText(state.sigma))"))
    scene.points(noisy, size: size, ink: .ideal, name: "exact")
    scene.points(state.points, size: size, ink: .curve, name: configuration.sampling.predictor.rawValue)
    return scene
  }

  private func sigmaText(_ sigma: Float) -> String { "sigma = \(sigma.formatted(significant: 3))" }

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
      configuration.sampling, schedule: configuration.experiment.schedule, dataset: dataset,
      noise: random.normals(count))
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
