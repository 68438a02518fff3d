import Diffusion
import Export
import Testing

@testable import roulade

@Suite("Presets and configuration files on the command line")
struct ConfigTests {
  private func settings(_ arguments: String...) throws -> ConfigurationFile {
    try ExperimentOptions.parse(arguments).settings()
  }

  @Test("the later goes over the earlier: preset, file, options")
  func precedence() throws {
    try withDirectory { directory in
      let (preset, config) = (directory + "/preset.toml", directory + "/config.toml")
      try AtomicFile.write("seed = 1\n[training]\nlr = 0.1\nbatch = 8\nsteps = 5\n", to: preset)
      try AtomicFile.write("seed = 2\n[training]\nlr = 0.2\nbatch = 16\n", to: config)
      let all = try settings("--preset", preset, "--config", config, "--lr", "0.3", "--seed", "3")
      let experiment = all.configuration.experiment
      #expect(experiment.runs == [5] && experiment.batchSize == 16 && experiment.learningRate == 0.3 && all.seed == 3)
      #expect(try settings("--preset", "seed", "--config", config).configuration.experiment.name == "seed")
      #expect(try settings("--config", config).seed == 2)
    }
  }

  @Test("a denoiser that a file names is the one that is judged")
  func denoiser() throws {
    try withDirectory { directory in
      let path = directory + "/config.toml"
      for (text, predictor) in [
        ("[sampling]\ndenoiser = \"learned\"", SampleSettings.Predictor.learned),
        ("[sampling]\nsampler-steps = 5", .average),
      ] {
        try AtomicFile.write(text, to: path)
        let settings = try settings("--config", path)
        let dataset = settings.configuration.experiment.loadData()
        let options = try SamplerOptions.parse([])
        #expect(try options.settings(over: settings, dataset: dataset, prefersAverage: true).predictor == predictor)
      }
    }
  }

  @Test("what a file says of classes goes with data that have some")
  func classes() throws {
    try withDirectory { directory in
      for (text, option) in [
        ("[sampling]\nguidance = 2", "--guidance 2"), ("[data]\nlabel-dropout = 0.2", "--label-dropout 0.2"),
      ] {
        try AtomicFile.write(text, to: directory + "/mine.toml")
        let run = try roulade(["train", "--config", "mine.toml", "--steps", "1"], in: directory)
        #expect(run.code == 64 && run.error == "roulade: \(SamplerOptionsTests.noClasses(option).message)\n")
      }
    }
  }

  @Test("a preset printed as TOML trains as the preset, from a file and through a pipe")
  func printed() throws {
    try withDirectory { directory in
      let tiny = "--steps 3 --hidden 8 --batch 32 --threads 1"
      let line = """
        $roulade presets fourier --format toml > mine.toml &&
        $roulade train --preset fourier \(tiny) --out a > /dev/null 2>&1 &&
        $roulade train --preset mine.toml \(tiny) --out b > /dev/null 2>&1 &&
        $roulade presets mine.toml --format toml | $roulade train --config - \(tiny) --out c > /dev/null 2>&1 &&
        cmp a/checkpoint.safetensors b/checkpoint.safetensors && cmp a/checkpoint.safetensors c/checkpoint.safetensors
        """
      let run = try shell(line, in: directory)
      #expect(run == Run(code: 0, output: "", error: ""))
    }
  }

  @Test("the list names every preset; what is none gets the nearest, and a file's mistakes code 65")
  func presets() throws {
    let list = try roulade(["presets"])
    #expect(list.code == 0 && list.output.split(separator: "\n").count == Experiment.presets.count)
    for preset in Experiment.presets {
      #expect(list.output.contains("\(preset.name) "))
      #expect(try roulade(["presets", preset.name]).output == ConfigurationFile(Configuration(preset)).json)
    }
    let unknown = try roulade(["presets", "sed"])
    #expect(unknown.code == 64 && unknown.error.hasPrefix("roulade: sed: no such preset; did you mean 'seed'?"))
    #expect(try roulade(["presets", "--format", "json"]).code == 64)
    let missing = try roulade(["presets", "./none.toml"])
    #expect(missing == Run(code: 65, output: "", error: "roulade: cannot read ./none.toml: no such file\n"))
    try withDirectory { directory in
      try AtomicFile.write("lr = -1", to: directory + "/bad.toml")
      let error = "roulade: bad.toml, line 1: lr -1: a number above 0, at most 1e30\n"
      for option in ["--config", "--preset"] {
        let run = try roulade(["train", option, "bad.toml"], in: directory)
        #expect(run == Run(code: 65, output: "", error: error))
      }
    }
  }
}
