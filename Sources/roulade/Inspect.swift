import ArgumentParser
import Diffusion
import Export
import Foundation
import Plot

/// `roulade inspect`: what a file holds.
struct Inspect: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Say what a checkpoint, weights, points or settings file holds.",
    discussion: """
      Examples:
        roulade inspect out/checkpoint.safetensors
        roulade inspect out/checkpoint.safetensors --format toml > again.toml    its settings, for --config
        roulade inspect points.csv --format json
      """)

  enum Format: String, CaseIterable, ExpressibleByArgument {
    case text, json, toml
  }

  @Argument(help: "A safetensors file, a TOML file with settings, a table of points, or an array of them (.npy).")
  var file: String

  @Option(help: "How to print it: text, json, or toml, the settings alone.")
  var format = Format.text

  func run() throws {
    let contents = try badData { try FileContents(of: file) }
    switch format {
    case .text: say(contents.lines.joined(separator: "\n"))
    case .json: StandardOutput.write(try contents.json)
    case .toml:
      guard let settings = contents.configuration else {
        throw Failure("\(file): it holds no settings", code: Failure.badData)
      }
      StandardOutput.write(settings.toml)
    }
  }
}

extension FileContents {
  fileprivate var lines: [String] {
    var lines = facts.map { "\($0.key.padded(to: 16))\($0.value)" }
    if let tensors, !tensors.isEmpty {
      let width = min(tensors.map(\.name.cellWidth).max() ?? 0, 60)
      lines.append("tensors")
      lines += tensors.map { "  \($0.name.padded(to: width))  \($0.type) \($0.shape)" }
    }
    if let settings = configuration {
      lines.append("settings")
      lines += settings.texts.map { "  \($0.key.padded(to: 18))\($0.text)" }
    }
    return lines
  }

  fileprivate var json: String {
    get throws {
      var object: [String: Any] = [:]
      for (key, value) in facts { object[key.replacing(" ", with: "_")] = Int(value) ?? value }
      if let tensors {
        object["tensors"] = tensors.map { ["name": $0.name, "type": $0.type, "shape": $0.shape] as [String: Any] }
      }
      if let settings = configuration {
        object["settings"] = try JSONSerialization.jsonObject(with: Data(settings.json.utf8))
      }
      let options: JSONSerialization.WritingOptions = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
      return String(decoding: try JSONSerialization.data(withJSONObject: object, options: options), as: UTF8.self)
        + "\n"
    }
  }

  /// What there is to say in a few words, beside tensors and settings.
  private var facts: [(key: String, value: String)] {
    switch self {
    case .checkpoint(let file, let tensors):
      let checkpoint = file.checkpoint
      var facts = [
        ("kind", "checkpoint"), ("program", tensors.metadata["program"] ?? "?"), ("step", "\(checkpoint.step)"),
        ("steps", "\(checkpoint.experiment.totalSteps)"), ("rows", "\(checkpoint.rows)"),
        ("seed", "\(checkpoint.seed)"),
      ]
      if let loss = checkpoint.losses.smoothed { facts.append(("loss", loss.formatted(significant: 6))) }
      facts += network(checkpoint.network.widths, parameters: checkpoint.network.parameters.count)
      facts += [
        ("instruction set", checkpoint.instructionSet.rawValue), ("digest", checkpoint.digest),
        ("points", file.origin?.path ?? checkpoint.experiment.data.name),
      ]
      return facts
    case .weights(let weights, let file):
      let said = ["step", "seed", "instruction_set"].compactMap { key in
        file.metadata[key].map { (key.replacing("_", with: " "), $0) }
      }
      let parameters = zip(weights.widths, weights.widths.dropFirst()).reduce(0) { $0 + ($1.0 + 1) * $1.1 }
      return [("kind", "weights")] + said + network(weights.widths, parameters: parameters)
    case .tensors(let file):
      return [("kind", "tensors")]
        + file.metadata.sorted { $0.key < $1.key }.map { ($0.key, $0.value.quotable(columns: 60)) }
    case .configuration:
      return [("kind", "settings")]
    case .points(let file):
      let dataset = file.dataset
      var facts = [("kind", "points"), ("points", "\(dataset.points.count)"), ("digest", dataset.digest)]
      if let box = dataset.box {
        for (axis, name) in ["x", "y"].enumerated() {
          let (center, half) = (box.center[axis], box.halfSides[axis])
          facts.append((name, words(center - half, center + half)))
        }
      }
      return facts + file.notes.map { ("note", $0) }
    case .numpy(let file):
      var facts = [
        ("kind", "points"), ("points", "\(file.shape[0])"), ("type", "float\(8 * file.bytesPerValue)"),
        ("shape", file.shape.map(String.init).joined(separator: ", ")),
      ]
      for (name, range) in zip(["x", "y", "class"], file.ranges) {
        if let range { facts.append((name, words(range.lowerBound, range.upperBound))) }
      }
      return facts + (file.nonFiniteCount == 0 ? [] : [("not finite", "\(file.nonFiniteCount)")])
    }
  }

  private func words(_ low: Double, _ high: Double) -> String {
    "\(low.formatted(significant: 6)) to \(high.formatted(significant: 6))"
  }

  private func network(_ widths: [Int], parameters: Int) -> [(String, String)] {
    [("layers", widths.map(String.init).joined(separator: ", ")), ("parameters", "\(parameters)")]
  }

  private var tensors: [(name: String, type: String, shape: [Int])]? {
    switch self {
    case .checkpoint(_, let file), .weights(_, let file), .tensors(let file):
      file.tensors.map { tensor in
        if case .float64 = tensor.values { return (tensor.name, "F64", tensor.shape) }
        return (tensor.name, "F32", tensor.shape)
      }
    case .configuration, .points, .numpy: nil
    }
  }
}
