import ArgumentParser
import Diffusion
import Export
import Plot

/// `roulade presets`: what there is to begin with.
struct Presets: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "List the presets, or print one.",
    discussion: """
      Examples:
        roulade presets                                   what there is
        roulade presets seed                              all settings of one, as JSON
        roulade presets seed --format toml > mine.toml    a file to change, for --preset or --config
        roulade train --preset mine.toml
      """)

  enum Format: String, CaseIterable, ExpressibleByArgument {
    case json, toml
  }

  @Argument(help: "A preset, or a TOML file with settings.")
  var name: String?

  @Option(help: "How to print it: json, toml (default: json).")
  var format: Format?

  func run() throws {
    guard let name else {
      try require(format == nil, "--format goes with the name of a preset")
      return say(list)
    }
    let settings = try presetSettings(named: name)
    StandardOutput.write((format ?? .json) == .json ? settings.json : settings.toml)
  }

  private var list: String {
    let presets = Experiment.presets
    let width = presets.map(\.name.count).max() ?? 0
    return presets.map { preset in
      let text = { Parameter.named($0).text(Configuration(preset)) }
      return preset.name.padded(to: width) + "  \(text("data")), \(text("steps")) steps of \(text("batch")) rows, "
        + "hidden layers \(text("hidden")), features \(text("features"))"
    }.joined(separator: "\n")
  }
}
