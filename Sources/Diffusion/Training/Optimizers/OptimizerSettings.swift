import Expect

/// An optimizer by name, with a value for each of its hyperparameters: enough to make it, and to keep in a file.
package struct OptimizerSettings: Equatable, Sendable {
  /// All optimizers, the standard one first.
  package static let kinds: [any Optimizer.Type] = [
    AdamW.self, Natural.self, Muon.self, Lion.self, ScheduleFree.self, SOAP.self,
  ]

  /// One of `kinds`'.
  package let name: String
  /// A value for each key.
  package private(set) var values: [String: Double]

  /// - Parameters:
  ///   - kind: One of `kinds`.
  ///   - values: Where they are not the standard ones.
  package init(_ kind: any Optimizer.Type = AdamW.self, _ values: [String: Double] = [:]) {
    name = kind.name
    self.values = Dictionary(uniqueKeysWithValues: kind.hyperparameters.map { ($0.key, $0.standard) })
    for (key, value) in values { self[key] = value }
  }

  /// Whether the optimizer has such a hyperparameter.
  package func has(_ key: String) -> Bool { values[key] != nil }

  /// The optimizer of that name with its standard values; nil if there is none.
  package init?(name: String) {
    guard let kind = Self.kinds.first(where: { $0.name == name }) else { return nil }
    self.init(kind)
  }

  /// The type of that name.
  package var kind: any Optimizer.Type { Self.kinds.first { $0.name == name } ?? AdamW.self }

  /// The value of a hyperparameter that the optimizer has.
  package subscript(key: String) -> Double {
    get {
      guard let value = values[key] else { bug("\(name) has no \(key)") }
      return value
    }
    set {
      expect(values[key] != nil, "\(name) has no \(key)")
      values[key] = newValue
    }
  }

  /// What is wrong with the values, in words; nil if nothing is.
  package var problem: String? {
    for parameter in kind.hyperparameters where !parameter.range.contains(self[parameter.key]) {
      return "\(parameter.key) \(numberText(self[parameter.key])) is not \(parameter.range)"
    }
    return nil
  }

  /// An optimizer at its start.
  package func optimizer(for network: MLP) -> any Optimizer { kind.init(self, network: network) }
}

extension OptimizerSettings: Codable {
  private enum CodingKeys: CodingKey { case name, values }

  /// - Throws: `DecodingError.dataCorrupted` in words for an optimizer or a hyperparameter that there is not, and for a
  ///   value out of range. One that is not named has its standard value.
  package init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    let name = try container.decode(String.self, forKey: .name)
    guard let kind = Self.kinds.first(where: { $0.name == name }) else {
      throw DecodingError.dataCorruptedError(
        forKey: .name, in: container,
        debugDescription: "there is no optimizer '\(name)'; there are "
          + Self.kinds.map { $0.name }.joined(separator: ", "))
    }
    let values = try container.decodeIfPresent([String: Double].self, forKey: .values) ?? [:]
    let keys = kind.hyperparameters.map(\.key)
    if let stranger = values.keys.sorted().first(where: { !keys.contains($0) }) {
      throw DecodingError.dataCorruptedError(
        forKey: .values, in: container,
        debugDescription: "\(name) has no '\(stranger)'; it has \(keys.joined(separator: ", "))")
    }
    self.init(kind, values)
    if let problem {
      throw DecodingError.dataCorruptedError(forKey: .values, in: container, debugDescription: problem)
    }
  }

  package func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(name, forKey: .name)
    try container.encode(values, forKey: .values)
  }
}
