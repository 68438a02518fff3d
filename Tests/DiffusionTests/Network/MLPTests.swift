import Diffusion
import Testing

/// What a fixture with a tiny network holds: the network, 16 rows, and what PyTorch made of them.
struct SmallModel {
  let network: MLP
  let input: [Float]
  let target: [Float]
  let weight: [Float]

  init(_ reference: Reference, activation: Activation, eps0: Double) {
    var network = MLP(widths: [4] + reference["hidden"].ints + [2], activation: activation)
    network.parameters = reference["parameters"].flat(like: network)
    self.network = network
    input = reference["net_input"].floats
    target = reference["eps"].floats
    let sigma = reference["sigma"].floats
    let weighting = Weighting.inverseVariance(eps0: eps0)
    weight = sigma.map { Float(weighting.weight(sigma: Double($0))) / Float(sigma.count) }
  }
}

@Suite("MLP")
struct MLPTests {
  @Test("tensors carry PyTorch's names, shapes and order")
  func tensors() {
    let network = MLP(widths: [4, 8, 3, 2], activation: .silu)
    #expect(
      network.tensors.map { "\($0.name) \($0.shape) \($0.range)" } == [
        "net.0.weight [8, 4] 0..<32", "net.0.bias [8] 32..<40", "net.2.weight [3, 8] 40..<64", "net.2.bias [3] 64..<67",
        "net.4.weight [2, 3] 67..<73", "net.4.bias [2] 73..<75",
      ])
  }

  @Test("initial weights are uniform within ±1/√fanIn")
  func initialization() {
    var random = Random(seed: 3)
    let network = MLP(widths: [4, 256, 2], activation: .silu, using: &random)
    for (index, tensor) in network.tensors.enumerated() {
      let bound = 1 / Float(network.widths[index / 2]).squareRoot()
      #expect(network.parameters[tensor.range].allSatisfy { abs($0) <= bound })
    }
    let weights = network.parameters[network.tensors[0].range]
    let variance = weights.reduce(0) { $0 + $1 * $1 } / Float(weights.count)
    #expect(abs(variance - 0.25 / 3) < 0.008)
  }

  @Test(
    "the forward pass matches PyTorch",
    arguments: [("seed_program", Activation.silu), ("small_model", Activation.gelu)])
  func forward(file: String, activation: Activation) throws {
    let reference = try file == "seed_program" ? Reference(file)["step"] : Reference(file)
    let model = SmallModel(reference, activation: activation, eps0: 1e-4)
    #expect(relativeError(model.network.forward(model.input), reference["eps_hat"].floats) < 1e-6)
  }

  @Test("the first that is not finite is named: a parameter, or what a layer makes of the input")
  func nonFinite() {
    var network = MLP(widths: [2, 3, 3, 2], activation: .silu)
    network.parameters = network.parameters.map { _ in 1 }
    func name(_ change: (inout MLP) -> Void) -> String? {
      var changed = network
      change(&changed)
      return changed.nonFiniteTensor(input: [1, 2, -1, 1])
    }
    func fill(_ tensor: Int, _ value: Float) -> (inout MLP) -> Void {
      { network in for i in network.tensors[tensor].range { network.parameters[i] = value } }
    }
    #expect(name { _ in } == nil)
    #expect(name(fill(2, .nan)) == "net.2.weight" && name(fill(5, .infinity)) == "net.4.bias")
    for layer in 0..<3 { #expect(name(fill(2 * layer, 3e38)) == "output of net.\(2 * layer)") }
  }

  @Test("no rows give no output")
  func empty() {
    #expect(MLP(widths: [4, 8, 2], activation: .silu).forward([]).isEmpty)
  }
}
