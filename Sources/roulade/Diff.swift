import ArgumentParser
import Diffusion
import Export
import Plot

/// `roulade diff`: which settings differ.
struct Diff: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Say which settings of two presets, checkpoints or files differ.",
    discussion: """
      Prints a line for each that does: its name, its value in A and its value in B. The exit code is 0 if none does, and 1 \
      otherwise.

      Examples:
        roulade diff default fourier
        roulade diff a/checkpoint.safetensors b/checkpoint.safetensors
        roulade diff seed mine.toml
      """)

  @Argument(help: "A preset, a checkpoint, weights, or a TOML file with settings.")
  var a: String

  @Argument(help: "Another one.")
  var b: String

  func run() throws {
    let (left, right) = (try settings(a).texts, try settings(b).texts)
    // What does not apply in one of them is not set there.
    let keys = left.map(\.key) + right.map(\.key).filter { key in !left.contains { $0.key == key } }
    let rows = keys.compactMap { key -> [String]? in
      let values = [left, right].map { side in side.first { $0.key == key }?.text ?? "-" }
      return values[0] == values[1] ? nil : [key] + values
    }
    guard !rows.isEmpty else { return }
    let widths = (0..<2).map { column in rows.map { $0[column].cellWidth }.max() ?? 0 }
    for row in rows { say("\(row[0].padded(to: widths[0]))  \(row[1].padded(to: widths[1]))  \(row[2])") }
    throw ExitCode(1)
  }

  private func settings(_ name: String) throws -> ConfigurationFile {
    if Experiment.presets.contains(where: { $0.name == name }) || !(name.contains(".") || name.contains("/")) {
      return try presetSettings(named: name)
    }
    guard let settings = try badData({ try FileContents(of: name) }).configuration else {
      throw Failure("\(name): it holds no settings", code: Failure.badData)
    }
    return settings
  }
}
