import Expect

/// What is drawn for one training step: `x = x0 + sigma·epsilon` and everything that the loss needs of it.
package struct Batch: Sendable {
  /// Rows drawn last, B; the buffers may be longer.
  package private(set) var rows = 0
  /// Noise levels, `[B]`.
  package private(set) var sigma: [Float]
  /// The noise, `[B, 2]`.
  package private(set) var epsilon: [Point]
  /// What the network sees, `[B, inputs]`.
  package private(set) var input: [Float]
  /// What the network should answer, `[B, 2]`.
  package private(set) var target: [Float]
  /// What each row's error counts, `[B]`, divided by B.
  package private(set) var weight: [Float]
  /// Numbers that the network sees of a row.
  private let inputs: Int
  private var indices: [Int32]
  /// What decides each row's level, as `Draws` has it.
  private var levelDraws: [Double]
  private var rowLevels: [NoiseLevel]
  private var x0: [Point]
  /// What the network sees of each row's class, −1 for nothing.
  private var labels: [Int32]

  /// Room for so many rows of so many inputs.
  package init(capacity: Int, inputs: Int) {
    expect(capacity >= 1, "a batch of \(capacity) rows")
    self.inputs = inputs
    sigma = [Float](repeating: 0, count: capacity)
    epsilon = [Point](repeating: .zero, count: capacity)
    input = [Float](repeating: 0, count: inputs * capacity)
    target = [Float](repeating: 0, count: 2 * capacity)
    weight = sigma
    indices = [Int32](repeating: 0, count: capacity)
    levelDraws = [Double](repeating: 0, count: capacity)
    rowLevels = [NoiseLevel](
      repeating: NoiseLevel(sigma: 1, formulation: Formulation(), sigmaData: 1), count: capacity)
    x0 = epsilon
    labels = [Int32](repeating: -1, count: capacity)
  }

  /// The buffers of an experiment's batches.
  init(for experiment: Experiment, dataset: Dataset) {
    let most = experiment.stopsBatchAtEpochEnd ? dataset.points.count : .max
    self.init(
      capacity: min(experiment.batchSize, most),
      inputs: experiment.formulation.features.width(classCount: dataset.classCount))
  }

  /// Draws the rows of training from the `first` on: as many as there is room for, or, if batches stop at the end of an
  /// epoch, as are left of it. A label is hidden with probability `labelDropout`, so that the network also learns to do
  /// without. The target is the noise drawn, or its posterior mean. Continuous levels are drawn from their distribution; then
  /// `levels` are strata of it.
  mutating func draw(
    rows first: Int, stopsAtEpochEnd: Bool, of dataset: Dataset, levels: [NoiseLevel], shares: LevelShares,
    continuous: ContinuousDraws? = nil, features: InputFeatures, labelDropout: Float, instructionSet: InstructionSet,
    posterior: PosteriorTargets?,
    using draws: inout Draws
  ) {
    rows = draws.rows(from: first, atMost: sigma.count, stopsAtEpochEnd: stopsAtEpochEnd)
    draws.points(from: first, count: rows, into: &indices)
    draws.noise(from: first, count: rows, into: &epsilon, instructionSet: instructionSet)
    draws.levels(from: first, count: rows, shares: shares, into: &levelDraws)
    for row in 0..<rows {
      let u = levelDraws[row]
      let index = shares.level(at: u)
      rowLevels[row] = continuous?.level(at: shares.place(at: u)) ?? levels[index]
      weight[row] = rowLevels[row].weight * shares.factors[index] / Float(rows)
    }
    var hiding = draws.hiddenLabels(from: first)
    for row in 0..<rows {
      let (index, level) = (Int(indices[row]), rowLevels[row])
      let x = dataset.points[index] + level.sigma * epsilon[row]
      var label = dataset.labels.map { Int($0[index]) }
      if label != nil && hiding.uniform() < labelDropout { label = nil }
      (sigma[row], x0[row], labels[row]) = (level.sigma, dataset.points[index], Int32(label ?? -1))
      input.withUnsafeMutableBufferPointer { input in
        features.write(
          to: UnsafeMutableBufferPointer(rebasing: input[(inputs * row)..<(inputs * (row + 1))]), x: x, level: level,
          label: label, classCount: dataset.classCount)
      }
    }
    let drawn = epsilon
    posterior?.replace(&epsilon, x0: x0, sigma: sigma, labels: labels, from: first, rows: rows)
    for row in 0..<rows {
      // The clean point that goes with the noise, as x is what it is.
      let clean = posterior == nil ? x0[row] : x0[row] + sigma[row] * (drawn[row] - epsilon[row])
      let target = rowLevels[row].target(x0: clean, epsilon: epsilon[row])
      (self.target[2 * row], self.target[2 * row + 1]) = (target.x, target.y)
    }
  }

  /// What a network would lose on these rows.
  package func loss(of network: MLP, workers: Workers) -> Double {
    let output = network.forward(Array(input[..<(inputs * rows)]), workers: workers)
    return (0..<rows).reduce(0) { sum, row in
      let (x, y) = (Double(output[2 * row] - target[2 * row]), Double(output[2 * row + 1] - target[2 * row + 1]))
      return sum + Double(weight[row]) * (x * x + y * y)
    }
  }

  /// The smallest and the largest noise level drawn.
  package var sigmaRange: ClosedRange<Float> {
    var (low, high) = (sigma[0], sigma[0])
    for value in sigma[..<rows] {
      low = min(low, value)
      high = max(high, value)
    }
    return low...high
  }

  /// The name of the first tensor that holds something not finite, in the order in which they are computed: what was
  /// drawn, the network's parameters, and what its layers make of them.
  package func nonFiniteTensor(in network: MLP) -> String? {
    if !sigma[..<rows].allSatisfy(\.isFinite) { return "sigma" }
    if !epsilon[..<rows].allSatisfy(\.isFinite) { return "epsilon" }
    if !input[..<(inputs * rows)].allSatisfy(\.isFinite) { return "x" }
    return network.nonFiniteTensor(input: Array(input[..<(inputs * rows)]))
  }
}
