extension Parameter {
  /// How samples are drawn. None of these touches training.
  static let sampling: [Parameter] =
    [
      Parameter(
        "sampler", "sampler", .sampling, "How a sampler steps from noise to data", .sampler,
        get: { $0.sampling.sampler.name },
        set: { configuration, name, original in
          guard name != configuration.sampling.sampler.name, let fresh = Sampler(name: name) else { return }
          let first = original?.sampling.sampler
          configuration.sampling.sampler = first?.name == name ? first ?? fresh : fresh
        }),
      Parameter(
        "sampler-steps", "steps of the sampler", .sampling, "Steps from noise to data",
        .whole(1...1000, stops: SampleSettings.stepChoices), \.sampling.steps),
    ]
    + hyperparameters(
      .sampling, of: Sampler.all.map { ($0.name, $0.hyperparameters) }, \.sampling.sampler, misfit: samplerMisfit,
      check: samplerProblem) + [
      Parameter(
        "grid", "levels of the sampler", .sampling, "How the noise levels that a sampler steps through are spaced",
        .spacing, \.sampling.grid.spacing),
      Parameter(
        "grid-end", "end of the sampler", .sampling, "Where the last step of a sampler ends", .gridEnd,
        \.sampling.grid.endsAtZero),
      Parameter(
        "denoiser", "denoiser", .sampling, "Whose predictions samples follow",
        .named("denoiser", SampleSettings.Predictor.allCases, name: \.rawValue, summary: \.summary),
        \.sampling.predictor,
        check: {
          $0.sampling.predictor == .average && $0.experiment.averageDecay == nil
            ? "no moving average is kept; ask for one with --average 0.999" : nil
        }),
      Parameter(
        "margin", "margin", .sampling,
        "Keep estimates of the clean point in the data's box with this margin, in units of its longer side, as samplers of images do (Ho et al. 2020)",
        .numberOrNone(.above(0, to: 1000), stops: [0.05, 0.1, 0.5, 2]), \.sampling.margin),
      Parameter(
        "guidance", "guidance", .sampling,
        "Classifier-free guidance, for data with classes: how far samples go beyond what their class asks for; 0 is none (Ho and Salimans 2022; others count from 1)",
        .number(.from(0, to: 100), stops: SampleSettings.guidanceChoices), \.sampling.guidance,
        // What there is already can be taken back.
        applies: { !$0.classNames.isEmpty && ($0.canGuide || $0.sampling.guidance > 0) }),
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

extension Parameter {
  /// Why a number of a sampler means nothing beside its others, in words; nil if it does.
  @Sendable private static func samplerMisfit(_ key: String, _ sampler: Sampler) -> String? {
    guard ["s-tmin", "s-tmax", "s-noise"].contains(key), sampler["s-churn"] == 0 else { return nil }
    return "with S_churn 0 no noise is added"
  }

  /// What is wrong with a number of a sampler beside its others, in words; nil if nothing is.
  @Sendable private static func samplerProblem(_ key: String, _ sampler: Sampler) -> String? {
    guard key == "s-tmax", sampler.has(key), sampler["s-tmin"] > sampler["s-tmax"] else { return nil }
    return "S_tmin \(numberText(sampler["s-tmin"])) is above S_tmax \(numberText(sampler["s-tmax"])): no noise is added"
  }
}

extension Domain where Value == String {
  fileprivate static var sampler: Domain {
    .named(
      "sampler", Sampler.all.map(\.name), name: { $0 }, summary: { name in Sampler(name: name)?.summary ?? "" })
  }
}

extension Domain where Value == Bool {
  fileprivate static var gridEnd: Domain {
    .named(
      "end", [true, false], name: { $0 ? "zero" : "least" },
      summary: {
        $0
          ? "at sigma 0: the last step takes all noise away (Karras et al. 2022)"
          : "at the least level of training, as smalldiffusion's"
      })
  }
}

extension SamplingGrid.Spacing: NumberedChoice {}

extension Domain where Value == SamplingGrid.Spacing {
  fileprivate static var spacing: Domain {
    .numbered(
      "spacing", takes: "auto, training, karras[:rho] (7 if it is not said), uniform-time[:shift] (1), log-snr",
      // What float32 levels bear.
      .from(0.1, to: 1000),
      stops: .ring([.automatic, .training, .karras(rho: 3), .karras(rho: 7), .uniformTime(shift: 1), .logSNR]))
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
