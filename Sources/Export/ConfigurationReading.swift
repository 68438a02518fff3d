import Diffusion
import Foundation
import Plot
import TOMLKit

/// What is wrong in a configuration file, and where.
package struct ConfigurationFileError: Error, Equatable, CustomStringConvertible {
  /// Its path, as it was given.
  package let file: String
  /// Counted from 1; nil where nothing in the file is to blame alone.
  package let line: Int?
  /// What is wrong there, with the key, in words that follow a colon.
  package let reason: String

  package var description: String { file + (line.map { ", line \($0)" } ?? "") + ": " + reason }
}

/// Reading.
extension ConfigurationFile {
  /// Larger files are refused: no configuration is as long, and the parser, which calls itself for each table in a table,
  /// has no stack for `a.a.a…` of a megabyte.
  package static let mostBytes = 1 << 16

  /// Reads a file, or standard input if it is called `-`.
  ///
  /// - Parameter base: What the file changes.
  /// - Throws: `FileError` if it cannot be read, `ConfigurationFileError` if its contents are not what they should be.
  package init(contentsOf path: String, over base: ConfigurationFile) throws {
    let isInput = path == "-"
    let bytes = isInput ? try Self.standardInput() : try InputFile(path).read(Self.mostBytes + 1)
    let file = isInput ? "standard input" : path
    try self.init(text: Self.text(bytes, file: file), file: file, over: base)
    // Points are found from where the file is, so that both can be moved together.
    if case .file(let name, let scale) = configuration.experiment.data, keys.contains("data"), !name.hasPrefix("/"),
      let slash = path.lastIndex(of: "/"), !isInput
    {
      configuration.experiment.data = .file(path: path[...slash] + name, scale: scale)
      points?.path = path[...slash] + name
    }
  }

  /// Reads a file's contents, whose name is for the errors.
  package init(text: String, file: String, over base: ConfigurationFile) throws(ConfigurationFileError) {
    let document = try Document(text, file: file)
    self = base
    keys.formUnion(document.values.keys)
    if let name = try document.string("name") { configuration.experiment.name = name }
    if let seed = document.values["seed"] {
      guard let number = UInt64(seed.text) else { throw document.mistake("seed", "a whole number of 0 or more") }
      self.seed = number
    }
    for parameter in Parameter.all {
      guard let value = document.values[parameter.key] else { continue }
      do {
        try parameter.read(value.text, into: &configuration)
      } catch {
        throw document.mistake(parameter.key, error.description)
      }
    }
    // Only all of them together can be judged.
    for parameter in Parameter.all {
      if let problem = parameter.problem(in: configuration) { throw document.mistake(parameter.key, problem) }
      if document.values[parameter.key] != nil, let misfit = parameter.misfit(in: configuration) {
        throw document.mistake(parameter.key, misfit)
      }
    }
    try readPoints(document)
  }

  private mutating func readPoints(_ document: Document) throws(ConfigurationFileError) {
    guard case .file(let path, let scale) = configuration.experiment.data else {
      for key in PointsKey.columns.map(\.key) + ["scale"] where document.values[key] != nil {
        throw document.mistake(key, "goes with data from a file")
      }
      points = nil
      return
    }
    if document.values["points"] != nil { throw document.mistake("points", "a file has the points that it has") }
    var origin = points ?? PointsOrigin(path: path)
    (origin.path, origin.scale) = (path, scale)
    for (key, column) in PointsKey.columns {
      if let value = document.values[key] { origin.columns[keyPath: column] = PointsFile.Column(value.text) }
    }
    points = origin
  }

  /// A file's first `mostBytes` bytes and one more, or all of it if it is shorter, as text.
  static func text(_ bytes: [UInt8], file: String) throws(ConfigurationFileError) -> String {
    guard bytes.count <= mostBytes else {
      throw ConfigurationFileError(file: file, line: nil, reason: "it has more than \(mostBytes >> 10) KiB")
    }
    // Text that goes on after a zero byte would be read up to there.
    guard let text = String(validating: bytes, as: UTF8.self), !bytes.contains(0) else {
      throw ConfigurationFileError(file: file, line: nil, reason: "it is not text in UTF-8")
    }
    return text
  }

  /// A text's values, or where it is no TOML.
  static func table(_ text: String, file: String) throws(ConfigurationFileError) -> TOMLTable {
    do {
      return try TOMLTable(string: text)
    } catch let error as TOMLParseError {
      throw ConfigurationFileError(
        file: file, line: error.source.begin.line, reason: error.description.quotable(columns: 200))
    } catch {
      throw ConfigurationFileError(file: file, line: nil, reason: "it is not TOML")
    }
  }

