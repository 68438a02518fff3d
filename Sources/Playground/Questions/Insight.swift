import Diffusion

/// What the exact answer says of the network: how low the loss could be, and at which noise levels it is not there yet.
package struct Insight: Sendable {
  /// How precise the floor has to be, relative to itself, and after how many draws it is left as it is.
  private static let precision: Float = 0.003
  private static let mostDraws = 100_000
  /// How many samples are judged at a time, about.
  private static let samples = 700
  /// How many more draws are looked at a time, more where there are so many noise levels that none would be looked at
  /// twice.
  private static let drawsAtATime = 1000

  /// What was looked at last.
  package private(set) var moment: Moment.ID
  /// The settings that it holds under.
  package private(set) var experiment: Experiment
  let dataset: Dataset
  /// The exact answer; with `isParallel` off, so that it takes one core.
  package let ideal: IdealDenoiser
  /// What predicting zero would score against the noise that was drawn.
  private var sampleZero: Float
  /// What is wrong with the schedule for this data, if anything.
  package let mismatch: PriorMismatch
  /// Loss by noise level.
  package private(set) var bins: [LossByNoise.Bin]

  /// What judges samples of all classes.
  private let meter: QualityMeter
  private var levels: [NoiseLevel]
  private let byNoise: LossByNoise
  private var lossFloor: LossFloor

  /// - Complexity: O(N·log N) for N data points, and what `refine` takes.
  package init(
    _ experiment: Experiment, dataset: Dataset, denoiser: NetworkDenoiser, moment: Moment.ID
  ) {
    self.experiment = experiment
    self.dataset = dataset
    self.moment = moment
    let schedule = experiment.schedule.schedule
    var ideal = IdealDenoiser(dataset)
    // Training needs the cores more than this does.
    ideal.isParallel = false
    self.ideal = ideal
    meter = QualityMeter(dataset.points, count: Insight.samples, seed: 0)
    levels = experiment.noiseLevels(for: dataset)
    sampleZero = LossFloor.predictingZero(levels, dataset: dataset)
    mismatch = PriorMismatch(dataset, schedule: schedule)
    lossFloor = LossFloor(dataset, schedule: schedule, ideal: ideal, labelDropout: experiment.labelDropout, seed: 0)
    byNoise = LossByNoise(dataset, schedule: schedule, ideal: ideal, seed: 0)
    bins = byNoise.bins(denoiser, levels: levels)
    refineFloor()
  }

  /// What is known under other settings. What was drawn stays, and is weighted anew.
  ///
  /// - Returns: Nil under other data, noise levels or label dropout, where nothing is known.
  package func under(_ other: Experiment) -> Insight? {
    guard other.points == experiment.points, other.schedule == experiment.schedule,
      other.labelDropout == experiment.labelDropout
    else { return nil }
    var insight = self
    insight.experiment = other
    guard other.formulation != experiment.formulation else { return insight }
    insight.levels = other.noiseLevels(for: dataset)
    insight.sampleZero = LossFloor.predictingZero(insight.levels, dataset: dataset)
    for (bin, mass) in byNoise.masses(insight.levels).enumerated() { insight.bins[bin].mass = mass }
    return insight
  }

  /// Looks at the network again, and more closely at the floor.
  package mutating func refine(_ denoiser: NetworkDenoiser, moment: Moment.ID) {
    if self.moment != moment { bins = byNoise.bins(denoiser, levels: levels) }
    self.moment = moment
    refineFloor()
  }

  private mutating func refineFloor() {
    if !isPrecise { lossFloor.refine(rows: max(Insight.drawsAtATime, 2 * levels.count)) }
  }

  /// How many noisy points have been looked at for the floor.
  package var draws: Int { lossFloor.draws }

  /// What judges samples of a class; of all classes for nil.
  ///
  /// - Complexity: For a class, O(N·log N): there may be many, and mostly none is asked for.
  package func meter(for label: Int?) -> QualityMeter {
    let points = label.map { dataset.points(ofClass: $0) } ?? []
    return points.isEmpty ? meter : QualityMeter(points, count: Insight.samples, seed: 0)
  }

  /// What predicting zero would score. A posterior mean is that much less long, in the mean square, than the noise.
  package var zero: Float {
    experiment.target == .sample ? sampleZero : max(sampleZero - (sampleFloor?.floor ?? 0), 0)
  }

  /// The least loss that any network can have, and how far that is known; nil at the very beginning. The posterior mean
  /// can be met.
  package var floor: (floor: Float, standardError: Float)? {
    sampleFloor.map { experiment.target == .sample ? $0 : (0, $0.standardError) }
  }

  private var sampleFloor: (floor: Float, standardError: Float)? { lossFloor.value(levels) }

  /// Whether looking at more noisy points would not change the floor to be seen.
  package var isPrecise: Bool {
    guard let (floor, standardError) = sampleFloor else { return false }
    return standardError <= Insight.precision * floor || lossFloor.draws >= Insight.mostDraws
  }

  /// How far a loss is on the way from predicting zero to the floor; nil while the floor is known to less than a tenth.
  package func progress(loss: Double) -> Float? {
    guard let (sampleFloor, standardError) = sampleFloor, standardError <= 0.1 * sampleFloor, let floor else {
      return nil
    }
    return LossFloor.progress(loss: Float(loss), floor: floor.floor, zero: zero)
  }
}
