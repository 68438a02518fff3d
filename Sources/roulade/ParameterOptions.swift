import ArgumentParser
import Diffusion

/// The options for one group of `Parameter.all`. There is no property for each: the argument parser finds options by
/// reflection, and the mirror lists one for every parameter in the table.
struct ParameterOptions<Group: ParameterGroup>: ParsableArguments, CustomReflectable {
  /// What was said, by the parameter's key. A text, whose meaning is the table's to find.
  private(set) var given: [String: String] = [:]

  init() {}

  init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: Key.self)
    for parameter in Self.parameters {
      given[parameter.key] = try container.decode(Option<String?>.self, forKey: Key(parameter.key)).wrappedValue
    }
  }

  /// Sets what was said, in the table's order.
  ///
  /// - Throws: `Failure` that names the option, what is wrong with it, and what it takes.
  func apply(to configuration: inout Configuration) throws { try apply(given, to: &configuration) }

  func apply(_ given: [String: String], to configuration: inout Configuration) throws {
    for parameter in Self.parameters {
      guard let text = given[parameter.key] else { continue }
      try parameter.set(text, in: &configuration)
    }
    // Only all of them together can be judged.
    for parameter in Self.parameters {
      guard let text = given[parameter.key] else { continue }
      if let misfit = parameter.misfit(in: configuration) {
        throw Failure("--\(parameter.key) \(text): \(misfit)", code: Failure.usage)
      }
    }
  }

  var customMirror: Mirror {
    Mirror(self, children: Self.parameters.map { (label: $0.key, value: $0.option as Any) })
  }

  private static var parameters: [Parameter] { Parameter.all.filter { $0.group == Group.group } }

  /// The name of an option as a key, for decoding.
  private struct Key: CodingKey {
    let stringValue: String
    var intValue: Int? { nil }

    init(_ name: String) { stringValue = name }
    init?(stringValue: String) { self.init(stringValue) }
    init?(intValue: Int) { nil }
  }
}

/// A type for each group, as the argument parser tells options apart by type.
protocol ParameterGroup: Sendable {
  static var group: Parameter.Group { get }
}

enum DataGroup: ParameterGroup { static let group = Parameter.Group.data }
enum NoiseGroup: ParameterGroup { static let group = Parameter.Group.noise }
enum NetworkGroup: ParameterGroup { static let group = Parameter.Group.network }
enum TrainingGroup: ParameterGroup { static let group = Parameter.Group.training }
enum SamplingGroup: ParameterGroup { static let group = Parameter.Group.sampling }

extension Parameter {
  /// The table of all options of settings, in Markdown, for docs/options.md.
  static var optionTable: String {
    let rows = all.map { parameter in
      let cells = [parameter.summary, parameter.takes, parameter.text(Configuration(.standard))]
      return "| `--\(parameter.key)` | " + cells.map { $0.replacing("|", with: "\\|") }.joined(separator: " | ") + " |"
    }
    return (["| option | what it means | what it takes | `default` has |", "|---|---|---|---|"] + rows)
      .joined(separator: "\n")
  }

  fileprivate var option: Option<String?> {
    Option(
      // What begins with a dash is no name, but may be a mistaken number: the answer to `--lr -1` is the range.
      name: .customLong(key), parsing: choices.isEmpty ? .unconditional : .next,
      help: ArgumentHelp(help, discussion: choiceHelp, valueName: placeholder),
      completion: choices.isEmpty ? nil : .list(completions), transform: { $0 })
  }

  /// The summary, what it takes, and what the default preset has.
  private var help: String {
    let standard = text(Configuration(.standard))
    return choices.isEmpty ? "\(summary): \(takes) (default: \(standard))." : "\(summary) (default: \(standard))."
  }

  private var choiceHelp: String {
    choices.map { "\($0.name): \($0.summary)" }.joined(separator: "\n")
  }

  /// Sets it from the text of its option.
  ///
  /// - Throws: `Failure` that names the option, what is wrong with it, and what it takes.
  func set(_ text: String, in configuration: inout Configuration) throws {
    do {
      try read(text, into: &configuration)
      if let problem = problem(in: configuration) { throw Refusal(description: problem) }
    } catch {
      throw Failure("--\(key) \(text): \(error)", code: Failure.usage)
    }
  }
}
