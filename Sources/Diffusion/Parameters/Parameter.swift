import Expect

/// A setting: its names, what it means, what it may be, and how it is read, printed and moved. The command line, the
/// settings panel, the help and the table in docs/options.md are made from `Parameter.all`; a new setting is one entry in
/// one of the lists that this is made of.
package struct Parameter: Sendable {
  /// What the command line's help and the settings panel put under one heading.
  package enum Group: String, CaseIterable, Sendable {
    case data, noise, network, training, sampling
  }

  /// What a change does to a running training.
  package enum Cost: Equatable, Sendable {
    /// Training goes on, and its loss means what it meant.
    case live
    /// Training goes on, but values of the loss before and after cannot be compared.
    case newCurve
    /// The weights would mean something else, for this reason.
    case freshWeights(String)
  }

  /// Why a text is no value of the parameter: what it takes, in words that follow a colon.
  package struct Refusal: Error, Equatable, CustomStringConvertible {
    package let description: String

    package init(description: String) { self.description = description }
  }

  /// The name of its option, without the dashes.
  package let key: String
  /// Its name in a sentence.
  package let title: String
  /// Where it stands in help and panel.
  package let group: Group
  /// What it means, in a sentence, with the source of it.
  package let summary: String
  /// What it may be, in words: "a number above 0, at most 1e30".
  package let takes: String
  /// What it may be, by name; empty for numbers.
  package let choices: [Choice]
  /// The names that a shell completes.
  package let completions: [String]
  /// What stands for a value in help: `low:high`.
  package let placeholder: String
  private let reads: @Sendable (String, inout Configuration) throws(Refusal) -> Void
  private let prints: @Sendable (Configuration) -> String
  private let explains: @Sendable (Configuration) -> String?
  private let moves: @Sendable (Configuration, Int, Configuration) -> Configuration
  private let checks: @Sendable (Configuration) -> String?
  private let fits: @Sendable (Configuration) -> Bool
  private let misfits: @Sendable (Configuration) -> String?

  /// - Parameters:
  ///   - applies: Whether it means anything under the other settings.
  ///   - misfit: Why it means nothing under them, in words, where somebody who sets it should be told; nil if it does.
  ///   - check: What is wrong with an allowed value under the other settings, in words.
  ///   - get: Its value.
  ///   - set: Changes it; the last argument is what the playground began with, which a choice may lead back to.
  init<Value>(
    _ key: String, _ title: String, _ group: Group, _ summary: String, _ domain: Domain<Value>,
    placeholder: String? = nil,
    applies: @escaping @Sendable (Configuration) -> Bool = { _ in true },
    misfit: @escaping @Sendable (Configuration) -> String? = { _ in nil },
    check: @escaping @Sendable (Configuration) -> String? = { _ in nil },
    get: @escaping @Sendable (Configuration) -> Value,
    set: @escaping @Sendable (inout Configuration, Value, Configuration?) -> Void
  ) {
    (self.key, self.title, self.group, self.summary) = (key, title, group, summary)
    (takes, choices) = (domain.takes, domain.choices)
    completions = domain.completions.isEmpty ? domain.choices.map(\.name) : domain.completions
    self.placeholder = placeholder ?? domain.placeholder
    reads = { (text, configuration) throws(Refusal) in
      set(&configuration, try domain.read(text), nil)
    }
    prints = { domain.print(get($0)) }
    explains = { domain.explain(get($0)) }
    let checks: @Sendable (Configuration) -> String? = { configuration in
      let value = get(configuration)
      return domain.allows(value) ? check(configuration) : "\(domain.print(value)) is not \(domain.takes)"
    }
    self.checks = checks
    moves = { configuration, count, original in
      func moved(to value: Value) -> Configuration {
        var moved = configuration
        set(&moved, value, original)
        return moved
      }
      let present = get(configuration)
      let next = domain.stops.next(after: present, count, original: get(original)) { value in
        value == present || moved(to: value).problem == nil
      }
      return next == present ? configuration : moved(to: next)
    }
    (fits, misfits) = (applies, misfit)
  }

  /// The same for a value that stands by itself.
  init<Value>(
    _ key: String, _ title: String, _ group: Group, _ summary: String, _ domain: Domain<Value>,
    _ path: any WritableKeyPath<Configuration, Value> & Sendable, placeholder: String? = nil,
    applies: @escaping @Sendable (Configuration) -> Bool = { _ in true },
    misfit: @escaping @Sendable (Configuration) -> String? = { _ in nil },
    check: @escaping @Sendable (Configuration) -> String? = { _ in nil }
  ) {
    self.init(
      key, title, group, summary, domain, placeholder: placeholder, applies: applies, misfit: misfit, check: check,
      get: { $0[keyPath: path] }, set: { configuration, value, _ in configuration[keyPath: path] = value })
  }

  /// Sets it from a text. Whether the value goes with all others says `Configuration.problem`.
  ///
  /// - Throws: `Refusal` for a text that is no value of it; nothing is changed then.
  package func read(_ text: String, into configuration: inout Configuration) throws(Refusal) {
    try reads(text, &configuration)
  }

  /// Its value, in words that `read` takes.
  package func text(_ configuration: Configuration) -> String { prints(configuration) }

  /// What its value is, where it is one of several; nil for numbers.
  package func explanation(_ configuration: Configuration) -> String? { explains(configuration) }

  /// The settings with its next choice, or the one before; the same at the end of a range. Values that do not go with
  /// the other settings are passed over.
  ///
  /// - Parameter original: What the playground began with: its own values are among the choices.
  package func moved(_ configuration: Configuration, by count: Int, original: Configuration) -> Configuration {
    moves(configuration, count, original)
  }

  /// What is wrong with its value, in words; nil if nothing is.
  package func problem(in configuration: Configuration) -> String? { checks(configuration) }

  /// Whether it means anything under the other settings.
  package func applies(to configuration: Configuration) -> Bool {
    fits(configuration) && misfits(configuration) == nil
  }

  /// Why setting it would mean nothing under the other settings, in words; nil if it means something.
  package func misfit(in configuration: Configuration) -> String? { misfits(configuration) }

  /// All parameters, in the order in which they are applied: data before their number, a schedule before its range.
  package static let all = data + noise + network + training + sampling

  /// - Precondition: There is one of that key.
  package static func named(_ key: String) -> Parameter {
    guard let parameter = all.first(where: { $0.key == key }) else { bug("no parameter \(key)") }
    return parameter
  }
}
