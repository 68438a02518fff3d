import Diffusion
import Testing

@Suite("Initial weights")
struct InitialWeightsTests {
  private func network(_ weights: InitialWeights, widths: [Int] = [4, 6, 12, 12, 5, 2]) -> MLP {
    var random = Random(seed: 3)
    return weights.network(widths: widths, activation: .silu, coordinates: 0..<2, using: &random)
  }

  @Test("gains multiply the columns that take x, and the last layer, and leave the rest to the bit")
  func gains() {
    let (torch, other) = (network(.torch), network(InitialWeights(inputGain: 10, outputGain: 0.5)))
    for tensor in torch.tensors {
      for (place, i) in tensor.range.enumerated() {
        let factor: Float =
          switch tensor.name {
          case "net.0.weight" where place % 4 < 2: 10
          case "net.8.weight", "net.8.bias": 0.5
          default: 1
          }
        #expect(other.parameters[i] == factor * torch.parameters[i])
      }
    }
  }

  @Test(
    "weights between hidden layers have orthonormal rows or columns, times the root of out / in where that is above 1")
  func orthogonal() {
    let (torch, other) = (network(.torch), network(InitialWeights(isOrthogonal: true)))
    for tensor in other.tensors {
      guard ["net.2.weight", "net.4.weight", "net.6.weight"].contains(tensor.name) else {
        #expect(other.parameters[tensor.range] == torch.parameters[tensor.range])
        continue
      }
      let (rows, columns) = (tensor.shape[0], tensor.shape[1])
      let values = other.parameters[tensor.range].map(Double.init)
      func dot(_ a: Int, _ b: Int) -> Double {
        rows <= columns
          ? (0..<columns).reduce(0) { $0 + values[a * columns + $1] * values[b * columns + $1] }
          : (0..<rows).reduce(0) { $0 + values[$1 * columns + a] * values[$1 * columns + b] }
      }
      let square = max(1, Double(rows) / Double(columns))
      for a in 0..<min(rows, columns) {
        for b in 0...a { #expect(abs(dot(a, b) - (a == b ? square : 0)) < 1e-5) }
      }
    }
  }
}
