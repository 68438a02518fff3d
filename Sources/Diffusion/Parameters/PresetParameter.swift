extension Parameter {
  /// All settings of training at once, for the settings panel: the command line has an option of its own, which comes
  /// before those that change it. What was chosen of samples stays.
  package static let preset = Parameter(
    "preset", "preset", .data, "All settings of training at once", .preset,
    get: { $0.experiment },
    set: { configuration, experiment, original in
      let first = original?.experiment
      configuration.experiment = first?.name == experiment.name ? first ?? experiment : experiment
      configuration.sampling.label = nil
      configuration.forgetMissingAverage()
    })
}

extension Domain where Value == Experiment {
  fileprivate static var preset: Domain {
    let presets = Experiment.presets
    return .named(
      "preset", presets, name: \.name, summary: \.presetSummary,
      stops: Stops(
        values: { present, original in
          // What was changed since is still that preset, by name.
          let all = presets.contains { $0.name == original.name } ? presets : [original] + presets
          return all.map { $0.name == present.name ? present : $0 }
        }, isLess: nil))
  }
}

extension Experiment {
  fileprivate var presetSummary: String {
    switch name {
    case Experiment.standard.name: "good samples soon: small batches, a large rate, a gentle weighting"
    case Experiment.fourier.name: "the default with Fourier features: no plateau at the start"
    case Experiment.natural.name: "the default's network and data, trained by the natural gradient in 56 steps"
    case Experiment.instant.name: "natural with Fourier features"
    case Experiment.edm.name: "EDM whole (Karras et al. 2022), on the default's network and data"
    case Experiment.seed.name: "the PyTorch program \"Toy Diffusion Model (2D)\", to the letter"
    case Experiment.smalldiffusion.name: "the toy example of smalldiffusion's README"
    default: "as it was begun"
    }
  }
}
