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
/// fewer. By modified Gram and Schmidt in double precision: it loses as much orthogonality as the matrix's condition
/// number times 1e-16 (Björck 1967), and that of a Gaussian matrix is about its size (Edelman 1988).
private func orthogonal(_ rows: Int, _ columns: Int, using random: inout Random) -> [Float] {
  let (count, length) = (min(rows, columns), max(rows, columns))
  // Eight numbers at a time, the last ones padded with zeros: one by one, the sums would wait for each other.
  typealias Lanes = SIMD8<Double>
  var vectors: [[Lanes]] = []
  for _ in 0..<count {
    let numbers = random.normals((length + 1) / 2).flatMap { [Double($0.x), Double($0.y)] }.prefix(length)
    var vector = [Lanes](repeating: .zero, count: (length + Lanes.scalarCount - 1) / Lanes.scalarCount)
    for (i, number) in numbers.enumerated() { vector[i / Lanes.scalarCount][i % Lanes.scalarCount] = number }
    for other in vectors {
      let projection = dot(vector, other)
      for i in vector.indices { vector[i] -= projection * other[i] }
    }
    let norm = dot(vector, vector).squareRoot()
    vectors.append(vector.map { $0 / norm })
  }
  let gain = max(1, Double(rows) / Double(columns)).squareRoot()
  return (0..<rows).flatMap { row in
    (0..<columns).map { column in
      let (vector, i) = rows <= columns ? (row, column) : (column, row)
      return Float(gain * vectors[vector][i / Lanes.scalarCount][i % Lanes.scalarCount])
    }
  }
}

private func dot(_ a: [SIMD8<Double>], _ b: [SIMD8<Double>]) -> Double {
  var sum = SIMD8<Double>.zero
  for i in a.indices { sum += a[i] * b[i] }
  return sum.sum()
}
