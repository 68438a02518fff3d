/// A number that can be set about an optimizer, beside the learning rate, or about a sampler.
package struct Hyperparameter: Equatable, Sendable {
  /// What the command line and files call it.
  package let key: String
  /// Its name in a sentence.
  package let title: String
  /// What it means, in a line, with the source of it.
  package let summary: String
  /// The value that it has unless it is set.
  package let standard: Double
  /// What it may be.
  package let range: NumberRange
  /// Values that the settings panel leads through.
  package let stops: [Double]

  package init(
    _ key: String, _ title: String, _ summary: String, standard: Double, _ range: NumberRange, stops: [Double]
  ) {
    (self.key, self.title, self.summary) = (key, title, summary)
    (self.standard, self.range, self.stops) = (standard, range, stops)
  }
}

/// What is chosen by name and has numbers of its own: an optimizer, a sampler.
protocol Tunable: Sendable {
  var name: String { get }
  /// Whether it has a hyperparameter of that key.
  func has(_ key: String) -> Bool
  subscript(key: String) -> Double { get set }
}

extension OptimizerSettings: Tunable {}
extension Sampler: Tunable {}

extension Parameter {
  /// A parameter for each number that some of these have: one of a key, though several may have it.
  ///
  /// - Parameters:
  ///   - misfit: Why a number means nothing beside the owner's others, in words; nil if it does.
  ///   - check: What is wrong with a number beside the owner's others, in words; nil if nothing is.
  static func hyperparameters<Owner: Tunable>(
    _ group: Group, of owners: [(name: String, own: [Hyperparameter])],
    _ path: any WritableKeyPath<Configuration, Owner> & Sendable,
    misfit: @escaping @Sendable (String, Owner) -> String? = { _, _ in nil },
    check: @escaping @Sendable (String, Owner) -> String? = { _, _ in nil }
  ) -> [Parameter] {
    var keys = Set<String>()
    return owners.flatMap(\.own).filter { keys.insert($0.key).inserted }.map { one in
      let names = owners.filter { $0.own.contains { $0.key == one.key } }.map(\.name).joined(separator: ", ")
      return Parameter(
        one.key, one.title, group, one.summary, .number(one.range, stops: one.stops),
        misfit: { configuration in
          let owner = configuration[keyPath: path]
          return owner.has(one.key) ? misfit(one.key, owner) : "\(owner.name) has none; \(names) has"
        },
        check: { check(one.key, $0[keyPath: path]) },
        get: { $0[keyPath: path].has(one.key) ? $0[keyPath: path][one.key] : one.standard },
        set: { configuration, value, _ in
          if configuration[keyPath: path].has(one.key) { configuration[keyPath: path][one.key] = value }
        })
    }
  }
}
