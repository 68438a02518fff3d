import Diffusion

/// All that a person can set, as text: a table for each group of `Parameter.all`, with a parameter's key and its value
/// as on the command line. `docs/configuration.md` describes it.
package struct ConfigurationFile: Equatable, Sendable {
  /// All settings, those that the file leaves alone, too.
  package var configuration: Configuration
  /// Of the run; nil where nobody chose one.
  package var seed: UInt64?
  /// Where the points are, if they are in a file.
  package var points: PointsOrigin?
  /// The keys that a file named, rather than leaving them as they were.
  package internal(set) var keys: Set<String> = []

  package init(_ configuration: Configuration, seed: UInt64? = nil, points: PointsOrigin? = nil) {
    (self.configuration, self.seed, self.points) = (configuration, seed, points)
  }

  /// Settings that mean the same from any directory: a file's path is absolute.
  ///
  /// - Parameter origin: How a file was read; its columns hold for that file alone.
  package init(_ configuration: Configuration, seed: UInt64? = nil, readAs origin: PointsOrigin?) {
    self.init(configuration, seed: seed)
    guard case .file(let path, let scale) = configuration.experiment.data else { return }
    let columns = origin?.path == path ? origin?.columns : nil
    let points = PointsOrigin(path: path, columns: columns ?? PointsFile.Columns(), scale: scale).absolute
    self.configuration.experiment.data = .file(path: points.path, scale: scale)
    self.points = points
  }
}

/// Writing.
extension ConfigurationFile {
  /// As TOML. What does not apply under the other settings is left out.
  package var toml: String {
    let head = header.map { "\($0.key) = \(literal($0.text))\n" }
    let groups = tables.map { table in
      "\n[\(table.name)]\n" + table.entries.map { "\($0.key) = \(literal($0.text))\n" }.joined()
    }
    return (head + groups).joined()
  }

  /// As JSON, with the same tables, keys and values.
  package var json: String {
    func lines(_ entries: [Entry], indent: String) -> [String] {
      entries.map { "\(indent)\"\($0.key)\": \(literal($0.text))" }
    }
    let groups = tables.map { table in
      "  \"\(table.name)\": {\n" + lines(table.entries, indent: "    ").joined(separator: ",\n") + "\n  }"
    }
    return "{\n" + (lines(header, indent: "  ") + groups).joined(separator: ",\n") + "\n}\n"
  }

  /// What is set, by key, in words that `Parameter.read` takes: for comparing two of them.
  package var texts: [(key: String, text: String)] { header + tables.flatMap(\.entries) }

  private typealias Entry = (key: String, text: String)

  private var header: [Entry] {
    [("name", configuration.experiment.name)] + (seed.map { [("seed", "\($0)")] } ?? [])
  }

  private var tables: [(name: String, entries: [Entry])] {
    Parameter.Group.allCases.map { group in
      let own = Parameter.all.filter { $0.group == group && $0.applies(to: configuration) }
      let entries = own.map { ($0.key, $0.text(configuration)) }
      return (group.rawValue, group == .data ? entries + (points?.columnTexts ?? []) : entries)
    }
  }

  /// A value as both languages write it: a number bare, whole numbers with commas as a list, anything else quoted.
  private func literal(_ text: String) -> String {
    let parts = text.split(separator: ",", omittingEmptySubsequences: false)
    if parts.allSatisfy({ Int($0).map(String.init) == String($0) }) {
      return parts.count == 1 ? text : "[" + parts.joined(separator: ", ") + "]"
    }
    if let number = Double(text), number.isFinite, numberText(number) == text { return text }
    // TOML takes this one for a control character too.
    return "\"" + text.escaped.replacing("\u{7F}", with: "\\u007f") + "\""
  }
}

/// The keys that say which columns of a file are read: no parameters, as they mean nothing to an experiment.
enum PointsKey {
  static let columns: [(key: String, path: WritableKeyPath<PointsFile.Columns, PointsFile.Column?> & Sendable)] = [
    ("x-column", \.x), ("y-column", \.y), ("label-column", \.label),
  ]
}

extension PointsOrigin {
  /// The columns that were chosen, by their keys.
  package var columnTexts: [(key: String, text: String)] {
    PointsKey.columns.compactMap { key, path in columns[keyPath: path].map { (key, $0.text) } }
  }
}

extension PointsFile.Column {
  /// As options and files say it.
  package var text: String {
    switch self {
    case .number(let number): "\(number)"
    case .name(let name): name
    }
  }
}
