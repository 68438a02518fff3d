import Diffusion
import Foundation
import Plot
import TOMLKit

/// What a person chose once for all, in the file `config.toml` of their configuration directory: the theme, the glyphs,
/// a preset to begin with, and keys. `docs/configuration.md` describes it. Nothing in it keeps the program from starting.
package struct UserFile: Equatable, Sendable {
  /// Nil to follow what the environment tells.
  package private(set) var theme: Theme?
  /// Nil for what the terminal can show.
  package private(set) var glyphs: Glyphs?
  /// The name of a preset.
  package private(set) var preset: String?
  /// Whether settings are remembered from start to start.
  package private(set) var remembers = true
  /// The key that each word of the footer is to have.
  package private(set) var keys: [Moved] = []
  /// What is wrong in it, with line and key.
  package private(set) var problems: [String] = []

  /// A key that was put elsewhere.
  package struct Moved: Equatable, Sendable {
    /// The footer's.
    package let word: String
    /// One character.
    package let key: String
    /// The file and the line, for problems.
    package let place: String
  }

  /// No choices.
  package init() {}

  /// Reads a file. One that is not there holds no choices.
  package init(contentsOf path: String) {
    self.init()
    guard FileManager.default.fileExists(atPath: path) else { return }
    do {
      let bytes = try InputFile(path).read(ConfigurationFile.mostBytes + 1)
      self = UserFile(text: try ConfigurationFile.text(bytes, file: path), file: path)
    } catch {
      problems = ["\(error)"]
    }
  }

  /// - Parameter file: What the file is called, for the problems.
  package init(text: String, file: String) {
    let lines = linesOfKeys(in: text)
    func place(_ key: String) -> String { file + (lines[key].map { ", line \($0)" } ?? "") }
    let root: TOMLTable
    do {
      root = try ConfigurationFile.table(text, file: file)
    } catch {
      problems = [error.description]
      return
    }
    for (key, value) in root {
      if key == "keys", let table = value.table {
        keys = table.map { Moved(word: $0.0, key: $0.1.string ?? "", place: place("keys." + $0.0)) }
        continue
      }
      do {
        try take(key, value)
      } catch {
        problems.append("\(place(key)): \(key.quotable(columns: 40)): \(error)")
      }
    }
    keys.sort { $0.word < $1.word }
  }

  private mutating func take(_ key: String, _ value: any TOMLValueConvertible) throws(Parameter.Refusal) {
    switch key {
    case "theme": theme = try choice(value, "theme", Theme.allCases, name: \.rawValue)
    case "glyphs": glyphs = try choice(value, "kind of glyphs", Glyphs.allCases, name: \.rawValue)
    case "preset": preset = try choice(value, "preset", Experiment.presets, name: \.name).name
    case "remember":
      guard let wanted = value.bool else { throw Parameter.Refusal(description: "true or false") }
      remembers = wanted
    case "keys": throw Parameter.Refusal(description: "a table of words and keys")
    default:
      throw Parameter.Refusal(
        description: Choice.unknown(key, "choice", among: ["theme", "glyphs", "preset", "remember", "[keys]"]))
    }
  }

  private func choice<Value>(
    _ value: any TOMLValueConvertible, _ kind: String, _ all: [Value], name: (Value) -> String
  ) throws(Parameter.Refusal) -> Value {
    let text = value.string ?? ""
    guard let choice = all.first(where: { name($0) == text }) else {
      throw Parameter.Refusal(description: Choice.unknown(text.quotable(columns: 40), kind, among: all.map(name)))
    }
    return choice
  }
}
