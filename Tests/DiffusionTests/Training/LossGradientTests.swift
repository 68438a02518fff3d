import Diffusion
import Testing

@Suite("Loss and gradient")
struct LossGradientTests {
  @Test(
    "the loss, its gradient and the clipped gradient match PyTorch",
    arguments: [("seed_program", Activation.silu, 1e-4), ("small_model", Activation.gelu, 1e-3)])
  func parity(file: String, activation: Activation, eps0: Double) throws {
    let reference = try file == "seed_program" ? Reference(file)["step"] : Reference(file)
    let model = SmallModel(reference, activation: activation, eps0: eps0)
    var gradient = LossGradient(model.network, workers: Workers(count: 1))
    let loss = gradient.evaluate(
      model.network, input: model.input, target: model.target, weight: model.weight, rows: 16)
    #expect(abs(loss / reference["loss"].double - 1) < 1e-5)
    for tensor in model.network.tensors {
      #expect(
        relativeError(Array(gradient.values[tensor.range]), reference["gradients", tensor.name].floats) < 1e-5,
        "\(tensor.name)")
    }
    if file == "small_model" {
      #expect(abs(gradient.norm / reference["grad_norm"].double - 1) < 1e-5)
      let scale = Float(clippingScale(norm: gradient.norm, maximum: 1))
      let clipped = reference["clipped_gradients"].flat(like: model.network)
      #expect(relativeError(gradient.values.map { scale * $0 }, clipped) < 1e-5)
    }
  }

  @Test("a gradient whose norm is below the limit is left alone")
  func noClipping() throws {
    let reference = try Reference("small_model")["no_clip_case"]
    #expect(clippingScale(norm: reference["grad_norm"].double, maximum: 1) == 1)
  }

  @Test("other weightings of the same errors match PyTorch")
  func plainLosses() throws {
    let reference = try Reference("small_model")
    let model = SmallModel(reference, activation: .gelu, eps0: 1e-3)
    let sigma = reference["sigma"].floats
    for (name, weighting) in [
      ("weighted eps0=0.01", Weighting.inverseVariance(eps0: 0.01)), ("weighted eps0=1", .inverseVariance(eps0: 1)),
      ("mse", .uniform),
    ] {
      var gradient = LossGradient(model.network, workers: Workers(count: 1))
      let weight = sigma.map { Float(weighting.weight(sigma: Double($0))) / 16 }
      let loss = gradient.evaluate(model.network, input: model.input, target: model.target, weight: weight, rows: 16)
      #expect(abs(loss / reference["losses", name].double - 1) < 1e-5, "\(name)")
    }
  }

  @Test("the gradient agrees with finite differences in double", arguments: Activation.allCases)
  func finiteDifferences(activation: Activation) {
    var random = Random(seed: 5)
    let network = MLP(widths: [4, 7, 5, 2], activation: activation, using: &random)
    let rows = 33
    let input = (0..<4 * rows).map { _ in random.normal().x }
    let target = (0..<2 * rows).map { _ in random.normal().x }
    let weight = (0..<rows).map { _ in random.uniform() }
    var gradient = LossGradient(network, workers: Workers(count: 1))
    _ = gradient.evaluate(network, input: input, target: target, weight: weight, rows: rows)

    let parameters = network.parameters.map(Double.init)
    let step = 1e-6
    let expected = parameters.indices.map { i in
      var (above, below) = (parameters, parameters)
      above[i] += step
      below[i] -= step
      let difference =
        plainLoss(network, above, input: input, target: target, weight: weight)
        - plainLoss(network, below, input: input, target: target, weight: weight)
      return Float(difference / (2 * step))
    }
    #expect(relativeError(gradient.values, expected) < 1e-5)
  }

  @Test("one, two, three and eight threads give the same bits", arguments: [1, 7, 33, 1000])
  func threads(rows: Int) {
    var random = Random(seed: 9)
    let network = MLP(widths: [4, 24, 17, 2], activation: .silu, using: &random)
    let input = (0..<4 * rows).map { _ in random.normal().x }
    let target = (0..<2 * rows).map { _ in random.normal().x }
    let weight = (0..<rows).map { _ in random.uniform() }
    let results = [1, 2, 3, 8].map { threads in
      var gradient = LossGradient(network, workers: Workers(count: threads))
      let loss = gradient.evaluate(network, input: input, target: target, weight: weight, rows: rows)
      return (loss, gradient.values)
    }
    for (loss, values) in results.dropFirst() {
      #expect(loss == results[0].0)
      #expect(values == results[0].1)
    }
  }
}

/// The loss by the definitions, in double, one neuron at a time.
private func plainLoss(
  _ network: MLP, _ parameters: [Double], input: [Float], target: [Float], weight: [Float]
) -> Double {
  weight.indices.reduce(0) { sum, row in
    var h = (0..<network.inputs).map { Double(input[row * network.inputs + $0]) }
    for layer in 1..<network.widths.count {
      let weights = network.tensors[2 * layer - 2].range.lowerBound
      let biases = network.tensors[2 * layer - 1].range.lowerBound
      let z = (0..<network.widths[layer]).map { o in
        h.indices.reduce(parameters[biases + o]) { $0 + parameters[weights + o * h.count + $1] * h[$1] }
      }
      h = layer == network.widths.count - 1 ? z : z.map { network.activation.value($0) }
    }
    let error = h.indices.reduce(0.0) { sum, i in
      let difference = h[i] - Double(target[row * h.count + i])
      return sum + difference * difference
    }
    return sum + Double(weight[row]) * error
  }
}
