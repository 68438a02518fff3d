import Diffusion
import Testing

@testable import roulade

@Suite("Experiment options")
struct ExperimentOptionsTests {
  private func failure(_ arguments: String...) throws -> Failure? {
    let options = try ExperimentOptions.parse(arguments)
    do {
      _ = try options.experiment()
      _ = try options.threadCount()
      return nil
    } catch let failure as Failure {
      return failure
    }
  }

  @Test("no options give the default preset")
  func defaults() throws {
    #expect(try ExperimentOptions.parse([]).experiment() == .standard)
    // What help says that it is.
    #expect(try ExperimentOptions.parse(["--weighting", "inverse-variance:1"]).experiment() == .standard)
  }

  @Test("options change the preset's settings")
  func overrides() throws {
    let options = try ExperimentOptions.parse([
      "--preset", "seed", "--steps", "400", "--batch", "32", "--lr", "0.001", "--hidden", "8, 16", "--activation",
      "gelu",
    ])
    var expected = Experiment.seed
    (expected.runs, expected.batchSize, expected.learningRate) = ([400], 32, 0.001)
    (expected.hidden, expected.activation) = ([8, 16], .gelu)
    #expect(try options.experiment() == expected)
  }

  @Test("an unknown preset names the nearest and lists all")
  func unknownPreset() throws {
    #expect(
      try failure("--preset", "sed")
        == Failure(
          "--preset sed: no such preset; did you mean 'seed'? there are: default, fourier, natural, instant, edm, seed, smalldiffusion",
          code: 64))
  }

  @Test("levels from a distribution go with schedules that have one, mean and spread with those that are normal")
  func continuousLevels() throws {
    let options = try ExperimentOptions.parse(["--schedule", "logit-normal", "--p-mean", "-0.5", "--p-std", "1.5"])
    var expected = ScheduleSettings(.logitNormal, count: nil)
    (expected.mean, expected.deviation) = (-0.5, 1.5)
    #expect(try options.experiment().schedule == expected)
    #expect(
      try failure("--schedule", "ddpm", "--levels", "continuous")
        == Failure("--levels continuous: a chain of betas has as many levels as betas: say how many", code: 64))
    #expect(
      try failure("--schedule", "ddpm", "--p-mean", "0")
        == Failure("--p-mean 0: ddpm has none; logit-normal, log-normal has", code: 64))
    #expect(
      try failure("--levels", "0") == Failure("--levels 0: a whole number from 1 to 100000, or continuous", code: 64))
  }

  @Test("a seed of the data goes with points that it decides over, clipping with what clips")
  func withoutEffect() throws {
    let words = "has the same points under every seed; which are held out is for it to decide, with --holdout"
    #expect(try failure("--data-seed", "3") == Failure("--data-seed 3: swiss-roll \(words)", code: 64))
    #expect(
      try failure("--data", "a.csv", "--data-seed", "0") == Failure("--data-seed 0: a.csv \(words)", code: 64))
    for others in [["--holdout", "0.2"], ["--data", "moons"], ["--data", "word:A"]] {
      #expect(try ExperimentOptions.parse(["--data-seed", "3"] + others).experiment().dataSeed == 3)
    }
    #expect(
      try failure("--optimizer", "natural", "--clip", "1")
        == Failure("--clip 1: natural clips no gradient: its damping bounds its steps", code: 64))
  }

  @Test("numbers out of range say what is allowed")
  func outOfRange() throws {
    #expect(
      try failure("--steps", "0")
        == Failure("--steps 0: a whole number from 1 to 1000000000, or several as in 400+20000", code: 64))
    #expect(try failure("--batch", "0") == Failure("--batch 0: a whole number from 1 to 65536", code: 64))
    for rate in ["nan", "0", "-1", "1e300", "10x", ""] {
      let message = "--lr \(rate): a number above 0, at most 1e30"
      #expect(try failure("--lr", rate) == Failure(message, code: 64))
    }
    #expect(
      try failure("--hidden", "8,,9")
        == Failure("--hidden 8,,9: 1 to 11 widths from 1 to 1024, as in 128,256,128", code: 64))
    #expect(try failure("--beta2", "1") == Failure("--beta2 1: a number from 0 to below 1", code: 64))
    #expect(
      try failure("--weight-decay", "-1") == Failure("--weight-decay -1: a number from 0 to 1000000", code: 64))
    #expect(
      try failure("--clip", "-1") == Failure("--clip -1: a number above 0, at most 1e30, or 0 for none", code: 64))
    #expect(try failure("--threads", "0") == Failure("--threads 0: 1 to 256 threads", code: 64))
  }

  @Test("data, schedule, formulation, rate and average are set by name")
  func science() throws {
    let options = try ExperimentOptions.parse([
      "--data", "moons", "--points", "500", "--schedule", "cosine", "--levels", "50", "--parameterization", "v",
      "--weighting", "min-snr:3", "--features", "unit-variance+fourier-2", "--lr-schedule", "cosine:0.5", "--warm-up",
      "7", "--average", "0.99", "--beta2", "0.9", "--weight-decay", "0.5", "--clip", "0",
    ])
    var expected = Experiment.standard
    expected.data = .shape(.moons, count: 500)
    expected.schedule = ScheduleSettings(.cosine, count: 50)
    expected.formulation = Formulation(
      parameterization: .v, features: InputFeatures(scaling: .unitVariance, octaves: 2), weighting: .minSNR(gamma: 3))
    (expected.learningRateSchedule, expected.warmUpSteps, expected.averageDecay) = (.cosine(floor: 0.5), 7, 0.99)
    (expected.optimizer["beta2"], expected.optimizer["weight-decay"], expected.clipNorm) = (0.9, 0.5, nil)
    let settings = try options.settings()
    #expect(settings.configuration.experiment == expected)
    #expect(try options.dataset(for: settings).points.count == 500)
  }

  @Test("a range keeps the preset's kind of schedule; a word and a file are data")
  func scienceForms() throws {
    let ranged = try ExperimentOptions.parse(["--schedule-range", "0.01:5"]).experiment()
    #expect(ranged.schedule == ScheduleSettings(.logLinear, bounds: 0.01...5))
    #expect(try ExperimentOptions.parse(["--data", "word:HI"]).experiment().data == .word("HI", count: 20_000))
    #expect(try ExperimentOptions.parse(["--data", "a/b.csv"]).experiment().data == .file(path: "a/b.csv"))
  }

  @Test(
    "unknown names suggest the nearest",
    arguments: [
      ("--data", "mons", "--data mons: no such data set; did you mean 'moons'?"),
      ("--data", "dino", "--data dino: no such data set; did you mean 'dinosaur'?"),
      ("--schedule", "cosin", "--schedule cosin: no such noise schedule; did you mean 'cosine'?"),
      ("--parameterization", "eps", "--parameterization eps: no such parameterization; did you mean 'epsilon'?"),
      ("--weighting", "minsnr", "--weighting minsnr: no such weighting; did you mean 'min-snr'?"),
      ("--features", "fourier4", "--features fourier4: no such kind of features; did you mean 'fourier-4'?"),
      (
        "--lr-schedule", "onecycle", "--lr-schedule onecycle: no such learning-rate schedule; did you mean 'one-cycle'?"
      ),
    ])
  func nearest(option: String, value: String, message: String) throws {
    let failure = try failure(option, value)
    #expect(failure?.message.hasPrefix(message) == true, "\(failure?.message ?? "no failure")")
    #expect(failure?.code == 64)
  }

  @Test(
    "a schedule whose noise grows beyond all bounds is refused in words",
    arguments: [
      "--levels 100000 --schedule ddpm", "--levels 100000 --schedule sigmoid",
      "--schedule ddpm --levels 100000 --schedule-range 0.9:0.999", "--schedule sigmoid --schedule-range 0.5:0.999",
    ])
  func outgrownSchedule(line: String) throws {
    let options = try ExperimentOptions.parse(line.split(separator: " ").map(String.init))
    do {
      _ = try options.experiment()
      Issue.record("accepted")
    } catch let failure as Failure {
      #expect(failure.code == 64 && failure.message.hasSuffix("take fewer levels or a smaller greatest beta"))
    }
  }

  @Test("a file that is not there, or holds nonsense, is bad data")
  func badFile() throws {
    let options = try ExperimentOptions.parse(["--data", "/nonexistent.csv"])
    #expect(throws: Failure("cannot read /nonexistent.csv: no such file", code: 65)) {
      try options.dataset(for: options.settings())
    }
  }

  @Test("the share of hidden labels is a share, and goes with classes")
  func labelDropout() throws {
    let options = try ExperimentOptions.parse(["--data", "tree", "--label-dropout", "0.25"])
    let settings = try options.settings()
    #expect(settings.configuration.experiment.labelDropout == 0.25)
    #expect(try options.dataset(for: settings).classCount == 64)
    for share in ["-0.1", "1.5", "nan"] {
      #expect(
        try failure("--label-dropout", share) == Failure("--label-dropout \(share): a number from 0 to 1", code: 64))
    }
    let unlabelled = try ExperimentOptions.parse(["--label-dropout", "0.25"])
    #expect(throws: SamplerOptionsTests.noClasses("--label-dropout 0.25")) {
      try unlabelled.dataset(for: unlabelled.settings())
    }
  }

  @Test("the edit distance counts insertions, deletions and substitutions")
  func distance() {
    #expect(editDistance("kitten", "sitting") == 3)
    #expect(editDistance("", "abc") == 3)
    #expect(editDistance("seed", "seed") == 0)
  }
}

extension ExperimentOptions {
  fileprivate func experiment() throws -> Experiment { try settings().configuration.experiment }
}
