import Expect

/// A trained network, seen as a denoiser: a snapshot that further training does not change.
package struct NetworkDenoiser: ConditionalDenoiser {
  package let network: MLP
  /// What the network sees and says.
  package let formulation: Formulation
  /// Root mean square of the coordinates of the data that the network was trained on.
  package let sigmaData: Float
  /// How many classes the data has; 0 for none.
  package let classCount: Int
  package var labels: [Int] = []
  package var guidance: Float = 0
  /// Whether to use all cores. The result is the same.
  package var isParallel = true

  /// A network with as many inputs as these features have, and two outputs.
  package init(
    network: MLP, formulation: Formulation = Formulation(), sigmaData: Float = 1, classCount: Int = 0
  ) {
    let width = formulation.features.width(classCount: classCount)
    expect(network.inputs == width, "a network of \(network.inputs) inputs, but \(width) features")
    self.network = network
    self.formulation = formulation
    self.sigmaData = sigmaData
    self.classCount = classCount
  }

  package func epsilon(x: [Point], sigma: [Float], labels: [Int]) -> [Point] {
    expect(x.count == sigma.count, "\(x.count) points, but \(sigma.count) noise levels")
    var level = NoiseLevel(sigma: 1, formulation: formulation, sigmaData: sigmaData)
    var levels: [NoiseLevel] = []
    levels.reserveCapacity(x.count)
    let input = [Float](unsafeUninitializedCapacity: x.count * network.inputs) { input, count in
      for row in x.indices {
        // Mostly, all rows are at one level.
        if level.sigma != sigma[row] {
          level = NoiseLevel(sigma: sigma[row], formulation: formulation, sigmaData: sigmaData)
        }
        levels.append(level)
        formulation.features.write(
          to: UnsafeMutableBufferPointer(rebasing: input[(row * network.inputs)..<((row + 1) * network.inputs)]),
          x: x[row], level: level, label: labels.isEmpty ? nil : labels[row % labels.count], classCount: classCount)
      }
      count = input.count
    }
    let output = network.forward(input, workers: isParallel ? .shared : .single)  // [B, 2]
    return x.indices.map { levels[$0].epsilon(output: Point(output[2 * $0], output[2 * $0 + 1]), x: x[$0]) }
  }
}
