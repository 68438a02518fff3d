/// A value that has a name and, for some, a number behind a colon: `min-snr:5`.
protocol NumberedChoice: Equatable, Sendable {
  /// One of each, with the usual number.
  static var all: [Self] { get }

  var name: String { get }
  /// One line for help and menus.
  var summary: String { get }
  /// The number; nil for one that takes none.
  var constant: Double? { get }
  /// The same with another number, where it takes one.
  func with(constant: Double) -> Self
}

extension Domain where Value: NumberedChoice {
  /// Values with a name and perhaps a number.
  ///
  /// - Parameters:
  ///   - kind: What they are, in "no such weighting".
  ///   - takes: All of them in words, with what their numbers are.
  ///   - range: What the number may be; above 0 in any case.
  static func numbered(_ kind: String, takes: String, _ range: NumberRange, stops: Stops<Value>) -> Domain {
    let choices = Value.all.map { Choice(name: $0.name, summary: $0.summary) }
    return Domain(
      takes: takes, choices: choices, placeholder: "name[:number]",
      read: { text throws(Parameter.Refusal) in
        let (name, number) = try nameAndNumber(text)
        guard let value = Value.all.first(where: { $0.name == name.lowercased() }) else {
          throw Parameter.Refusal(description: Choice.unknown(name, kind, among: choices.map(\.name)))
        }
        guard let number else { return value }
        guard value.constant != nil else { throw Parameter.Refusal(description: "'\(value.name)' takes no number") }
        guard range.contains(number) else {
          throw Parameter.Refusal(description: "after the colon \(range.words)")
        }
        return value.with(constant: number)
      },
      print: { $0.name + ($0.constant.map { ":" + numberText($0) } ?? "") },
      allows: { $0.constant.map(range.contains) ?? true }, stops: stops, explain: \.summary)
  }
}

/// A name, and the number above 0 behind the colon, if there is one.
private func nameAndNumber(_ text: String) throws(Parameter.Refusal) -> (name: String, number: Double?) {
  guard let colon = text.firstIndex(of: ":") else { return (text, nil) }
  guard let number = Double(text[text.index(after: colon)...]), number > 0, number.isFinite else {
    throw Parameter.Refusal(description: "a number above 0 follows the colon")
  }
  return (String(text[..<colon]), number)
}