  private static func standardInput() throws -> [UInt8] {
    var bytes: [UInt8] = []
    while bytes.count <= mostBytes, let part = try FileHandle.standardInput.read(upToCount: 1 << 16), !part.isEmpty {
      bytes += part
    }
    return bytes
  }
}

/// A file's values by key, whichever table they stand in, as texts.
private struct Document {
  struct Value {
    let text: String
    /// Where it stands; nil if it cannot be found, as in a table written in one line.
    let line: Int?
  }

  let file: String
  private(set) var values: [String: Value] = [:]
  private let lines: [String: Int]

  init(_ text: String, file: String) throws(ConfigurationFileError) {
    self.file = file
    lines = linesOfKeys(in: text)
    let root = try ConfigurationFile.table(text, file: file)
    let groups = Parameter.Group.allCases.map(\.rawValue)
    for (key, value) in root {
      guard let table = value.table else {
        try add(key, value, path: key)
        continue
      }
      guard groups.contains(key) else {
        throw ConfigurationFileError(
          file: file, line: lines[key],
          reason: "[\(key.quotable(columns: 40))]: \(Choice.unknown(key, "table", among: groups))")
      }
      for (inner, value) in table { try add(inner, value, path: key + "." + inner) }
    }
  }

  /// The text of a key, which is not a number.
  func string(_ key: String) throws(ConfigurationFileError) -> String? {
    guard let text = values[key]?.text else { return nil }
    guard !text.isEmpty, text.utf8.count <= 100 else { throw mistake(key, "a text of 1 to 100 bytes") }
    return text
  }

  func mistake(_ key: String, _ reason: String) -> ConfigurationFileError {
    let text = values[key].map { " " + $0.text.quotable(columns: 60) } ?? ""
    return ConfigurationFileError(file: file, line: values[key]?.line, reason: "\(key)\(text): \(reason)")
  }

  private mutating func add(
    _ key: String, _ value: any TOMLValueConvertible, path: String
  ) throws(ConfigurationFileError) {
    let line = lines[path] ?? path.split(separator: ".").first.flatMap { lines[String($0)] }
    func fail(_ reason: String) -> ConfigurationFileError {
      ConfigurationFileError(file: file, line: line, reason: "\(key.quotable(columns: 40)): \(reason)")
    }
    let known = ["name", "seed"] + Parameter.all.map(\.key) + PointsKey.columns.map(\.key)
    guard known.contains(key) else { throw fail(unknown(key, among: known)) }
    guard values[key] == nil else { throw fail("it is set twice") }
    guard let text = text(value) else { throw fail("a number, a text in quotes, or a list of whole numbers") }
    values[key] = Value(text: text, line: line)
  }

  /// Not all that there are: they would fill the screen.
  private func unknown(_ key: String, among known: [String]) -> String {
    "no such setting" + (Choice.nearest(to: key, among: known).map { "; did you mean '\($0)'?" } ?? "")
  }

  private func text(_ value: any TOMLValueConvertible) -> String? {
    switch value.type {
    case .string: value.string
    case .int: value.int.map { "\($0)" }
    case .double: value.double.map(numberText)
    case .array:
      value.array.flatMap { array in
        let numbers = array.compactMap { $0.int }
        return numbers.count == array.count ? numbers.map { "\($0)" }.joined(separator: ",") : nil
      }
    default: nil
    }
  }
}

/// The line of each key, with its table's name before it, and of each table: the parser tells only of mistakes.
func linesOfKeys(in text: String) -> [String: Int] {
  var lines: [String: Int] = [:]
  var table = ""
  func name(_ text: Substring) -> String {
    text.split(separator: ".").map { $0.trimmingCharacters(in: CharacterSet(charactersIn: " \t\"'")) }
      .joined(separator: ".")
  }
  for (index, line) in text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline).enumerated() {
    let line = line.drop { $0 == " " || $0 == "\t" }
    if line.first == "[", let end = line.firstIndex(of: "]") {
      table = name(line[line.index(after: line.startIndex)..<end])
      lines[table] = index + 1
    } else if let equals = line.firstIndex(of: "=") {
      lines[(table.isEmpty ? "" : table + ".") + name(line[..<equals])] = index + 1
    }
  }
  return lines
}
