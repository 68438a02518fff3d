import Diffusion

/// The settings in their groups, or those that a search finds: what means anything under the other settings.
struct SettingsList {
  enum Row: Equatable {
    case heading(String)
    /// By its key.
    case parameter(String)
  }

  /// In the order of the rows.
  let parameters: [Parameter]
  let rows: [Row]
  /// What is called so, but means nothing under the other settings.
  let meaningless: Parameter?

  /// - Parameter query: Words that all stand somewhere in a setting's names, its group or what it means.
  init(_ configuration: Configuration, query: String = "") {
    let words = query.lowercased().split(separator: " ")
    let matching = ([Parameter.preset] + Parameter.all).filter { parameter in
      let text = [parameter.key, parameter.title, parameter.group.rawValue, parameter.summary].joined(separator: " ")
      return words.allSatisfy(text.lowercased().contains)
    }
    let found = matching.filter { $0.applies(to: configuration) }
    // What is called so comes before what is only explained so.
    let isNamed = { (parameter: Parameter) in
      words.allSatisfy { (parameter.key + " " + parameter.title).lowercased().contains($0) }
    }
    meaningless = matching.filter { !$0.applies(to: configuration) }.min { isNamed($0) && !isNamed($1) }
    parameters = words.isEmpty ? found : found.filter(isNamed) + found.filter { !isNamed($0) }
    var rows: [Row] = []
    var group: Parameter.Group?
    for parameter in parameters {
      if words.isEmpty, parameter.group != group { rows.append(.heading(parameter.group.rawValue)) }
      group = parameter.group
      rows.append(.parameter(parameter.key))
    }
    self.rows = rows
  }

  /// The setting so many places behind one of them, around the end.
  func parameter(_ count: Int, after key: String) -> Parameter? {
    guard let place = parameters.firstIndex(where: { $0.key == key }) else { return parameters.first }
    return parameters[parameters.indices.element(after: place, count)]
  }

  /// As many rows as there is room for, a setting in the middle where that can be.
  func shown(around key: String, rows count: Int) -> ArraySlice<Row> {
    let place = rows.firstIndex(of: .parameter(key)) ?? 0
    let first = min(max(place - count / 2, 0), max(rows.count - count, 0))
    return rows[first..<min(first + count, rows.count)]
  }
}

extension World {
  /// The settings with one of them moved along its choices; the present ones where those end.
  func configuration(moving parameter: Parameter, by count: Int) -> Configuration {
    parameter.moved(configuration, by: count, original: original.configuration)
  }

  /// Whether a setting would begin training again if it were moved to its next choice.
  func isRestarted(by parameter: Parameter) -> Bool {
    if case .freshWeights = configuration.cost(of: configuration(moving: parameter, by: 1)) { true } else { false }
  }
}
