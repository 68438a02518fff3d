extension Configuration {
  /// The options that make it again: its preset, and only what differs from that, in the order in which options are
  /// applied. What means nothing under the other settings is left out; what goes with classes needs `classNames`.
  ///
  /// - Parameter seed: Of the run.
  package func arguments(seed: UInt64 = 0) -> [String] {
    let preset = Experiment.presets.first { $0.name == experiment.name } ?? .standard
    var arguments = preset.name == Experiment.standard.name ? [] : ["--preset", preset.name]
    if seed != 0 { arguments += ["--seed", "\(seed)"] }
    // What the options say so far: to set one may set others.
    var made = Configuration(preset, classNames: classNames)
    for parameter in Parameter.all where parameter.applies(to: self) {
      let text = parameter.text(self)
      guard text != parameter.text(made) else { continue }
      // A negative number looks like an option.
      arguments += text.hasPrefix("-") ? ["--\(parameter.key)=\(text)"] : ["--" + parameter.key, text]
      try? parameter.read(text, into: &made)
    }
    return arguments
  }

  /// The command that makes it again, for a shell.
  ///
  /// - Parameters:
  ///   - command: Of `roulade`; nil for the playground.
  ///   - others: Options that are no parameters.
  package func commandLine(_ command: String? = nil, seed: UInt64 = 0, others: [String] = []) -> String {
    let words = ["roulade"] + (command.map { [$0] } ?? []) + arguments(seed: seed) + others
    return words.map(shellQuoted).joined(separator: " ")
  }
}

/// A text as a POSIX shell reads it back: as it is where nothing in it means anything to a shell, else between quotes.
package func shellQuoted(_ text: String) -> String {
  let isPlain = text.unicodeScalars.allSatisfy { scalar in
    let isSafe = "-_./:,+=@%".unicodeScalars.contains(scalar)
    return isSafe || ("a"..."z").contains(scalar) || ("A"..."Z").contains(scalar) || ("0"..."9").contains(scalar)
  }
  return isPlain && !text.isEmpty ? text : "'" + text.replacing("'", with: #"'\''"#) + "'"
}
