import Expect

/// A tensor as files hold it, row-major.
package struct NamedTensor: Equatable, Sendable {
  /// In the precision that the file has.
  package enum Values: Equatable, Sendable {
    case float32([Float])
    case float64([Double])

    package var count: Int {
      switch self {
      case .float32(let values): values.count
      case .float64(let values): values.count
      }
    }
  }

  /// As PyTorch names it, perhaps with a prefix.
  package let name: String
  /// Rows first, as PyTorch has it.
  package let shape: [Int]
  /// Row by row; as many as the shape says.
  package let values: Values

  /// - Parameter values: As many as the product of the shape.
  package init(name: String, shape: [Int], values: Values) {
    expect(shape.reduce(1, *) == values.count, "\(values.count) values for \(name) of shape \(shape)")
    (self.name, self.shape, self.values) = (name, shape, values)
  }
}

extension MLP {
  /// A buffer in the layout of the parameters, as a tensor for each of the network's: `prefix` and its name.
  package func tensors(_ prefix: String, _ buffer: [Float]) -> [NamedTensor] {
    Self.tensors(layout: tensors, prefix, buffer)
  }

  static func tensors(layout: [Tensor], _ prefix: String, _ buffer: [Float]) -> [NamedTensor] {
    layout.map { NamedTensor(name: prefix + $0.name, shape: $0.shape, values: .float32(Array(buffer[$0.range]))) }
  }

  /// The buffer that `tensors(prefix, buffer)` made tensors of.
  ///
  /// - Parameter mayOverflow: Whether infinity is a value like another, as it is for the mean of squares.
  /// - Throws: What is missing, of another shape or type, or not finite.
  package func buffer(
    _ prefix: String, from found: [NamedTensor], mayOverflow: Bool = false
  ) throws(CheckpointError) -> [Float] {
    var buffer = [Float](repeating: 0, count: parameters.count)
    for tensor in tensors {
      let values = try found.values(prefix + tensor.name, shape: tensor.shape, mayOverflow: mayOverflow)
      buffer.replaceSubrange(tensor.range, with: values)
    }
    return buffer
  }

  /// As `buffer`, of the mean of squares of a gradient: none is negative. The square of a finite gradient may overflow; its
  /// parameter then stands still.
  func squares(_ prefix: String, from found: [NamedTensor]) throws(CheckpointError) -> [Float] {
    let squares = try buffer(prefix, from: found, mayOverflow: true)
    guard squares.allSatisfy({ $0 >= 0 }) else { throw .invalid("a mean square gradient is negative") }
    return squares
  }
}

extension [NamedTensor] {
  /// The values of the tensor of that name.
  ///
  /// - Parameter mayOverflow: Whether infinity is a value like another.
  /// - Throws: `CheckpointError` if it is missing, of another shape or type, or not finite.
  func values(_ name: String, shape: [Int], mayOverflow: Bool = false) throws(CheckpointError) -> [Float] {
    guard let tensor = first(where: { $0.name == name }) else { throw .missing(name) }
    guard tensor.shape == shape else {
      throw .shapeMismatch(tensor: name, expected: shape, found: tensor.shape)
    }
    guard case .float32(let values) = tensor.values else { throw .wrongType(tensor: name, expected: "F32") }
    guard values.allSatisfy({ mayOverflow ? !$0.isNaN : $0.isFinite }) else { throw .nonFinite(tensor: name) }
    return values
  }
}
