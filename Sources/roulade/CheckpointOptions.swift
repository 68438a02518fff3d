import ArgumentParser
import Diffusion
import Export

/// The options that name a checkpoint, for the commands that look at one.
struct CheckpointOptions: ParsableArguments {
  @Argument(help: "A checkpoint, as `roulade train` writes it.")
  var checkpoint: String

  @Option(help: ArgumentHelp("Where the file with its points is now, if it has moved.", valueName: "file"))
  var data: String?

  @Option(
    help: ArgumentHelp(
      "How samples are drawn, in a TOML file, which the options below change; its other settings stay the run's.",
      valueName: "file"))
  var config: String?

  @OptionGroup var threadOptions: ThreadOptions

  /// The run at that checkpoint, and its settings.
  ///
  /// - Throws: `Failure` with code 65 for files that are not what they should be.
  func load() throws -> (run: Run, settings: ConfigurationFile) {
    var file = try badData { try CheckpointFile(contentsOf: checkpoint) }
    if threadOptions.instructionSet != nil {
      file.checkpoint.instructionSet = try threadOptions.chosenInstructionSet()
    }
    if let data {
      try require(file.origin != nil, "--data \(data): the points of \(checkpoint) are made, not read from a file")
      file.origin?.path = data
    }
    let threads = try threadOptions.threadCount()
    let made: Dataset?
    do {
      made =
        try (file.origin?.points().dataset).map(file.checkpoint.experiment.split)
        ?? file.checkpoint.experiment.makeData()
    } catch {
      throw Failure("\(error); --data FILE says where the points of \(checkpoint) are now", code: Failure.badData)
    }
    guard let dataset = made else {
      throw Failure("\(checkpoint): it does not say where its points are", code: Failure.badData)
    }
    let settings = try settings(of: file)
    do {
      let run = try Run(resuming: file.checkpoint, dataset: dataset, threads: threads)
      return (run, settings)
    } catch {
      throw Failure("\(checkpoint): \(error)", code: Failure.badData)
    }
  }

  private func settings(of file: CheckpointFile) throws -> ConfigurationFile {
    guard let config else { return file.configuration }
    var settings = try badData { try ConfigurationFile(contentsOf: config, over: file.configuration) }
    settings.configuration.experiment = file.checkpoint.experiment
    (settings.seed, settings.points) = (file.checkpoint.seed, file.origin)
    return settings
  }
}
