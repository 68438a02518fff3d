import Export
import TestExperiments
import Testing

@testable import Diffusion
@testable import roulade

@Suite("Sampler options")
struct SamplerOptionsTests {
  /// What is said of data without classes.
  static func noClasses(_ option: String) -> Failure {
    Failure(
      "\(option): swiss-roll has no classes; circles, mixture, moons, pinwheel, spirals, tree and word:TEXT do, and files with --label-column",
      code: 64)
  }

  private func settings(
    _ arguments: String..., data: DataSource = .shape(.tree, count: 640), average: Double? = 0.9,
    prefersAverage: Bool = false
  ) throws -> SampleSettings {
    try settings(arguments, data: data, average: average, prefersAverage: prefersAverage)
  }

  private func settings(
    _ arguments: [String], data: DataSource = .shape(.tree, count: 640), average: Double? = 0.9,
    prefersAverage: Bool = false
  ) throws -> SampleSettings {
    var experiment = Experiment.standard
    (experiment.data, experiment.averageDecay) = (data, average)
    return try SamplerOptions.parse(arguments).settings(
      over: ConfigurationFile(Configuration(experiment)), dataset: data.load(), prefersAverage: prefersAverage)
  }

  @Test("the sampler is chosen by name, its steps within their range")
  func sampler() throws {
    #expect(try settings("--sampler", "heun", "--sampler-steps", "7") == SampleSettings(sampler: .heun, steps: 7))
    #expect(throws: Failure("--sampler-steps 0: a whole number from 1 to 1000", code: 64)) {
      try settings("--sampler-steps", "0")
    }
  }

  @Test(
    "numbers of a sampler and levels to step through have ranges, and go with what has them",
    arguments: [
      (["--s-churn", "5"], "--s-churn 5: accelerated has none; heun-churn has"),
      (["--sampler", "heun", "--eta", "0.5"], "--eta 0.5: heun has none; ddim, dpm++2m-sde has"),
      (
        ["--sampler", "heun-churn", "--s-churn", "0", "--s-noise", "1.007"],
        "--s-noise 1.007: with S_churn 0 no noise is added"
      ),
      (["--sampler", "ddim", "--eta", "2"], "--eta 2: a number from 0 to 1"),
      (
        ["--sampler", "heun-churn", "--s-tmin", "2", "--s-tmax", "1"],
        "--s-tmax 1: S_tmin 2 is above S_tmax 1: no noise is added"
      ),
      (["--grid", "karras:0"], "--grid karras:0: a number above 0 follows the colon"),
      (["--grid", "log-snr:2"], "--grid log-snr:2: 'log-snr' takes no number"),
      (
        ["--grid", "karas"],
        "--grid karas: no such spacing; did you mean 'karras'? there are: auto, training, karras, uniform-time, log-snr"
      ),
    ])
  func samplerNumbers(arguments: [String], message: String) {
    #expect(throws: Failure(message, code: 64)) { try settings(arguments) }
  }

  @Test("levels to step through and numbers of a sampler are set")
  func grid() throws {
    let found = try settings(["--sampler", "ddim", "--eta", "0.5", "--grid", "karras:5", "--grid-end", "least"])
    #expect(found.sampler == .ddim.with(["eta": 0.5]) && found.grid == SamplingGrid(.karras(rho: 5), endsAtZero: false))
  }

  @Test("guidance has a range, and goes with classes")
  func guidance() throws {
    #expect(try settings("--guidance", "2.5").guidance == 2.5)
    for scale in ["-1.0", "101.0", "nan"] {
      #expect(throws: Failure("--guidance \(scale): a number from 0 to 100", code: 64)) {
        try settings("--guidance", scale)
      }
    }
    let roll = DataSource.swissRoll(count: 10)
    #expect(throws: SamplerOptionsTests.noClasses("--guidance 2")) { try settings("--guidance", "2", data: roll) }
  }

  @Test("the denoiser is chosen by name; an average only where one is kept")
  func denoiser() throws {
    #expect(try settings().predictor == .learned)
    #expect(try settings(prefersAverage: true).predictor == .average)
    #expect(try settings(average: nil, prefersAverage: true).predictor == .learned)
    #expect(try settings("--denoiser", "learned", prefersAverage: true).predictor == .learned)
    #expect(try settings("--denoiser", "Ideal").predictor == .ideal)
    let unknown = "--denoiser idea: no such denoiser; did you mean 'ideal'? there are: learned, average, ideal"
    #expect(throws: Failure(unknown, code: 64)) { try settings("--denoiser", "idea") }
    #expect(
      throws: Failure("--denoiser average: no moving average is kept; ask for one with --average 0.999", code: 64)
    ) {
      try settings("--denoiser", "average", average: nil)
    }
  }

  @Test("guidance needs rows trained with their class and rows trained without", arguments: [0.0, 1.0])
  func guidanceWithoutDropout(labelDropout: Double) throws {
    var experiment = Experiment.standard
    (experiment.data, experiment.labelDropout) = (.shape(.moons, count: 10), labelDropout)
    let dataset = experiment.loadData()
    func settings(_ arguments: String...) throws -> SampleSettings {
      try SamplerOptions.parse(arguments).settings(
        over: ConfigurationFile(Configuration(experiment)), dataset: dataset, prefersAverage: false)
    }
    #expect(try settings("--guidance", "0").guidance == 0)
    #expect(try settings("--guidance", "2", "--denoiser", "ideal").guidance == 2)
    let message =
      "--guidance 2: with --label-dropout \(labelDropout) the network learns only one of the two that "
      + "guidance compares, with class and without"
    #expect(throws: Failure(message, code: 64)) { try settings("--guidance", "2") }
  }

  @Test("samples are judged as the settings say: by denoiser, class and guidance")
  func judge() {
    var experiment = Experiment.standard
    (experiment.data, experiment.hidden) = (.shape(.mixture, count: 800), [8])
    let dataset = experiment.loadData()
    let trainer = Diffusion.Run(experiment, dataset: dataset, seed: 0, threads: 1)
    func quality(_ settings: SampleSettings) -> SampleQuality {
      var judge = SampleJudge(dataset: dataset, settings: settings, seed: 0)
      return judge.measure(trainer, count: 300)!
    }
    // Of an untrained network nothing lies on the data, of the ideal denoiser everything.
    #expect(quality(SampleSettings()).meanDistance > 0.2)
    #expect(quality(SampleSettings(predictor: .ideal)).meanDistance < 0.01)
    // Guidance drives samples out of the middle of their Gaussians.
    let guided = quality(SampleSettings(predictor: .ideal, guidance: 5))
    #expect(guided.slicedWasserstein > 1.5 * quality(SampleSettings(predictor: .ideal)).slicedWasserstein)
    #expect(quality(SampleSettings(predictor: .ideal, label: 0)).coverage < 0.2)
    let settings = SampleSettings(predictor: .ideal, guidance: 1.5)
    #expect(
      quality(SampleSettings()).text(settings).hasPrefix("samples (accelerated, 20 steps, ideal, guidance 1.5)"))
  }
}
