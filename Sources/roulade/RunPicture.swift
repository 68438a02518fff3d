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
  /// Of the field's arrows and the network's density, across the window, and of the exact density.
  private static let (arrowColumns, densityColumns, exactColumns) = (25, 60, 120)
  /// From sigma to pure noise, for the network's density: as few as on the screen.
  private static let flowSteps = 6
  /// Samples are seen from as far as noise of this level reaches, whatever the step, so that those gone astray are, too.
  private static let straySigma: Float = 0.2
  /// Noisy points behind the levels of the density.
  private static let densityPoints = 4000

  private let view: RenderedView
  /// How samples are drawn, and from whose predictions.
  private let configuration: Configuration
  private let dataset: Dataset
  /// Of the field and the density.
  private let sigma: Float
  /// Points or samples.
  private let count: Int
  private let seed: UInt64
  /// Whether samples of classes are letters, where there are no colours.
  private let isLettered: Bool
  /// Asked on the way; once it says no, there is no picture.
  private let isWanted: () -> Bool
  /// The exact density of noisy points, and its logarithms at some, in ascending order; nil for another view.
  private let exact: (densities: Densities, logs: [Float])?

  init(
    view: RenderedView, configuration: Configuration, dataset: Dataset, sigma: Float, count: Int, seed: UInt64,
    isLettered: Bool, isWanted: @escaping () -> Bool
  ) {
    (self.view, self.configuration, self.dataset, self.sigma) = (view, configuration, dataset, sigma)
    (self.count, self.seed, self.isLettered, self.isWanted) = (count, seed, isLettered, isWanted)
    guard view == .density else {
      exact = nil
      return
    }
    let ideal = IdealDenoiser(dataset)
    var random = Random(seed: seed, stream: .evaluation)
    let noisy = (0..<Self.densityPoints).map { _ in
      dataset.points[random.index(below: dataset.points.count)] + sigma * random.normal()
    }
    let logs = Densities.logs(of: noisy, sigma: sigma, ideal: ideal)
    let map = DensityMap(dataset.window(sigma: Double(sigma)), columns: Self.exactColumns) {
      ideal.logDensity(x: $0, sigma: sigma)
    }
    exact = (Densities(exact: map, logs: logs), logs)
  }

  /// - Returns: Nil if it was given up.
  func scene(_ run: Run) -> Scene? {
    switch view {
    case .denoise:
      var random = Random(seed: seed, stream: .denoisingStep)
      return denoisingStep(chosen(run), dataset: dataset, schedule: run.schedule, using: &random, arrows: count)
    case .field: return field(run)
    case .density: return density(run)
    case .sample:
      return sampled(run).map { states, labels in
        samples(
          of: dataset, points: states.last?.points, labels: labels, sigma: Self.straySigma,
          title: title(run, "\(count) samples"), isLettered: isLettered, size: size)
      }
    case .trails:
      return sampled(run).map { states, labels in
        samples(
          of: dataset, points: states.last?.points, labels: labels, sigma: states[0].sigma,
          trails: states.map(\.points), trailCount: count, title: title(run, "ways of \(count) samples"),
          isLettered: isLettered, size: .large)
      }
    case .loss: return lossCurve(run.losses, atStep: run.stepCount, of: dataset.name)
    }
  }

  /// The samples at each noise level on their way, all seen from one place: what stays where it is is drawn once.
  ///
  /// - Returns: Nil if it was given up.
  func states(_ run: Run) -> [Scene]? {
    sampled(run).map { states, labels in
      states.map { state in
        let sigma = state.sigma == 0 ? "" : ", " + sigmaText(state.sigma)
        return samples(
          of: dataset, points: state.points, labels: labels, sigma: 1,
          title: title(run, "\(count) samples\(sigma)"), isLettered: isLettered, size: size)
      }
    }
  }

  /// Where one step leads from everywhere.
  private func field(_ run: Run) -> Scene {
    let window = dataset.window(sigma: Double(sigma))
    let width = window.x.range.upperBound - window.x.range.lowerBound
    return fieldArrows(
      of: dataset, title: title(run, "one step from everywhere, \(sigmaText(sigma))"), window: window,
      VectorField(over: window, columns: Self.arrowColumns, sigma: sigma, by: chosen(run)),
      ink: isIdeal ? .ideal : .arrow, spacing: Float(width) / Float(Self.arrowColumns))
  }

  /// Where noisy points are, exactly, and as the denoiser has it.
  private func density(_ run: Run) -> Scene? {
    guard let exact else { return nil }
    let window = dataset.window(sigma: Double(sigma))
    var densities = exact.densities
    if !isIdeal {
      let denoiser = chosen(run)
      let map = DensityMap(window, columns: Self.densityColumns) {
        Likelihood.logDensity(
          of: $0, under: denoiser, sigmas: sigma...run.schedule.range.upperBound, steps: Self.flowSteps,
          isWanted: isWanted)
      }
      guard let map else { return nil }
      densities.learned = Densities(learned: map, logs: exact.logs).learned
    }
    var scene = Pictures.density(of: dataset, sigma: Double(sigma), window: window, densities)
    scene.title = title(run, "density of noisy points, \(sigmaText(sigma))")
    return scene
  }

  private func sigmaText(_ sigma: Float) -> String { "sigma = \(sigma.formatted(significant: 3))" }

  /// As large as they can be told apart.
  private var size: Scene.Mark.PointSize { count > 1000 ? .small : .large }

  private func title(_ run: Run, _ what: String) -> String { "\(dataset.name), step \(run.stepCount): \(what)" }

  private var isIdeal: Bool { configuration.sampling.predictor == .ideal }

  private func chosen(_ run: Run) -> any ConditionalDenoiser & DifferentiableDenoiser {
    var denoiser = configuration.sampling.denoiser(
      learned: run.denoiser, average: run.averageDenoiser, ideal: IdealDenoiser(dataset))
    denoiser.guidance = configuration.sampling.guidance
    return denoiser
  }

  private func sampled(_ run: Run) -> (states: [Sampling.State], labels: [Int])? {
    var random = Random(seed: seed, stream: .drawnSamples)
    var denoiser = chosen(run)
    denoiser.labels = configuration.sampling.labels(count: count, of: dataset, using: &random)
    var sampling = Sampling(
      configuration.sampling, schedule: configuration.experiment.schedule, dataset: dataset,
      noise: random.normals(count))
    let labels = denoiser.labels
    return sampling.states(denoiser, using: &random, isWanted: isWanted).map { ($0, labels) }
  }
}
