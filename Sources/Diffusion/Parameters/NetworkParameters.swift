extension Parameter {
  /// The network, what it sees and what it says.
  static let network: [Parameter] = [
    Parameter(
      "hidden", "hidden layers", .network, "Widths of the hidden layers", .widths, \.experiment.hidden),
    Parameter(
      "activation", "activation", .network, "The non-linearity after each hidden layer",
      .named("activation", Activation.allCases, name: \.rawValue, summary: \.summary), \.experiment.activation),
    Parameter(
      "input-gain", "gain of x", .network, "What the first layer's weights of x begin with, in units of PyTorch's",
      .number(.above(0, to: 1000), stops: [1, 2, 3, 5, 7, 10, 20]), \.experiment.initialWeights.inputGain),
    Parameter(
      "hidden-weights", "hidden weights", .network, "How the weights between hidden layers begin",
      .named(
        "way to begin", [false, true], name: { $0 ? "orthogonal" : "pytorch" },
        summary: { $0 ? "orthogonal (Saxe et al. 2014)" : "uniform within ±1/√fanIn, PyTorch's" }),
      \.experiment.initialWeights.isOrthogonal),
    Parameter(
      "output-gain", "gain of the last layer", .network, "What the last layer begins with, in units of PyTorch's",
      .number(.from(0, to: 1000), stops: [0, 0.1, 1, 2]), \.experiment.initialWeights.outputGain),
    Parameter(
      "features", "features", .network, "What the network sees of a point", .features, \.experiment.formulation.features
    ),
    Parameter(
      "parameterization", "parameterization", .network, "What the network predicts",
      .named("parameterization", Parameterization.allCases, name: \.rawValue, summary: \.summary),
      \.experiment.formulation.parameterization),
  ]
}

extension Domain where Value == [Int] {
  fileprivate static var widths: Domain {
    let takes = "1 to 11 widths from 1 to 1024, as in 128,256,128"
    return Domain(
      takes: takes, placeholder: "widths",
      read: { text throws(Parameter.Refusal) in
        let widths = text.split(separator: ",", omittingEmptySubsequences: false).map { part in
          Int(part.drop { $0 == " " })
        }
        let valid = widths.compactMap { $0 }.filter { (1...1024).contains($0) }
        guard valid.count == widths.count, (1...11).contains(valid.count) else {
          throw Parameter.Refusal(description: takes)
        }
        return valid
      },
      print: { $0.map { "\($0)" }.joined(separator: ",") },
      allows: { (1...11).contains($0.count) && $0.allSatisfy { (1...1024).contains($0) } },
      stops: .ring([[32, 32], [64, 64, 64], [128, 128, 128], [128, 256, 256, 256, 128]]))
  }
}

extension Domain where Value == InputFeatures {
  fileprivate static var features: Domain {
    let noise = "¼ log sigma instead of sin and cos of ½ log sigma (Karras et al. 2022, c_noise)"
    let fourier = "sin and cos of x in K octaves, 1 to \(InputFeatures.mostOctaves) (Tancik et al. 2020)"
    return Domain(
      takes: InputScaling.allCases.map(\.rawValue).joined(separator: ", ")
        + ", fourier-K, c-noise, or several with + between them",
      choices: InputScaling.allCases.map { Choice(name: $0.rawValue, summary: $0.summary) }
        + [
          Choice(name: "fourier-K", summary: fourier + "; with one of the others as unit-variance+fourier-4"),
          Choice(name: "c-noise", summary: noise + "; with others as unit-variance+c-noise"),
        ],
      completions: InputFeatures.all.map(\.name),
      placeholder: "name",
      read: { text throws(Parameter.Refusal) in
        guard let features = InputFeatures(name: text.lowercased()) else {
          throw Parameter.Refusal(
            description: Choice.unknown(text, "kind of features", among: InputFeatures.all.map(\.name)))
        }
        return features
      },
      print: \.name, allows: { (0...InputFeatures.mostOctaves).contains($0.octaves) },
      stops: .ring(InputFeatures.all),
      explain: { features in
        ([features.scaling.summary]
          + (features.octaves > 0 ? [fourier.replacing("K", with: "\(features.octaves)")] : [])
          + (features.hasNoiseConditioning ? [noise] : [])).joined(separator: ", and ")
      })
  }
}
