/// The values that a parameter may have.
struct Domain<Value: Equatable & Sendable>: Sendable {
  /// In words that follow a colon: "a number above 0, at most 1e30".
  let takes: String
  /// By name, where the values have names.
  var choices: [Choice] = []
  /// The names that a shell completes, where they are not those of the choices.
  var completions: [String] = []
  var placeholder: String
  let read: @Sendable (String) throws(Parameter.Refusal) -> Value
  let print: @Sendable (Value) -> String
  let allows: @Sendable (Value) -> Bool
  let stops: Stops<Value>
  /// What a value is, in one line; nil for numbers.
  var explain: @Sendable (Value) -> String? = { _ in nil }
}

/// The values that the settings panel leads through.
struct Stops<Value: Equatable & Sendable>: Sendable {
  /// All of them, given the present value and that at the start, which is among them.
  let values: @Sendable (_ present: Value, _ original: Value) -> [Value]
  /// For values in a row, which end: whether the first is less than the second. Others go around.
  let isLess: (@Sendable (Value, Value) -> Bool)?

  /// - Parameters:
  ///   - count: Forward if positive, else back.
  ///   - isValid: Whether a value goes with all other settings; asked from the nearest value on.
  func next(after value: Value, _ count: Int, original: Value, where isValid: (Value) -> Bool) -> Value {
    let all = values(value, original)
    let others: [Value]
    if let isLess {
      others = all.filter { count > 0 ? isLess(value, $0) : isLess($0, value) }.sorted(by: isLess)
    } else if let place = all.firstIndex(of: value) {
      others = Array(all[(place + 1)...] + all[..<place])
    } else {
      return all.first(where: isValid) ?? value
    }
    return (count > 0 ? others.first(where: isValid) : others.last(where: isValid)) ?? value
  }
}

extension Stops {
  /// These, one after the other and then the first again; the value at the start is put before them if it is not one.
  static func ring(_ values: [Value]) -> Stops {
    Stops(values: { values.contains($1) ? values : [$1] + values }, isLess: nil)
  }
}

extension Stops {
  /// These and the value at the start, from the least to the greatest.
  static func row(_ values: [Value], isLess: @escaping @Sendable (Value, Value) -> Bool) -> Stops {
    Stops(values: { values.contains($1) ? values : values + [$1] }, isLess: isLess)
  }
}

extension Stops where Value: Comparable {
  /// These and the value at the start, from the least to the greatest.
  static func row(_ values: [Value]) -> Stops { row(values) { $0 < $1 } }
}

extension Domain {
  /// Values that have names.
  static func named(
    _ kind: String, _ all: [Value], name: @escaping @Sendable (Value) -> String,
    summary: @escaping @Sendable (Value) -> String, stops: Stops<Value>? = nil
  ) -> Domain {
    let choices = all.map { Choice(name: name($0), summary: summary($0)) }
    let names = choices.map(\.name)
    return Domain(
      takes: names.joined(separator: ", "), choices: choices, placeholder: "name",
      read: { text throws(Parameter.Refusal) in
        guard let value = all.first(where: { name($0) == text.lowercased() }) else {
          throw Parameter.Refusal(description: Choice.unknown(text, kind, among: names))
        }
        return value
      },
      print: name, allows: { _ in true }, stops: stops ?? .ring(all), explain: summary)
  }

  /// Whole numbers.
  static func whole(_ range: ClosedRange<Value>, stops: [Value]) -> Domain
  where Value: FixedWidthInteger & LosslessStringConvertible {
    let hasEnd = range.upperBound < .max
    let takes =
      "a whole number "
      + (hasEnd ? "from \(range.lowerBound) to \(range.upperBound)" : "of \(range.lowerBound) or more")
    return Domain(
      takes: takes, placeholder: "number",
      read: { text throws(Parameter.Refusal) in
        guard let value = Value(text), range.contains(value) else { throw Parameter.Refusal(description: takes) }
        return value
      },
      print: { "\($0)" }, allows: range.contains, stops: .row(stops))
  }

  /// Numbers within bounds.
  static func number(_ bounds: NumberRange, stops: [Value]) -> Domain
  where Value: BinaryFloatingPoint & LosslessStringConvertible {
    Domain(
      takes: bounds.words, placeholder: "number",
      read: { text throws(Parameter.Refusal) in
        guard let value = Value(text), bounds.contains(Double(value)) else {
          throw Parameter.Refusal(description: bounds.words)
        }
        return value
      },
      print: { numberText($0) }, allows: { bounds.contains(Double($0)) }, stops: .row(stops))
  }

  /// Numbers within bounds, or none, which is written 0 or off.
  static func numberOrNone(_ bounds: NumberRange, stops: [Double]) -> Domain where Value == Double? {
    let takes = bounds.words + ", or 0 for none"
    return Domain(
      takes: takes, placeholder: "number",
      read: { text throws(Parameter.Refusal) in
        if text == "off" { return nil }
        guard let value = Double(text), value == 0 || bounds.contains(value) else {
          throw Parameter.Refusal(description: takes)
        }
        return value == 0 ? nil : value
      },
      print: { $0.map(numberText) ?? "off" }, allows: { $0.map(bounds.contains) ?? true },
      stops: .row([nil] + stops) { ($0 ?? -.infinity) < ($1 ?? -.infinity) })
  }
}

extension NumberRange {
  /// In words that follow a colon: "a number from 0 to 1".
  var words: String {
    switch (includesLower, upper.isFinite) {
    case (true, true): "a number from \(self)"
    case (true, false): "a number of \(self)"
    case (false, _): "a number \(self)"
    }
  }
}

/// A number without the fraction that it does not have: 2 and 0.002.
package func numberText(_ number: some BinaryFloatingPoint & LosslessStringConvertible) -> String {
  let text = "\(number)"
  if text.hasSuffix(".0") { return String(text.dropLast(2)) }
  // 1e-05 and 1e+30 as people write them.
  return text.replacing("e+", with: "e").replacing("e-0", with: "e-")
}
