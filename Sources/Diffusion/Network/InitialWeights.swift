import RealModule

/// How a network's weights begin: PyTorch's, and what is made of them.
package struct InitialWeights: Codable, Equatable, Sendable {
  /// What the columns of the first layer that take x are multiplied by: a network that can see fine differences of x
  /// from the start does not have to learn to first.
  package var inputGain = 1.0
  /// Whether the layers between hidden layers are orthogonal (Saxe, McClelland and Ganguli 2014), times √(out/in) where
  /// there are more outputs than inputs.
  package var isOrthogonal = false
  /// What the weights and biases of the last layer are multiplied by.
  package var outputGain = 1.0

  /// PyTorch's: weights and biases uniform in ±1/√fanIn.
  package static let torch = InitialWeights()

  /// PyTorch's own, unless said otherwise.
  package init(inputGain: Double = 1, isOrthogonal: Bool = false, outputGain: Double = 1) {
    (self.inputGain, self.isOrthogonal, self.outputGain) = (inputGain, isOrthogonal, outputGain)
  }

  /// A new network.
  ///
  /// - Parameters:
  ///   - coordinates: The columns of the first layer that take x.
  ///   - random: The same numbers are drawn from it whatever the gains.
  package func network(
    widths: [Int], activation: Activation, coordinates: Range<Int>, using random: inout Random
  ) -> MLP {
    var network = MLP(widths: widths, activation: activation, using: &random)
    let last = widths.count - 2
    for (index, tensor) in network.tensors.enumerated() {
      let (layer, isWeight) = (index / 2, index % 2 == 0)
      if isWeight && layer == 0 && inputGain != 1 {
        for row in 0..<tensor.shape[0] {
          for column in coordinates {
            network.parameters[tensor.range.lowerBound + row * tensor.shape[1] + column] *= Float(inputGain)
          }
        }
      }
      if isWeight && isOrthogonal && layer > 0 && layer < last {
        let matrix = orthogonal(tensor.shape[0], tensor.shape[1], using: &random)
        network.parameters.replaceSubrange(tensor.range, with: matrix)
      }
      if layer == last && outputGain != 1 {
        for i in tensor.range { network.parameters[i] *= Float(outputGain) }
      }
    }
    return network
  }
}

/// Q of a Gaussian matrix `[rows, columns]`, times √max(1, rows/columns): orthonormal rows or columns, whichever are
/// fewer. By Gram and Schmidt, twice, in double precision.
private func orthogonal(_ rows: Int, _ columns: Int, using random: inout Random) -> [Float] {
  let (count, length) = (min(rows, columns), max(rows, columns))
  var vectors: [[Double]] = []
  for _ in 0..<count {
    var vector = random.normals((length + 1) / 2).flatMap { [Double($0.x), Double($0.y)] }
    vector.removeLast(vector.count - length)
    for _ in 0..<2 {
      for other in vectors {
        let dot = zip(vector, other).reduce(0) { $0 + $1.0 * $1.1 }
        for i in vector.indices { vector[i] -= dot * other[i] }
      }
    }
    let norm = vector.reduce(0) { $0 + $1 * $1 }.squareRoot()
    vectors.append(vector.map { $0 / norm })
  }
  let gain = max(1, Double(rows) / Double(columns)).squareRoot()
  return (0..<rows).flatMap { row in
    (0..<columns).map { column in Float(gain * (rows <= columns ? vectors[row][column] : vectors[column][row])) }
  }
}
