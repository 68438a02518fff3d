extension Experiment {
  /// All presets, the default first.
  package static let presets = [standard, fourier, natural, instant, edm, seed, smalldiffusion]

  /// The seed program's network, input and data, trained to draw good samples soon: initial weights that see fine
  /// differences of x, small batches, a large learning rate, a weighting that does not ask for precision before the coarse
  /// shape is known, and the average of the last hundred steps. docs/presets.md says what was measured.
  package static let standard = Experiment(
    name: "default", data: .swissRoll(count: 20_000), schedule: ScheduleSettings(.logLinear, bounds: 0.002...2),
    hidden: [128, 256, 256, 256, 128], activation: .silu,
    initialWeights: InitialWeights(inputGain: 7, isOrthogonal: true),
    formulation: Formulation(weighting: .inverseVariance(eps0: 1)), batchSize: 256, stopsBatchAtEpochEnd: false,
    optimizer: OptimizerSettings(AdamW.self, ["weight-decay": 1e-4, "beta2": 0.99]), learningRate: 8e-3,
    learningRateSchedule: .cosine(floor: 0.1), clipNorm: 1, averageDecay: 0.99, runs: [4_000])

  /// The default's network with Fourier features of its input: the plateau at the start of training is gone.
  package static let fourier: Experiment = {
    var experiment = standard
    experiment.name = "fourier"
    experiment.initialWeights.inputGain = 3
    experiment.formulation.features = InputFeatures(scaling: .none, octaves: 4)
    experiment.batchSize = 128
    experiment.learningRate = 5e-3
    experiment.averageDecay = 0.98
    experiment.runs = [2_000]
    return experiment
  }()

  /// The default's network, input and data, trained by the natural gradient to answer with the exact posterior mean: in some
  /// thirty steps. docs/records.md says what was measured.
  package static let natural: Experiment = {
    var experiment = standard
    experiment.name = "natural"
    experiment.initialWeights.inputGain = 10
    (experiment.target, experiment.drawKind, experiment.levelPower) = (.posterior, .sobol, 0.5)
    experiment.batchSize = 192
    // More than the optimizer's own: it suits this roll, and not data of 64 classes (docs/training.md).
    experiment.optimizer = OptimizerSettings(Natural.self, ["momentum": 0.8])
    (experiment.learningRate, experiment.learningRateSchedule) = (0.15, .linear(floor: 0.1))
    (experiment.clipNorm, experiment.averageDecay) = (nil, nil)
    experiment.runs = [56]
    return experiment
  }()

  /// The same with Fourier features of its input.
  package static let instant: Experiment = {
    var experiment = natural
    experiment.name = "instant"
    experiment.initialWeights.inputGain = 1
    experiment.formulation.features = InputFeatures(scaling: .none, octaves: 4)
    return experiment
  }()

  /// EDM whole (Karras et al. 2022, table 1): preconditioning, weighting, log-normal levels and the inputs c_in·x and
  /// c_noise, on the default's network and data, at a rate that was tuned for it (docs/presets.md); drawn by its own
  /// sampler.
  package static let edm: Experiment = {
    var experiment = standard
    experiment.name = "edm"
    experiment.initialWeights = .torch
    experiment.schedule = ScheduleSettings(.logNormal)
    experiment.formulation = Formulation(parameterization: .edm, features: .edm, weighting: .edm)
    experiment.learningRate = 3e-3
    return experiment
  }()

  /// The PyTorch program "Toy Diffusion Model (2D)" (github.com/notthats1mple/diffusion-toy-2d), to the letter: a
  /// warm-up run of 400 steps, then 20,000.
  package static let seed = Experiment(
    name: "seed", data: .swissRoll(count: 20_000), schedule: ScheduleSettings(.logLinear, bounds: 0.002...2),
    hidden: [128, 256, 256, 256, 128], activation: .silu,
    formulation: Formulation(weighting: .inverseVariance(eps0: 1e-4)), batchSize: 4096,
    stopsBatchAtEpochEnd: true, optimizer: OptimizerSettings(AdamW.self, ["weight-decay": 1e-4]), learningRate: 3e-4,
    learningRateSchedule: .cosine(floor: 0.1), clipNorm: 1, runs: [400, 20_000])

  /// The toy example of smalldiffusion's README (github.com/yuanchenyang/smalldiffusion).
  package static let smalldiffusion = Experiment(
    name: "smalldiffusion", data: .smalldiffusionRoll(count: 100),
    schedule: ScheduleSettings(.logLinear, count: 200, bounds: 0.005...10), hidden: [16, 128, 128, 128, 128, 16],
    activation: .gelu,
    formulation: Formulation(weighting: .uniform), batchSize: 2048, stopsBatchAtEpochEnd: true,
    optimizer: OptimizerSettings(AdamW.self, ["weight-decay": 0.01]),
    learningRate: 1e-3, learningRateSchedule: .constant, clipNorm: nil, runs: [15_000])

  /// How samples of a preset are drawn unless something else is said: those of smalldiffusion as its library draws them,
  /// those of EDM by Heun's method in 18 steps with rho = 7.
  package var standardSampling: SampleSettings {
    switch name {
    case Experiment.smalldiffusion.name: SampleSettings(grid: SamplingGrid(.training, endsAtZero: false), margin: nil)
    case Experiment.edm.name: SampleSettings(sampler: .heun, steps: 18, grid: SamplingGrid(.karras(rho: 7)))
    default: SampleSettings()
    }
  }
}
