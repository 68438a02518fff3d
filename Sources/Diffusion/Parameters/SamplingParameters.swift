extension Parameter {
  /// How samples are drawn. None of these touches training.
  static let sampling: [Parameter] = [
    Parameter(
      "sampler", "sampler", .sampling, "How a sampler steps from noise to data",
      .named("sampler", Sampler.all, name: \.name, summary: \.summary), \.sampling.sampler),
    Parameter(
      "sampler-steps", "steps of the sampler", .sampling, "Steps from noise to data",
      .whole(1...1000, stops: [2, 3, 5, 7, 10, 15, 20, 30, 50, 70, 100]), \.sampling.steps),
    Parameter(
      "denoiser", "denoiser", .sampling, "Whose predictions samples follow",
      .named("denoiser", SampleSettings.Predictor.allCases, name: \.rawValue, summary: \.summary),
      check: {
        $0.sampling.predictor == .average && $0.experiment.averageDecay == nil
          ? "no moving average is kept; ask for one with --average 0.999" : nil
      },
      get: { $0.sampling.predictor },
      set: { configuration, value, _ in configuration.sampling.predictor = value }),
    Parameter(
      "guidance", "guidance", .sampling,
      "Classifier-free guidance, for data with classes: how far samples go beyond what their class asks for; 0 is none (Ho and Salimans 2022; others count from 1)",
      .guidance, \.sampling.guidance, applies: { !$0.classNames.isEmpty }),
    Parameter(
      "class", "class", .sampling, "The class of all samples, by number from 0, or all",
      .label, applies: { !$0.classNames.isEmpty },
      check: { configuration in
        configuration.sampling.label.flatMap { label in
          configuration.classNames.isEmpty || configuration.classNames.indices.contains(label)
            ? nil
            : "the data have \(configuration.classNames.count) classes, 0 to \(configuration.classNames.count - 1)"
        }
      },
      get: { Label(number: $0.sampling.label, count: $0.classNames.count) },
      set: { configuration, value, _ in configuration.sampling.label = value.number }),
  ]
}

extension Domain where Value == Float {
  fileprivate static var guidance: Domain {
    let takes = "a number from 0 to 100"
    return Domain(
      takes: takes, placeholder: "number",
      read: { text throws(Parameter.Refusal) in
        guard let value = Float(text), (0...100).contains(value) else { throw Parameter.Refusal(description: takes) }
        return value
      },
      print: { value in
        let text = "\(value)"
        return text.hasSuffix(".0") ? String(text.dropLast(2)) : text
      },
      allows: { (0...100).contains($0) }, stops: .row([0, 0.5, 1, 2, 3, 5, 8, 15]))
  }
}

/// A class of so many; nil stands for all of them.
private struct Label: Equatable, Sendable {
  var number: Int?
  var count = 0
}

extension Domain where Value == Label {
  fileprivate static var label: Domain {
    let takes = "a whole number of 0 or more, or all"
    return Domain(
      takes: takes, placeholder: "number|all",
      read: { text throws(Parameter.Refusal) in
        if text == "all" { return Label() }
        guard let number = Int(text), number >= 0 else { throw Parameter.Refusal(description: takes) }
        return Label(number: number)
      },
      print: { $0.number.map { "\($0)" } ?? "all" }, allows: { $0.number.map { $0 >= 0 } ?? true },
      stops: Stops(
        values: { present, _ in
          [Label(number: nil, count: present.count)]
            + (0..<present.count).map { Label(number: $0, count: present.count) }
        }, isLess: nil))
  }
}
