import Diffusion
import Pictures

/// How far from the data are samples that a sampler draws with so many evaluations?
struct QualityQuestion: Question {
  /// A point of the chart.
  struct Cell: Hashable, Sendable {
    let sampler: String
    let isIdeal: Bool
    /// At most so many evaluations.
    let budget: Int
  }

  struct Subject: Equatable, Sendable {
    let cell: Cell
    let measurement: QualityMeasurement.ID
  }

  /// Evaluations that samplers are given.
  static let budgets = [2, 4, 8, 16, 32, 64, 128]
  private static let count = 400
  static let topic: Topic = "quality"

  var topic: Topic { QualityQuestion.topic }
  let subject: Subject
  private let settings: SampleSettings
  private let denoiser: any ConditionalDenoiser
  private let insight: Insight

  init(_ cell: Cell, _ measurement: QualityMeasurement, insight: Insight) {
    subject = Subject(cell: cell, measurement: measurement.id)
    var settings = measurement.id.settings
    if let sampler = Sampler(name: cell.sampler), sampler.name != settings.sampler.name { settings.sampler = sampler }
    if cell.isIdeal { (settings.predictor, settings.guidance) = (.ideal, 0) }
    let moment = measurement.moment
    denoiser = settings.denoiser(learned: moment.learned, average: moment.average, ideal: insight.ideal)
    self.settings = settings
    self.insight = insight
  }

  func answer(isWanted: () -> Bool) -> QualityPoint? {
    var random = Random(seed: 0, stream: .shownSamples)
    var classes = Random(seed: 0, stream: .shownClasses)
    var denoiser = denoiser
    denoiser.labels = settings.labels(count: QualityQuestion.count, of: insight.dataset, using: &classes)
    denoiser.guidance = settings.guidance
    var settings = settings
    settings.steps = steps(within: subject.cell.budget, settings, subject.measurement.schedule)
    var sampling = Sampling(
      settings, schedule: subject.measurement.schedule, dataset: insight.dataset,
      noise: random.normals(QualityQuestion.count))
    guard sampling.finish(denoiser, using: &random, isWanted: isWanted) else { return nil }
    return QualityPoint(
      sampler: subject.cell.sampler, evaluations: sampling.evaluations,
      distance: insight.meter(for: settings.label).measure(sampling.x).slicedWasserstein)
  }
}

/// How many steps a sampler takes with so many evaluations, at least one.
private func steps(within evaluations: Int, _ settings: SampleSettings, _ schedule: ScheduleSettings) -> Int {
  struct Nothing: Denoiser {
    func epsilon(x: [Point], sigma: [Float]) -> [Point] { x }
  }
  // Of no points at all a step costs nothing, and still counts.
  let counts = [1, 2].map { steps in
    var sampling = Sampling(
      settings.sampler, sigmas: settings.grid.sigmas(steps: steps, schedule), noise: [])
    while !sampling.isFinished { sampling.step(Nothing(), noise: []) }
    return sampling.evaluations
  }
  return max((evaluations - counts[0]) / max(counts[1] - counts[0], 1) + 1, 1)
}

/// What the chart of quality has found out about one network.
struct QualityMeasurement: Sendable {
  struct ID: Equatable, Sendable {
    /// Of the network.
    let moment: Moment.ID
    let settings: SampleSettings
    let points: Experiment.Points
    let schedule: ScheduleSettings
  }

  let id: ID
  let moment: Moment
  private(set) var found: [QualityQuestion.Cell: QualityPoint] = [:]

  init(_ world: World) {
    moment = world.moment
    id = ID(
      moment: world.moment.id, settings: world.sampling, points: world.experiment.points,
      schedule: world.experiment.schedule)
  }

  /// Whether it is still of the present run and settings; the number of steps is its own business.
  func isOf(_ world: World) -> Bool {
    var settings = world.sampling
    settings.steps = id.settings.steps
    return id.moment.run == world.run && id.settings == settings && id.points == world.experiment.points
      && id.schedule == world.experiment.schedule
  }

  /// In the order of measuring: the cheap ones first.
  private static let cells = QualityQuestion.budgets.flatMap { budget in
    [false, true].flatMap { isIdeal in
      Sampler.all.map { QualityQuestion.Cell(sampler: $0.name, isIdeal: isIdeal, budget: budget) }
    }
  }

  /// What is to be measured next; nil once all has been.
  var next: QualityQuestion.Cell? { QualityMeasurement.cells.first { found[$0] == nil } }

  /// The share that has been measured.
  var progress: Float { Float(found.count) / Float(QualityMeasurement.cells.count) }

  mutating func take(_ point: QualityPoint, _ cell: QualityQuestion.Cell) { found[cell] = point }

  func points(isIdeal: Bool) -> [QualityPoint] { found.filter { $0.key.isIdeal == isIdeal }.map(\.value) }

  /// Of each budget the ideal denoiser's best.
  var best: [QualityPoint] {
    QualityQuestion.budgets.compactMap { budget in
      found.filter { $0.key.isIdeal && $0.key.budget == budget }.map(\.value).min { $0.distance < $1.distance }
    }
  }
}
