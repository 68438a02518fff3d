import Diffusion
import Foundation
import Testing

@testable import roulade

@Suite("The command that makes a configuration again")
struct CommandLineTests {
  /// What `roulade` makes of options.
  private func parsed(_ arguments: [String]) throws -> (configuration: Configuration, seed: UInt64) {
    let play = try Play.parse(arguments)
    let settings = try play.options.settings()
    let dataset = CommandLineTests.dataset(settings.configuration.experiment.data)
    let sampling = try play.samplerOptions.settings(over: settings, dataset: dataset, prefersAverage: false)
    let experiment = settings.configuration.experiment
    return (Configuration(experiment, sampling: sampling, classNames: dataset.classNames), settings.seed ?? 0)
  }

  /// A few points of it: only whether there are classes matters.
  private static func dataset(_ data: DataSource) -> Dataset {
    switch data {
    case .shape(let shape, _): DataSource.shape(shape, count: 100).load()
    case .word(let word, _): DataSource.word(word, count: 200).load()
    case .file: Dataset(name: "file", points: [[0, 0], [1, 1]])
    }
  }

  private func start(_ preset: Experiment, _ data: DataSource) -> Configuration {
    var experiment = preset
    experiment.data = data
    return Configuration(experiment, classNames: CommandLineTests.dataset(data).classNames)
  }

  @Test("every parameter")
  func everyParameter() throws {
    let configuration = start(.standard, .shape(.moons, count: 20_000))
    for parameter in Parameter.all where parameter.applies(to: configuration) {
      let up = parameter.moved(configuration, by: 1, original: configuration)
      var next = up == configuration ? parameter.moved(configuration, by: -1, original: configuration) : up
      #expect(next != configuration, "\(parameter.key)")
      next.classNames = CommandLineTests.dataset(next.experiment.data).classNames
      expectSame(next)
    }
  }

  @Test("many changes, one after the other")
  func walks() throws {
    var random = Random(seed: 1)
    for preset in Experiment.presets {
      for _ in 0..<2 {
        let original = start(preset, preset.data)
        var next = original
        for _ in 0..<25 {
          let parameters = Parameter.all.filter { $0.applies(to: next) }
          next = parameters[random.index(below: parameters.count)].moved(
            next, by: random.index(below: 2) == 0 ? 1 : -1, original: original)
          next.classNames = CommandLineTests.dataset(next.experiment.data).classNames
        }
        expectSame(next)
      }
    }
  }

  private func expectSame(_ configuration: Configuration) {
    let arguments = configuration.arguments(seed: 7)
    do {
      let (made, seed) = try parsed(arguments)
      #expect(made.arguments(seed: seed) == arguments)
      for parameter in Parameter.all where parameter.applies(to: configuration) {
        #expect(parameter.text(made) == parameter.text(configuration), "\(parameter.key) of \(arguments)")
      }
      #expect(made.experiment.optimizer == configuration.experiment.optimizer, "\(arguments)")
    } catch {
      Issue.record("\(arguments): \(error)")
    }
  }

  @Test("only what differs from the preset, in the order of application")
  func short() throws {
    #expect(Configuration(.standard).commandLine() == "roulade")
    var configuration = Configuration(.seed)
    configuration.experiment.learningRate = 1e-3
    configuration.experiment.clipNorm = nil
    configuration.experiment.hidden = [16, 16]
    configuration.sampling.steps = 7
    #expect(
      configuration.commandLine("train", seed: 3)
        == "roulade train --preset seed --seed 3 --hidden 16,16 --lr 0.001 --clip off --sampler-steps 7")
  }

  @Test("the seed of the data is said of a file whose points are held out, too")
  func heldOut() {
    var configuration = Configuration(.standard)
    configuration.experiment.data = .file(path: "points.csv")
    configuration.experiment.dataSeed = 3
    #expect(configuration.commandLine() == "roulade --data points.csv")
    configuration.experiment.holdout = 0.2
    #expect(configuration.commandLine() == "roulade --data points.csv --data-seed 3 --holdout 0.2")
  }

  @Test("a file's name is quoted for the shell, and no option")
  func quotes() throws {
    var configuration = Configuration(.standard)
    configuration.experiment.data = .file(path: "it's here/x y.csv")
    #expect(configuration.commandLine() == #"roulade --data 'it'\''s here/x y.csv'"#)
    configuration.experiment.data = .file(path: "-x.csv")
    #expect(configuration.commandLine() == "roulade --data ./-x.csv")
    #expect(try parsed(configuration.arguments()).configuration.experiment.data == .file(path: "./-x.csv"))
    // Names that look like no file's, or like a number.
    for name in ["points", "-5"] {
      configuration.experiment.data = .file(path: name, scale: .each)
      #expect(configuration.commandLine() == "roulade --data ./\(name) --scale each")
      #expect(
        try parsed(configuration.arguments()).configuration.experiment.data
          == .file(path: "./" + name, scale: .each))
    }
  }
}
